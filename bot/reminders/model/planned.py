"""What organisers see of the reminders of one conversation: times and counts, never names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversations.model import Conversation
from bot.network.model import ReminderWay
from bot.reminders.model.timetable import Dealt, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReminder:
    moment: Moment
    in_channel: bool
    people: int  # it would go to, as things stand now
    dealt: Dealt | None  # what became of it, once it has come


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    conversation: Conversation
    times: Mapping[ReminderWay, Sequence[int]]  # minutes before
    has_own_times: bool  # chosen for it, rather than the network's
    people: int  # with a place who asked to be reminded
    reminders: Sequence[PlannedReminder]  # in order, also those that reach nobody
