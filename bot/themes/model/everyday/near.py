"""What everyday words are often about: by the slug of a theme, the groups of words near to it.

Somebody who asks about fear may well be answered by what is tagged with trust. It counts for
little: a word has to stand in a quote, or the theme has to be the very one, to count for more.
"""

THEMES = {
    "recruitment": "Offending, Jobs, Peer workers, Induction, Skills",
    "commissioning": "Councils, Prevention, From the start, Partnership",
    "service-design": (
        "Who is eligible, Waiting lists, Missed appointments, Referral, Prevention, The whole "
        "person, Falling through, From the start, Pilots, Improving"
    ),
    "delivery": "Peer workers, Peer support, Day centres",
    "outcomes-kpis": "Missed appointments, Evidence, Reports, Improving, What works",
    "monitoring-review": "Regulators, Evidence, Reports, Failing, Complaints",
    "leadership": "Bosses, Councillors, Accountability",
    "culture": "Belonging, Kindness, Them and us, Long-term",
    "consistency": "Falling through, Silos",
    "continuity": "Agency workers, Dropping out, Long-term, Short-lived, Endings",
    "templates": "Rules, Data protection",
    "learning-networks": "Mentors, Induction, Pilots, Mistakes, What works, Skills",
    "resources": (
        "Rent, Poverty, Getting money out, Food banks, Diaries, Slow, Rushed, Late, "
        "Short-lived, Closing services"
    ),
    "payment": (
        "Poverty, Debt, Welfare, Wages, Getting money out, Food, Getting there, Childcare, "
        "Appreciated, Volunteers, Red tape, Fairness"
    ),
    "power": (
        "Involvement, Discrimination, Intimidating, Bosses, Law, Advisory groups, Ignored, "
        "Speaking up, Staying silent, Shut out, Representatives, Them and us, Final say, "
        "Powerless, Taking control, Choice, Fairness"
    ),
    "tokenism": "Involvement, Stories, Ignored, Done deals, Late, Genuine",
    "accessibility": (
        "Autism and ADHD, Learning disability, Reading and writing, Disability, Deaf people, "
        "Sight loss, Who is eligible, Food, Getting there, Children, Parents, Childcare, "
        "Intimidating, Venues, Time of day, Diaries, Breaks, Face to face, Online, Computers, "
        "Phones, Letters and emails, Confusing, Simple, Barriers, Red tape, Flexible"
    ),
    "language": (
        "Reading and writing, Judged, Called difficult, Dignity, Letters and emails, Confusing, "
        "Simple"
    ),
    "trust": (
        "Domestic abuse, Judged, Ashamed, Afraid, Kindness, Dignity, Welcome, Wary, Talking, "
        "Listening, Staying silent, Rules, Mistakes, Genuine, Very bad, Safety, "
        "Confidentiality, Data protection, Apologies, Promises"
    ),
    "wellbeing": (
        "Mental health, Grief, Depression, Anxiety, Suicide, Therapy, Crisis, Recovery, "
        "Relapse, Domestic abuse, Tired, Angry, Frustrated, Sad, Proud, Ashamed, Afraid, "
        "Lonely, Hope, Despair, Confidence, Stressed, Coping, Peer support, Breaks, Stories, "
        "Dropping out, Help, Safety, Risk"
    ),
    "feedback-loop": "Information, Listening, Ignored, Slow, Complaints, Accountability, Promises",
    "decisions": (
        "Councillors, Meetings, Advisory groups, Conflict, Agreeing, Final say, Done deals, "
        "Choice, Closing services"
    ),
    "inclusion": (
        "Autism and ADHD, Learning disability, Disability, Carers, Prison, Probation, "
        "Offending, Family, Young people, Older people, Race, Gypsies, Migrants, LGBTQ people, "
        "Discrimination, Belonging, Welcome, Shut out, Usual suspects, Representatives, "
        "Barriers"
    ),
}
