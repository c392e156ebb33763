"""What a network has chosen, and which choices make sense."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from bot import prose
from bot.errors import Invalid
from bot.ids import ChannelId, NetworkId, RoleId

DEFAULT_ZONE = "Europe/London"
LONGEST_LINK = 300


class ChannelUse(StrEnum):
    CONVERSATIONS = "conversations"  # where cards and reminders are posted
    PRACTICE = "practice"  # the forum of what works
    WISDOM = "wisdom"  # where quotes are shown
    MODERATION = "moderation"  # the moderators' queue


class Duty(StrEnum):
    ORGANISER = "organiser"
    MODERATOR = "moderator"


class LinkTo(StrEnum):
    JOINING = "joining"  # how to join the network
    TICKETS = "tickets"
    CONTACT = "contact"  # a web page or an email address
    STARTING = "starting"  # getting started


class ReminderWay(StrEnum):
    CHANNEL = "channel"
    DIRECT = "direct"


# Zones are named after cities in these. The rest are old names, and Etc/GMT+1, which is an
# hour *behind* GMT.
_REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}

_WEEK, _DAY, _HOUR = 7 * 24 * 60, 24 * 60, 60

REMINDER_CHOICES: Mapping[int, str] = MappingProxyType(
    {
        2 * _WEEK: "two weeks before",
        _WEEK: "one week before",
        3 * _DAY: "three days before",
        _DAY: "one day before",
        3 * _HOUR: "three hours before",
        _HOUR: "one hour before",
        15: "a quarter of an hour before",
    }
)
"""Minutes before the start, and how people say it."""

DEFAULT_REMINDERS: Mapping[ReminderWay, Sequence[int]] = MappingProxyType(
    {ReminderWay.CHANNEL: (_WEEK, _DAY), ReminderWay.DIRECT: (_DAY, _HOUR)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything chosen for one server. What nobody chose is absent, or has its default."""

    id: NetworkId
    time_zone: str = DEFAULT_ZONE
    channels: Mapping[ChannelUse, ChannelId] = field(default_factory=dict[ChannelUse, ChannelId])
    roles: Mapping[Duty, RoleId] = field(default_factory=dict[Duty, RoleId])
    attendee_role: RoleId | None = None  # carried by everybody who is coming; None: no such role
    links: Mapping[LinkTo, str] = field(default_factory=dict[LinkTo, str])
    reminders: Mapping[ReminderWay, Sequence[int]] = field(
        default_factory=lambda: DEFAULT_REMINDERS
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def has_duty(self, duty: Duty, role_ids: Collection[int]) -> bool:
        return self.roles.get(duty) in role_ids


def time_zone(typed: str) -> str:
    """The IANA name of the zone *typed*: "lisbon", "Europe/Lisbon".

    Raises:
        Invalid: no such zone, or several; the sentence names some that are near.
    """
    wanted = "_".join(typed.casefold().split())
    known = sorted(
        name for name in available_timezones() if name.split("/")[0] in _REGIONS or name == "UTC"
    )
    exact = [name for name in known if name.casefold() == wanted]
    by_city = [name for name in known if name.casefold().split("/")[-1] == wanted]
    found = exact or by_city
    if len(found) == 1:
        return found[0]
    by_lower = {name.casefold().split("/")[-1]: name for name in known}
    near = found or [by_lower[n] for n in difflib.get_close_matches(wanted, by_lower, n=3)]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Invalid(
        "I don't know that time zone. Please type a name like “Europe/London” or a large city "
        f"in it, like “Lisbon”.{hint}"
    )


def link(typed: str, leads_to: LinkTo) -> str | None:
    """The address *typed*, or None when it was left empty.

    Raises:
        Invalid: neither a web address nor, for the contact, an email address.
    """
    address = prose.tidy(typed).removeprefix("mailto:")
    if not address:
        return None
    if len(address) > LONGEST_LINK:
        raise Invalid(f"A link may have up to {LONGEST_LINK} characters.")
    if _is_web(address) or (leads_to is LinkTo.CONTACT and _is_email(address)):
        if _has_gap(address):
            raise Invalid(f"A link can't have spaces or brackets in it. Please check “{address}”.")
        return address
    also = ", or be an email address" if leads_to is LinkTo.CONTACT else ""
    raise Invalid(f"A link must begin with “https://”{also}. Please check “{address[:80]}”.")


def reminder_times(minutes: Collection[int]) -> tuple[int, ...]:
    """Longest first.

    Raises:
        Invalid: not one of `REMINDER_CHOICES`.
    """
    if not set(minutes) <= set(REMINDER_CHOICES):
        raise Invalid("Please choose reminder times from the list.")
    return tuple(sorted(set(minutes), reverse=True))


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # half a bracket, or a character that only looks like a slash
        return False
    return parts.scheme in {"https", "http"} and "." in parts.netloc


def _is_email(address: str) -> bool:
    name, at, domain = address.partition("@")
    return bool(name and at and "." in domain and "@" not in domain)


def _has_gap(address: str) -> bool:
    return any(character.isspace() or character in "<>()[]" for character in address)
