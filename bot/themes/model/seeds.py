"""What a network begins with. Moderators make it their own with /theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.themes.model import everyday

VERSION = 2
"""Grows when something is added here, and networks that began with less are offered the rest."""


@dataclass(frozen=True, slots=True)
class SeedKind:
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class SeedTheme:
    slug: str
    label: str
    words: Sequence[str]
    is_tag: bool = True


@dataclass(frozen=True, slots=True)
class SeedGroup:
    label: str
    words: Sequence[str]


KINDS = (
    SeedKind("example", "Great example"),
    SeedKind("challenge", "Challenge"),
    SeedKind("advice", "Wisdom / advice"),
    SeedKind("template", "Template / tool"),
    SeedKind("question", "Question"),
)


def _said(words: str) -> Sequence[str]:
    return tuple(each.strip() for each in words.split(","))


THEMES = (
    SeedTheme(
        "recruitment",
        "Recruitment",
        _said(
            "hiring, interview panel, job interview, shortlisting, choosing staff, "
            "appointing, job advert, vacancy, selection, new starter"
        ),
    ),
    SeedTheme(
        "commissioning",
        "Commissioning",
        _said(
            "commissioner, procurement, tender, bid, contract, contract manager, "
            "specification, provider, retender, service level agreement"
        ),
    ),
    SeedTheme(
        "service-design",
        "Service design",
        _said(
            "co-design, redesign, design, designing services, service review, pathway, "
            "prototype, new service, blueprint"
        ),
    ),
    SeedTheme(
        "delivery",
        "Delivery",
        _said(
            "running services, peer-led, user-led, day to day, activities, drop-in, outreach, "
            "running the project"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "outcomes-kpis",
        "Outcomes & KPIs",
        _said(
            "KPI, outcome, target, indicator, measure, measure of success, impact, statistics, "
            "performance, numbers, what counts, success"
        ),
    ),
    SeedTheme(
        "monitoring-review",
        "Monitoring & review",
        _said(
            "monitoring, evaluation, audit, survey, questionnaire, inspection, "
            "peer research, researcher, mystery shopping, quality check"
        ),
    ),
    SeedTheme(
        "leadership",
        "Leadership",
        _said(
            "leader, top down, from the top, senior management, board, "
            "chief executive, director, trustee, governance, management"
        ),
    ),
    SeedTheme(
        "buy-in",
        "Buy-in",
        _said(
            "commitment, convincing, persuading, winning over, on board, willing, "
            "reluctance, sceptical, making the case"
        ),
    ),
    SeedTheme(
        "culture",
        "Culture & embedding",
        _said(
            "culture, embedding, embed, culture change, whole organisation, way of working, "
            "mindset, attitude, values, second nature, integrate"
        ),
    ),
    SeedTheme(
        "consistency",
        "Consistency",
        _said(
            "inconsistent, patchy, pockets, postcode lottery, differing levels, "
            "hit and miss, varies, everywhere the same"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "continuity",
        "Continuity",
        _said(
            "handover, staff turnover, turnover, moves on, square one, sustain, "
            "institutional memory, starting again, knowledge lost, leaver, new face"
        ),
    ),
    SeedTheme(
        "champions",
        "Champions",
        _said(
            "advocate, ambassador, passionate, enthusiast, driving force, co-production lead, "
            "figurehead"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "templates",
        "Templates & tools",
        _said(
            "template, toolkit, document, form, policy, checklist, guide, handbook, "
            "reinvent the wheel, terms of reference, role description"
        ),
    ),
    SeedTheme(
        "learning-networks",
        "Learning & networks",
        _said(
            "learning, network, forum, community of practice, best practice, good practice, "
            "training, workshop, share learning, conference"
        ),
    ),
    SeedTheme(
        "resources",
        "Time & resources",
        _said(
            "resource, time, funding, funder, budget, capacity, money, cost, grant, "
            "cuts, workload, cash"
        ),
    ),
    SeedTheme(
        "payment",
        "Payment & reward",
        _said(
            "payment, paid, expenses, voucher, honorarium, reimbursement, travel costs, benefits, "
            "reward, recognition, thank you"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "power",
        "Power & equality",
        _said(
            "power, power sharing, equal partners, equality, hierarchy, having a say, voice, "
            "balance of power, seat at the table, same footing"
        ),
    ),
    SeedTheme(
        "tokenism",
        "Tokenism",
        _said(
            "tokenistic, tick box, box ticking, lip service, coprobabble, add-on, afterthought, "
            "rubber stamp, window dressing"
        ),
    ),
    SeedTheme(
        "accessibility",
        "Accessibility",
        _said(
            "access needs, easy read, plain English, interpreter, captions, hybrid, "
            "digital exclusion, reasonable adjustments, large print, wheelchair"
        ),
    ),
    SeedTheme(
        "language",
        "Language & terms",
        _said("language, jargon, acronym, label, stigma, terminology, wording, buzzword"),
        is_tag=False,
    ),
    SeedTheme(
        "trust",
        "Trust & relations",
        _said(
            "trust, relationship, honesty, honest, transparency, openness, safe space, rapport, "
            "respect"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "wellbeing",
        "Wellbeing & trauma",
        _said(
            "wellbeing, trauma, trauma-informed, emotional labour, boundaries, safeguarding, "
            "burnout, triggering, debrief, self-care"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "feedback-loop",
        "You said, we did",
        _said(
            "feedback, closing the loop, feedback loop, what changed, action taken, result, "
            "heard nothing back, follow up"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "decisions",
        "Decisions",
        _said(
            "decision making, deciding, vote, consensus, unanimous, chair, agenda, "
            "steering group, minutes"
        ),
        is_tag=False,
    ),
    SeedTheme(
        "inclusion",
        "Inclusion",
        _said(
            "diversity, EDI, seldom heard, hard to reach, underrepresented, left out, whose voices"
        ),
        is_tag=False,
    ),
)

GROUPS = tuple(
    SeedGroup(label, _said(words))
    for label, words in {
        "Lived experience": (
            "lived experience, expert by experience, EbE, service user, client, customer, "
            "resident, tenant, patient, citizen, public contributor, peer, people who use "
            "services, people who draw on care"
        ),
        "Staff": (
            "staff, worker, frontline, practitioner, professional, support worker, key "
            "worker, caseworker, officer, team, employee"
        ),
        "Co-production": "co-production, co-creation, working together, in partnership, done with",
        "Involvement": "involvement, engagement, participation, consultation, taking part",
        "Organisations": (
            "organisation, agency, charity, voluntary sector, third sector, VCSE, non-profit"
        ),
        "Councils": "council, local authority, LA, borough, statutory sector, public body",
        "Homelessness": (
            "homelessness, rough sleeping, sofa surfing, hostel, temporary accommodation, "
            "on the streets"
        ),
        "Addiction": (
            "addiction, substance use, substance misuse, drugs, alcohol, drinking, dependency"
        ),
        "Multiple needs": (
            "multiple disadvantage, complex needs, multiple complex needs, severe and "
            "multiple disadvantage, MCN, SMD"
        ),
        "Mental health": "mental health, mental illness, ill health, psychological, distress",
    }.items()
)

EVERYDAY = tuple(SeedGroup(label, _said(words)) for label, words in everyday.RINGS.items())
"""Since version 2. So many that they give way to whatever moderators choose."""

MORE_FOR_THEMES: Mapping[str, Sequence[str]] = {
    slug: _said(words) for slug, words in everyday.MORE_FOR_THEMES.items()
}
MORE_FOR_GROUPS: Mapping[str, Sequence[str]] = {
    label: _said(words) for label, words in everyday.MORE_FOR_GROUPS.items()
}
