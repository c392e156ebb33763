"""Who people are, whom they have, and how they feel."""

RINGS = {
    "Children": "child, children, kid, baby, toddler, little one, son, daughter",
    "Parents": "parent, mother, mum, mam, father, dad, single parent",
    "Family": (
        "family, relative, loved one, next of kin, sibling, brother, sister, grandparent, nan"
    ),
    "In care": (
        "care leaver, care experienced, looked-after child, taken into care, foster, children's "
        "home, kids taken away, children taken away"
    ),
    "Childcare": "childcare, nursery, babysitter, creche, after-school club",
    "Young people": (
        "young people, young person, youth, teenager, adolescent, youngster, young adult"
    ),
    "Older people": (
        "older people, older person, elderly, pensioner, old age, retired, senior citizen, ageing"
    ),
    "Race": (
        "race, racism, racist, racial, ethnicity, ethnic minority, BAME, BME, people of colour, "
        "global majority, Black people"
    ),
    "Gypsies": "Gypsy, Roma, Irish Traveller, Gypsies and Travellers, GRT",
    "Migrants": (
        "migrant, immigrant, refugee, asylum seeker, asylum, NRPF, no recourse to public funds, "
        "Home Office"
    ),
    "LGBTQ people": "LGBTQ, LGBT, gay, lesbian, bisexual, queer, sexuality, sexual orientation",
    "Discrimination": (
        "discrimination, prejudice, bias, biased, bigotry, stereotype, unconscious bias"
    ),
    "Judged": (
        "judge, judgemental, looked down on, looked down upon, assumption, look down their nose"
    ),
    "Called difficult": (
        "chaotic, chaotic lifestyle, non-compliant, challenging behaviour, hard to engage, "
        "difficult to engage, attention seeking"
    ),
    "Tired": (
        "tired, exhausted, knackered, worn out, drained, shattered, fatigue, burnt out, burned out"
    ),
    "Angry": "angry, anger, furious, fuming, rage, livid, pissed off, wound up",
    "Frustrated": "frustrated, fed up, annoyed, had enough, banging my head",
    "Sad": "sad, upset, unhappy, tearful, cry, heartbroken, heartbreaking, miserable",
    "Proud": "proud, pride, achieve, accomplish, sense of achievement",
    "Ashamed": "ashamed, shame, embarrassed, humiliated, guilt, guilty",
    "Afraid": "afraid, scared, scary, frightened, fear, terrified",
    "Intimidating": (
        "intimidating, daunting, out of my depth, out of place, imposter, impostor syndrome"
    ),
    "Lonely": "lonely, loneliness, isolated, alone, cut off",
    "Belonging": "belong, fit in, part of something, sense of community, feel at home",
    "Hope": "hope, optimism, optimistic, aspiration, light at the end of the tunnel",
    "Despair": "despair, hopeless, pointless, rock bottom, give up, lost hope",
    "Confidence": "confidence, self-esteem, self-worth, self-belief, believe in myself",
    "Stressed": "stress, overwhelmed, under pressure, snowed under, overloaded",
    "Coping": "cope, resilience, keep going, bounce back, survive",
    "Appreciated": "appreciate, grateful, gratitude, thankful, acknowledged, recognised",
    "Kindness": "kindness, compassion, compassionate, empathy, empathetic, humanity, gentle",
    "Dignity": (
        "dignity, dignified, human being, dehumanising, like a number, not a number, treated as "
        "human"
    ),
    "Welcome": "welcome, friendly, approachable, at ease, comfortable",
    "Wary": "mistrust, distrust, suspicious, suspicion, wary, guarded, cynical",
}
