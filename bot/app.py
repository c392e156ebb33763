"""The composition root: the one place that knows how the parts fit together."""

from bot.bell import Bell
from bot.client import Services
from bot.clock import Clock
from bot.conversations.service.calendar import Calendar
from bot.conversations.service.cards import Cards
from bot.conversations.service.planning import Planning
from bot.conversations.service.sign_ups import SignUps
from bot.ids import ConversationId
from bot.network.service import Networks
from bot.notices.service import Notices
from bot.storage.database import Database


def services(db: Database, clock: Clock) -> Services:
    networks = Networks(db)
    notices = Notices(db, clock)
    changed: Bell[ConversationId] = Bell()
    timetable_changed: Bell[None] = Bell()
    return Services(
        clock=clock,
        networks=networks,
        notices=notices,
        planning=Planning(db, clock, networks, notices, changed, timetable_changed),
        sign_ups=SignUps(db, clock, notices, changed),
        calendar=Calendar(db, clock),
        cards=Cards(db, clock),
        conversation_changed=changed,
        timetable_changed=timetable_changed,
    )
