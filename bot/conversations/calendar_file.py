"""A conversation for people's own calendars: a file by RFC 5545, and links for two web ones."""

# icalendar's own `add` is only partly typed.
# pyright: reportUnknownMemberType=false

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

from icalendar import Alarm, Calendar, Event

from bot.conversations.model import Conversation
from bot.network.model import Network

FILE_NAME = "conversation.ics"  # ours: a title may not name a file
ALARM_BEFORE = timedelta(hours=1)
PRODUCT = "-//Conversations on Co-production//coproduction-bot//EN"


def calendar_file(
    conversation: Conversation, network: Network, now: datetime, *, has_place: bool
) -> bytes:
    """The file as it stands at *now*, with the joining link for somebody who *has_place*.

    Its UID never changes and its SEQUENCE only grows, so that opening a later file moves or
    cancels what an earlier one put into a calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if conversation.is_cancelled else "PUBLISH")
    event = event_of(conversation, network, now, has_place=has_place)
    calendar.add_component(event)
    # Only the years around it: from 1970 on, some programs take the UK's summer of 1970, which
    # lasted all year, for the rule.
    year = conversation.starts_at.year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + 2, 1, 1))
    return calendar.to_ical()


def google_link(conversation: Conversation) -> str:
    """https://support.google.com/calendar has no page for it, but its own share button makes it."""
    return "https://calendar.google.com/calendar/render?" + urlencode(
        {
            "action": "TEMPLATE",
            "text": conversation.title,
            "dates": f"{_basic(conversation.starts_at)}/{_basic(conversation.ends_at)}",
        }
    )


def outlook_link(conversation: Conversation) -> str:
    return "https://outlook.live.com/calendar/0/deeplink/compose?" + urlencode(
        {
            "rru": "addevent",
            "subject": conversation.title,
            "startdt": conversation.starts_at.astimezone(UTC).isoformat(),
            "enddt": conversation.ends_at.astimezone(UTC).isoformat(),
        }
    )


def event_of(
    conversation: Conversation, network: Network, now: datetime, *, has_place: bool
) -> Event:
    """One conversation, with the joining link for somebody who *has_place*."""
    event = Event()
    event.add("uid", f"conversation-{conversation.id}.network-{network.id}@coproduction-bot")
    event.add("dtstamp", now)
    event.add("sequence", conversation.sequence)
    event.add("summary", conversation.title)
    if conversation.details.description:
        event.add("description", conversation.details.description)
    # In the network's own zone, so that a calendar shows what the card says.
    event.add("dtstart", conversation.starts_at.astimezone(network.zone))
    event.add("dtend", conversation.ends_at.astimezone(network.zone))
    event.add("status", "CANCELLED" if conversation.is_cancelled else "CONFIRMED")
    if not conversation.is_cancelled:
        event.add_component(alarm(conversation.title))
    if has_place and conversation.details.join_link is not None:
        event.add("location", conversation.details.join_link)
    return event


def alarm(title: str) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", title)
    made.add("trigger", -ALARM_BEFORE)
    return made


def _basic(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
