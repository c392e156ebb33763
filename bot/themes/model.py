"""The words the network sorts its wisdom and practice by."""

from dataclasses import dataclass

FORUM_TAGS = 20
"""How many tags Discord allows a forum: five kinds and fifteen themes fill it."""


@dataclass(frozen=True, slots=True)
class Kind:
    slug: str
    label: str  # at most 20 characters, Discord's limit for a forum tag


@dataclass(frozen=True, slots=True)
class Theme:
    slug: str
    label: str


KINDS = (
    Kind("example", "Great example"),
    Kind("challenge", "Challenge"),
    Kind("advice", "Wisdom / advice"),
    Kind("template", "Template / tool"),
    Kind("question", "Question"),
)

FORUM_THEMES = (
    Theme("recruitment", "Recruitment"),
    Theme("commissioning", "Commissioning"),
    Theme("service-design", "Service design"),
    Theme("outcomes-kpis", "Outcomes & KPIs"),
    Theme("monitoring-review", "Monitoring & review"),
    Theme("leadership", "Leadership"),
    Theme("buy-in", "Buy-in"),
    Theme("culture", "Culture & embedding"),
    Theme("continuity", "Continuity"),
    Theme("templates", "Templates & tools"),
    Theme("learning-networks", "Learning & networks"),
    Theme("resources", "Time & resources"),
    Theme("power", "Power & equality"),
    Theme("tokenism", "Tokenism"),
    Theme("accessibility", "Accessibility"),
)


def forum_labels() -> tuple[str, ...]:
    """The tags of a practice forum, kinds first."""
    return tuple(each.label for each in (*KINDS, *FORUM_THEMES))
