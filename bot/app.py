"""The composition root: the one place that knows how the parts fit together."""

from bot.bell import Bell
from bot.client import Services
from bot.clock import Clock
from bot.conversations.service.calendar import Calendar
from bot.conversations.service.cards import Cards
from bot.conversations.service.changing import Changing
from bot.conversations.service.people import People
from bot.conversations.service.planning import Planning
from bot.conversations.service.sign_ups import SignUps
from bot.ids import ConversationId
from bot.network.service import Networks
from bot.notices.service import Notices
from bot.reminders.service.owing import Reminders
from bot.reminders.service.telling import ReminderTruth
from bot.reminders.service.wishes import ReminderWishes
from bot.storage.database import Database


def services(db: Database, clock: Clock) -> Services:
    networks = Networks(db)
    notices = Notices(db, clock)
    changed: Bell[ConversationId] = Bell()
    timetable_changed: Bell[None] = Bell()
    planning = Planning(db, clock, networks, notices, changed, timetable_changed)
    sign_ups = SignUps(db, clock, networks, notices, changed)
    calendar = Calendar(db, clock)
    return Services(
        clock=clock,
        networks=networks,
        notices=notices,
        planning=planning,
        changing=Changing(db, clock, networks, notices, planning, changed, timetable_changed),
        people=People(db, clock, notices, changed),
        sign_ups=sign_ups,
        calendar=calendar,
        cards=Cards(db, clock),
        reminders=Reminders(db, clock, networks, notices),
        reminder_truth=ReminderTruth(db, clock, networks, notices, calendar, sign_ups),
        reminder_wishes=ReminderWishes(db, clock, networks, notices, sign_ups),
        conversation_changed=changed,
        timetable_changed=timetable_changed,
    )
