"""Meeting, talking, deciding: doing things together."""

RINGS = {
    "Peer workers": (
        "peer worker, peer mentor, peer supporter, peer support worker, lived experience worker"
    ),
    "Peer support": "support group, mutual aid, self-help, peer group, peer-to-peer",
    "Volunteers": "volunteer, voluntary, unpaid, give their time, for nothing",
    "Mentors": "mentor, coach, buddy, role model",
    "Bosses": (
        "boss, line manager, supervisor, team leader, head of service, in charge, higher up, "
        "powers that be"
    ),
    "Agency workers": "agency staff, agency worker, bank staff, locum, temp, zero hours",
    "Induction": "induction, onboarding, orientation, welcome pack, shadowing",
    "Councillors": "councillor, elected member, cabinet member, mayor, MP, politician",
    "Regulators": "regulator, CQC, Ofsted, ombudsman, Healthwatch, watchdog, inspector",
    "Law": (
        "law, legal, legislation, Care Act, statutory duty, legal duty, statute, human rights, "
        "rights-based"
    ),
    "Evidence": "evidence, proof, prove, data, findings, evidence base, hard facts",
    "Reports": "report, write-up, summary, briefing, recommendation",
    "Meetings": "meeting, get-together, gathering, session, catch-up, meet-up, assembly",
    "Advisory groups": (
        "committee, panel, advisory group, advisory board, reference group, working group, task "
        "group, task and finish, subgroup, sounding board"
    ),
    "Venues": "venue, meeting room, community centre, hall, premises, location",
    "Day centres": "day centre, community hub, hub, one-stop shop, clubhouse, library",
    "Time of day": (
        "evening, weekend, daytime, morning, afternoon, after work, out of hours, working hours"
    ),
    "Diaries": "diary, calendar, schedule, timetable, rota, double booked",
    "Breaks": "break, breather, pause, time out, comfort break",
    "Face to face": "face to face, in person, in the room, in the flesh",
    "Online": "online, virtual, Zoom, video call, remote, webinar",
    "Computers": (
        "computer, laptop, device, smartphone, technology, tech, digital, software, app, "
        "internet, wifi, website"
    ),
    "Phones": (
        "phone, telephone, phone call, mobile phone, helpline, call centre, voicemail, on hold"
    ),
    "Letters and emails": (
        "letter, email, e-mail, inbox, newsletter, mailing list, leaflet, flyer, text message, "
        "WhatsApp"
    ),
    "Stories": "story, storytelling, testimony, narrative, case study, anecdote",
    "Talking": "communication, talk, conversation, dialogue, discuss, chat, speak",
    "Information": (
        "information, info, in the loop, kept informed, well informed, in the dark, out of the "
        "loop, not told"
    ),
    "Confusing": "confusing, complicated, complex, baffling, hard to understand, unclear, maze",
    "Simple": "simple, straightforward, clear, clarity, easy, easy to use, user-friendly",
    "Listening": "listen, hear, heard, taken seriously, take notice, pay attention, all ears",
    "Ignored": (
        "ignore, dismiss, disregard, brushed off, fobbed off, overlooked, talked over, deaf "
        "ears, brushed aside, invisible"
    ),
    "Speaking up": "speak up, speak out, stand up for, have my say, outspoken, find my voice",
    "Staying silent": "silence, silent, keep quiet, hold back, bite my tongue, afraid to speak",
    "Shut out": "exclude, exclusion, marginalised, barred, banned, shut out, pushed out",
    "Usual suspects": (
        "usual suspects, same faces, same old faces, same people, loudest voices, shout the loudest"
    ),
    "Representatives": "representative, rep, representation, spokesperson, delegate, on behalf of",
    "Them and us": "them and us, us and them, divide, two sides, two camps",
    "Conflict": (
        "conflict, disagree, disagreement, argue, argument, dispute, clash, fall out, mediation"
    ),
    "Agreeing": "agree, agreement, compromise, common ground, meet in the middle, negotiate",
    "Final say": "final say, veto, sign off, approve, overrule, last word, green light, permission",
    "Done deals": (
        "done deal, already decided, fait accompli, foregone conclusion, signed and sealed"
    ),
    "From the start": (
        "from the start, from the beginning, from the outset, from day one, early on, blank "
        "page, blank sheet, blank canvas"
    ),
    "Powerless": "powerless, helpless, voiceless, no control, no say, done to, at their mercy",
    "Taking control": (
        "empower, empowerment, take control, in control, autonomy, ownership, self- determination"
    ),
    "Choice": "choice, choose, option, preference, alternative",
    "Partnership": (
        "partnership, partner, joint working, multi-agency, joined-up, collaborate, alliance, "
        "teamwork"
    ),
    "Silos": "silo, fragmented, disjointed, not joined up, not talking to each other, left hand",
    "Dropping out": "drop out, stop coming, disengage, walk away, lose interest, no-show",
}
