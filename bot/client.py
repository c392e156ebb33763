"""The Discord client: it holds the services and loads the cogs."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import discord
from discord.ext import commands

from bot import tally
from bot.bell import Bell
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
from bot.conversations.service.guests import Guests
from bot.conversations.service.hosting import Hosting
from bot.conversations.service.people import People
from bot.conversations.service.planning import Planning
from bot.conversations.service.sign_ups import SignUps
from bot.conversations.service.threads import Threads
from bot.ids import ChannelId, ConversationId, ThreadId
from bot.keeping.forgetting import Forgetting
from bot.keeping.leaving import Leaving
from bot.keeping.letting_go import LettingGo
from bot.keeping.privacy import Privacy
from bot.network.service import Networks
from bot.notices.model import Notice, NoticeKind
from bot.notices.service import Notices
from bot.practice.service import PracticeServices
from bot.reflections.service import ReflectionServices
from bot.reminders.service.owing import Reminders
from bot.reminders.service.telling import ReminderTruth
from bot.reminders.service.wishes import ReminderWishes
from bot.review.queue import Queue
from bot.schedule import Duty
from bot.search.service import Search
from bot.series.service import SeriesServices
from bot.themes.service import ForumTags, Themes
from bot.troubles.service import Troubles
from bot.ui.answering import Patience, answer_lost_form
from bot.ui.parts import NO_PINGS, Card, Tree
from bot.wisdom.service import WisdomServices

# In the order of their duties: what is owed is owed before it is delivered.
COGS = (
    "cogs.network.cog",
    "cogs.conversations.cog",
    "cogs.reminders.cog",
    "cogs.series.cog",
    "cogs.themes.cog",
    "cogs.wisdom.cog",
    "cogs.practice.cog",
    "cogs.curate.cog",
    "cogs.review.cog",
    "cogs.reflections.cog",
    "cogs.privacy.cog",
    "cogs.help.cog",
    "cogs.notices.cog",
)

# It never speaks, so what voice would need is not missing.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

INTENTS = discord.Intents(guilds=True, guild_scheduled_events=True)
"""Nothing privileged: presses, commands and forms bring all else the bot needs to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    clock: Clock
    networks: Networks
    notices: Notices
    planning: Planning
    sign_ups: SignUps
    changing: Changing
    people: People
    guests: Guests
    company: Company
    hosting: Hosting
    covers: Covers
    attendance: Attendance
    choosing: Choosing
    access_needs: AccessNeeds
    calendar: Calendar
    cards: Cards
    events_list: EventsList
    threads: Threads
    attendees: Attendees
    troubles: Troubles
    search: Search
    themes: Themes
    forum_tags: ForumTags
    reminders: Reminders
    reminder_truth: ReminderTruth
    reminder_wishes: ReminderWishes
    series: SeriesServices
    wisdom: WisdomServices
    practice: PracticeServices
    queue: Queue
    reflections: ReflectionServices
    privacy: Privacy
    forgetting: Forgetting
    letting_go: LettingGo
    leaving: Leaving
    conversation_changed: Bell[ConversationId]
    timetable_changed: Bell[None]
    """Rung when a conversation was planned, moved or taken away."""


Composer: TypeAlias = Callable[[Services, Notice], Awaitable[Card | None]]
"""Writes the message of one kind of notice, from what is true now; None when it no longer is."""

RoomFinder: TypeAlias = Callable[[Services, Notice], Awaitable[ChannelId | ThreadId | None]]
"""Where a notice for everybody is posted; None while there is no such place."""


class CoproductionBot(commands.Bot):
    def __init__(self, services: Services) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=INTENTS,
            allowed_mentions=NO_PINGS,
            # Nothing is read from these caches, so memory does not grow with members.
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            tree_cls=Tree,
        )
        self.services = services
        self.mark = secrets.token_hex(4)
        """No other run of the bot has it, so a form opened by one is known."""
        self.is_connected = False
        """To Discord, now. `is_ready` stays true while a lost connection is sought again."""
        self.patience = Patience()
        self.being_made: set[int] = set()
        """Servers in which missing channels are being created just now."""
        self.composers: dict[NoticeKind, Composer] = {}
        """Filled by the cog whose feature owes that kind."""
        self.rooms: dict[NoticeKind, RoomFinder] = {}
        """As above, for kinds that are posted elsewhere than in the conversations channel."""
        self.duties: list[Duty] = []
        """Filled by each cog that must do something in time."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        tally.ASKED.add(interaction.type.name)
        if interaction.type is discord.InteractionType.modal_submit:
            await answer_lost_form(interaction)

    async def on_ready(self) -> None:
        self.is_connected = True

    async def on_resumed(self) -> None:
        self.is_connected = True

    async def on_disconnect(self) -> None:
        self.is_connected = False

    async def setup_hook(self) -> None:
        await self.services.search.mend()
        for name in COGS:
            await self.load_extension(name)
        await self.tree.sync()


Interaction: TypeAlias = discord.Interaction[CoproductionBot]
