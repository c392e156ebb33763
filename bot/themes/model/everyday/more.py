"""More words for the themes, by their slugs, and for the groups of words, by their names."""

THEMES = {
    "payment": "pay, remuneration, gift card, incentive",
    "tokenism": "gesture, sham, fake, going through the motions, PR exercise",
    "language": "gobbledygook, council speak, long words, abbreviation",
    "wellbeing": "PTSD, flashback, traumatic, retraumatise",
    "trust": "trustworthy, straight with us",
    "decisions": "ballot, action points, quorum",
    "accessibility": "step-free, ramp, hearing loop, plain language, accessible toilet",
    "resources": "shoestring, underfunded, understaffed",
    "recruitment": "candidate, new staff, on the panel",
    "inclusion": "unheard, minority, intersectionality, protected characteristics",
    "learning-networks": "teach, tutor, upskill, lessons learned",
    "feedback-loop": "update, reply, get back to us, black hole, what happened next",
    "continuity": "pass the baton, left the job",
    "champions": "cheerleader, trailblazer, flag bearer",
    "monitoring-review": "review, focus group, quality assurance, spot check",
    "power": "power imbalance, privilege, on a par, equal footing",
    "leadership": "CEO, senior leader, at the top",
    "culture": "ethos, ingrained, how we do things",
    "consistency": "depends where you live, uneven, variable",
    "commissioning": "outsource, subcontract, purchaser",
    "outcomes-kpis": "metric, benchmark, payment by results",
    "templates": "worksheet, sample, resource pack",
    "buy-in": "hearts and minds, on side, resistance, get behind it",
    "service-design": "user journey, from scratch, reshape",
}

GROUPS = {
    "Homelessness": (
        "rough sleeper, sleeping rough, street homeless, no fixed abode, NFA, roofless, tent, "
        "doorway"
    ),
    "Addiction": "drug user, drinker, booze, junkie, people who use drugs",
    "Multiple needs": "dual diagnosis, co-occurring, overlapping needs, inclusion health",
    "Mental health": "mental wellbeing, psychosis, personality disorder",
    "Staff": "colleague, workforce",
    "Co-production": "working alongside, side by side, joint effort",
    "Involvement": "get involved, contribute, have input",
    "Organisations": "NGO, not-for-profit, community group",
}
