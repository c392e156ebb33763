"""The composition root: the one place that knows how the parts fit together."""

from bot.bell import Bell
from bot.client import Services
from bot.clock import Clock
from bot.conversations.service.access_needs import AccessNeeds
from bot.conversations.service.attendance import Attendance
from bot.conversations.service.attendees import Attendees
from bot.conversations.service.calendar import Calendar
from bot.conversations.service.cards import Cards
from bot.conversations.service.changing import Changing
from bot.conversations.service.choosing import Choosing
from bot.conversations.service.company import Company
from bot.conversations.service.covers import Covers
from bot.conversations.service.events_list import EventsList
from bot.conversations.service.forgetting import ForgettingOfConversations
from bot.conversations.service.guests import Guests
from bot.conversations.service.hosting import Hosting
from bot.conversations.service.occurrences import Occurrences
from bot.conversations.service.people import People
from bot.conversations.service.planning import Planning
from bot.conversations.service.sign_ups import SignUps
from bot.conversations.service.threads import Threads
from bot.ids import ConversationId
from bot.keeping.forgetting import Forgetting
from bot.keeping.leaving import Leaving
from bot.keeping.letting_go import LettingGo
from bot.keeping.privacy import Privacy
from bot.network.service import Networks
from bot.notices.service import Notices
from bot.practice.service import PracticeServices
from bot.practice.service.means import Means as PracticeMeans
from bot.reflections.service import ReflectionServices
from bot.reflections.service.means import Means as ReflectionMeans
from bot.reminders.service.owing import Reminders
from bot.reminders.service.telling import ReminderTruth
from bot.reminders.service.wishes import ReminderWishes
from bot.review.queue import Queue
from bot.search.service import Search
from bot.series.service import SeriesServices
from bot.series.service.means import Means
from bot.storage.database import Database
from bot.themes.service import ForumTags, Themes
from bot.themes.service import forgetting as forgetting_of_themes
from bot.troubles.service import Troubles
from bot.wisdom.service import WisdomServices
from bot.wisdom.service.means import Means as WisdomMeans


def services(db: Database, clock: Clock) -> Services:
    networks = Networks(db)
    notices = Notices(db, clock)
    changed: Bell[ConversationId] = Bell()
    timetable_changed: Bell[None] = Bell()
    troubles = Troubles(db, clock)
    planning = Planning(db, clock, networks, notices, changed, timetable_changed)
    sign_ups = SignUps(db, clock, networks, notices, changed)
    calendar = Calendar(db, clock)
    changing = Changing(db, clock, networks, notices, planning, changed, timetable_changed)
    means = Means(
        db=db,
        clock=clock,
        networks=networks,
        planning=planning,
        changing=changing,
        occurrences=Occurrences(db, clock, notices, changed, timetable_changed),
        timetable_changed=timetable_changed,
    )
    search = Search(db)
    themes = Themes(db, clock, networks.must_exist)
    wisdom_means = WisdomMeans(
        db=db,
        clock=clock,
        networks=networks,
        notices=notices,
        themes=themes,
        search=search,
        quote_changed=Bell(),
        ending_changed=Bell(),
    )
    practice_means = PracticeMeans(
        db=db,
        clock=clock,
        networks=networks,
        notices=notices,
        themes=themes,
        search=search,
        practice_changed=Bell(),
        drafts_changed=Bell(),
    )
    practice = PracticeServices.of(practice_means)
    access_needs = AccessNeeds(db, clock)
    reminder_wishes = ReminderWishes(db, clock, networks, notices, sign_ups)
    series = SeriesServices.of(means)
    wisdom = WisdomServices.of(wisdom_means)
    reflection_means = ReflectionMeans(
        db=db,
        clock=clock,
        networks=networks,
        notices=notices,
        themes=themes,
        calendar=calendar,
        sign_ups=sign_ups,
        showing=wisdom.showing,
        practices=practice.showing,
        changed=Bell(),
    )
    reflections = ReflectionServices.of(reflection_means)
    forgetting_of_conversations = ForgettingOfConversations(clock, notices, changed)
    forgetting = Forgetting(
        db,
        clock,
        erasers=(
            series.standing.forget,
            forgetting_of_conversations.forget,
            reminder_wishes.forget,
            wisdom.forgetting.forget,
            practice.forgetting.forget,
            reflections.forgetting.forget,
            forgetting_of_themes.forget,
            notices.forget,  # the last: what the others owe them is not owed either
        ),
        guest_eraser=forgetting_of_conversations.forget_guest,
        wipers=(access_needs.forget_old, wisdom.ending.wipe, practice.upkeep.wipe),
    )
    return Services(
        clock=clock,
        networks=networks,
        notices=notices,
        planning=planning,
        guests=Guests(db, clock, notices, changed),
        company=Company(db, clock, notices, changed),
        changing=changing,
        people=People(db, clock, notices, changed),
        hosting=Hosting(db, clock, notices, changed),
        covers=Covers(db, clock, changed),
        attendance=Attendance(db, clock),
        choosing=Choosing(db, clock, changed),
        access_needs=access_needs,
        events_list=EventsList(db, clock, notices, troubles, planning, changed),
        threads=Threads(db, clock),
        attendees=Attendees(db, clock),
        troubles=troubles,
        search=search,
        themes=themes,
        forum_tags=ForumTags(db, themes),
        sign_ups=sign_ups,
        calendar=calendar,
        cards=Cards(db, clock),
        reminders=Reminders(db, clock, networks, notices),
        reminder_truth=ReminderTruth(db, clock, networks, notices, calendar, sign_ups),
        practice=practice,
        queue=Queue(db, clock, notices, wisdom, practice),
        reminder_wishes=reminder_wishes,
        series=series,
        wisdom=wisdom,
        reflections=reflections,
        privacy=Privacy(db),
        forgetting=forgetting,
        letting_go=LettingGo(db, clock, changed),
        leaving=Leaving(db, clock),
        conversation_changed=changed,
        timetable_changed=timetable_changed,
    )
