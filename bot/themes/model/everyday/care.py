"""Illness and help with it; drink, drugs and prison."""

RINGS = {
    "Clinicians": "doctor, GP, nurse, clinician, physician, surgeon, general practitioner",
    "Hospitals": (
        "hospital, A&E, hospital ward, infirmary, emergency department, accident and emergency, "
        "casualty, discharge, sent home"
    ),
    "The NHS": (
        "NHS, National Health Service, health service, ICB, integrated care board, ICS, CCG, "
        "NHS trust"
    ),
    "Medication": "medicine, meds, prescription, pill, dose",
    "Grief": "grief, grieving, bereavement, mourning, death, dying, funeral, passed away",
    "Depression": "depression, low mood, feeling low, feeling down",
    "Anxiety": "anxiety, anxious, panic, panic attack, worry, nervous, on edge",
    "Suicide": "suicide, take my own life, end my life, ending it all",
    "Therapy": (
        "therapy, therapist, counselling, counsellor, talking therapy, psychotherapy, "
        "psychologist, CBT"
    ),
    "Psychiatry": (
        "psychiatrist, psychiatry, psychiatric, CMHT, community mental health team, CPN, "
        "inpatient, Mental Health Act"
    ),
    "Crisis": "crisis, emergency, nervous breakdown, breaking point, crisis team, meltdown",
    "Autism and ADHD": "autism, autistic, ADHD, neurodivergent, neurodiversity, Asperger's",
    "Learning disability": (
        "learning disability, learning difficulty, special needs, intellectual disability"
    ),
    "Reading and writing": "dyslexia, dyslexic, literacy, can't read, illiterate, trouble reading",
    "Disability": "disability, disabled person, impairment, mobility, physically disabled",
    "Deaf people": (
        "deaf, hard of hearing, hearing loss, BSL, sign language, hearing aid, lip reading"
    ),
    "Sight loss": (
        "blind, sight loss, visually impaired, partially sighted, braille, screen reader, guide dog"
    ),
    "Social care": (
        "social care, adult social care, social worker, social work, social services, care "
        "manager, care coordinator"
    ),
    "Care at home": (
        "home care, domiciliary care, care package, care worker, personal assistant, direct payment"
    ),
    "Carers": "carer, unpaid carer, family carer, caregiver, young carer, looking after someone",
    "Who is eligible": "eligible, criteria, threshold, entitled, qualify",
    "Waiting lists": "waiting list, waiting time, wait, queue, backlog, long wait",
    "Missed appointments": "missed appointment, did not attend, not turning up, non-attendance",
    "Referral": "refer, referral, signpost, self-referral",
    "Prevention": "prevention, early help, early intervention, upstream, nip it in the bud",
    "The whole person": (
        "person-centred, personalised, tailored, holistic, bespoke, whole person, one size fits all"
    ),
    "Falling through": (
        "through the gaps, through the cracks, through the net, pillar to post, passed around, "
        "bounced around, revolving door"
    ),
    "Recovery": "recovery, in recovery, sober, sobriety, abstinence, drug free, alcohol free",
    "Rehab and detox": (
        "rehab, rehabilitation, detox, residential treatment, treatment centre, dry house"
    ),
    "Relapse": "relapse, lapse, fall off the wagon, using again, back on the drink",
    "Prison": "prison, jail, gaol, custody, inmate, HMP, behind bars, locked up, banged up",
    "Probation": (
        "probation, probation officer, parole, on licence, community order, offender manager"
    ),
    "Offending": (
        "offender, ex-offender, reoffending, crime, criminal, criminal record, conviction, DBS"
    ),
    "Police": "police, police officer, PCSO, cop, constable, arrest",
    "Domestic abuse": (
        "domestic abuse, domestic violence, DV, coercive control, abusive partner, abusive "
        "relationship"
    ),
}
