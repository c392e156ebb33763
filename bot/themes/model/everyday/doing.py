"""How things go, how well, and by which rules."""

RINGS = {
    "Help": "help, support, assist, aid, helping hand",
    "Pilots": "pilot, trial, try out, experiment, test and learn, innovation, new ways",
    "Barriers": "barrier, obstacle, hurdle, stumbling block, hoops, jump through hoops",
    "Red tape": (
        "red tape, bureaucracy, bureaucratic, paperwork, admin, form-filling, rigmarole, "
        "application"
    ),
    "Rules": (
        "rule, ground rules, group agreement, code of conduct, guidelines, protocol, procedure"
    ),
    "Flexible": "flexible, adaptable, rigid, inflexible",
    "Slow": "slow, delay, takes ages, takes forever, drag on, dragging their feet, snail's pace",
    "Rushed": "rush, hurry, too fast, tight deadline, not enough time, no time",
    "Late": "late, overdue, last minute, short notice, behind schedule, punctual, on time",
    "Failing": "fail, failure, let down, went wrong, go wrong, fall apart, collapse, not working",
    "Mistakes": "mistake, error, got it wrong, get it wrong, slip-up",
    "Improving": "improve, better, enhance, raise the bar",
    "What works": "what works, works well, went well, effective",
    "Long-term": "long-term, lasting, long haul, permanent, here to stay",
    "Short-lived": "short-term, quick fix, sticking plaster, temporary, one-off, stop-gap",
    "Closing services": "closure, close down, shut down, decommission, axe, closing",
    "Endings": "ending, finish, goodbye, wind down, come to an end, last session",
    "Genuine": "genuine, authentic, meaningful, sincere",
    "Fairness": "fair, unfair, justice, unjust, injustice, level playing field",
    "Very bad": "bad, awful, terrible, rubbish, shocking, appalling, useless, unacceptable",
    "Safety": "safe, safety, secure, protected",
    "Risk": "risk, risky, danger, unsafe, risk averse, hazard",
    "Confidentiality": "confidential, privacy, private, anonymous, secret",
    "Data protection": (
        "data protection, GDPR, data sharing, information sharing, personal information, data "
        "breach"
    ),
    "Complaints": "complaint, complain, grievance, whistleblower, raise a concern, moan",
    "Apologies": "apology, apologise, sorry, make amends",
    "Accountability": "accountable, responsible, answerable, hold to account",
    "Promises": "promise, broken promise, pledge, guarantee, keep your word",
    "Skills": (
        "skill, talent, expertise, expert, specialist, strength, ability, strengths-based, "
        "asset-based"
    ),
}
