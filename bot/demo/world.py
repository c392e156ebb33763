"""A believable network: its people, its channels, three conversations and a monthly series.

Whatever the bot can do, it does here by its own commands and buttons, as somebody would.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import discord
import simcord

from bot.client import CoproductionBot
from bot.demo import backstage
from bot.demo.doings import share
from bot.demo.sayings import gather
from bot.demo.simulator import as_the_bot
from bot.demo.stage import Stage
from bot.ids import MemberId, NetworkId

ZONE = ZoneInfo("Europe/London")
NAME = "Conversations on Co-production"

WELCOME = (
    "Welcome! We are people with lived experience, frontline workers and people in local "
    "authorities, and we meet every month to talk about co-production. You can listen only. "
    "Type `/help` to see what the bot can do for you."
)
CHAT = (
    ("Bev", "Thank you for having me. It is my first time on Discord, so bear with me!"),
    ("Callum", "You're doing fine. Cameras can stay off, and nobody has to tell their story."),
    ("Dorota", "Our drop-in closed early today, so I can come to the next one after all."),
)
TO_TRY = (
    "Open #conversations. Viewing as Bev, press “I can't make it” on the full conversation. Then "
    "look at Farah's private messages: a place has come up.",
    "Viewing as Kwame, who is an organiser, type /organise plan, and try “third Wednesday of next "
    "month 6:30pm” as its date.",
    "Viewing as Callum, press “I can't make it” on the full one as well. Its place goes to Errol, "
    "whose private messages are closed. View as Errol, press a button on any card, and see how he "
    "is told.",
    "Aisha has asked to be reminded. In the lobby, skip to the next reminder a few times, and look "
    "at her private messages. Anybody can type /reminders. Then restart the bot, and press a "
    "button on an old card.",
    "As anybody, type /conversation series, and press “Sign up to all”. In the lobby, skip days "
    "or restart the bot: the next one is announced, you are told, and old buttons still work.",
    "Viewing as Kwame, type /reflections draft with a theme: a post of what people said, in words "
    "that may be used. Read it, publish it, and look at its thread in #wisdom. As anybody, type "
    "/action list.",
    "As anybody, type /wisdom search and look for “rough sleeping”, or for any words of your own: "
    "quotes are found that say it in other words. Type /wisdom share to add one. Then, viewing as "
    "Jean, who is a moderator, type /review and publish it, or look into #moderation-queue.",
    "As anybody, type /practice search and look for “interviews”, or read the forum's index. Type "
    "/practice share, and see what is like yours before you send it. Then, viewing as Jean, share "
    "it, and find its thread in #practice.",
    "Viewing as Rosa, who runs the server, type /network check. As anybody, type /help.",
)
SERIES: dict[str, Any] = {
    "title": "What worked this month?",
    "description": "Every month, an evening for what worked, however small, and what did not.",
    "which": "first of the month",
    "weekday": "Wednesday",
    "time": "6:30pm",
    "places": 15,
    "announce": 5,  # so that the next one always has a card
}
LINKS = {
    "joining": "https://example.org/join",
    "tickets": "https://example.org/tickets",
    "contact": "hello@example.org",
    "starting": "https://example.org/first-time",
}


@dataclass(frozen=True, slots=True)
class World:
    env: simcord.Env
    server: simcord.GuildHandle
    people: dict[str, simcord.MemberActor]
    """By first name, in the order in which lists show them."""
    notes: dict[str, str]
    """What is particular about somebody."""


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    description: str
    day: date
    places: int | None = None

    @property
    def when(self) -> str:
        """As an organiser would type it."""
        return f"{self.day.day} {self.day:%B} {self.day.year}, 2pm"


NOTES = {
    "Kwame": "organiser",
    "Jean": "moderator",
    "Rosa": "runs this server",
    "Errol": "private messages closed",
}
NAMES = ("Aisha", "Bev", "Callum", "Dorota", "Errol", "Farah", "Kwame", "Jean", "Rosa")
GOING, WAITING = ("Aisha", "Bev", "Callum", "Dorota"), ("Farah", "Errol")


def full_one(today: date) -> Plan:
    return Plan(
        "Who decides what a good service looks like?",
        "Services are often judged by numbers that nobody who uses them would choose. "
        "What would you measure, and who should be asked?",
        _monday(today) + timedelta(days=15),  # Tuesday of the week after next
        places=4,
    )


def open_one(today: date) -> Plan:
    return Plan(
        "What gets in the way of working together?",
        "Time, money, fear of getting it wrong. Bring one thing that stopped you, "
        "and one thing that helped.",
        _monday(today) + timedelta(days=10),  # Thursday of next week
        places=12,
    )


def later_one(today: date) -> Plan:
    day = _monday(today) + timedelta(days=37)  # a Wednesday, about a month away
    while (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2):
        day += timedelta(weeks=1)
    return Plan(
        "Starting out: what we wish we had known",
        "For everybody who is new to co-production, and for those who remember being new.",
        day,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


async def build(stage: Stage, until: datetime) -> World:
    """Play the story so far, which ends at *until*."""
    env = stage.env
    users = {name: env.create_user(name.lower(), global_name=_display(name)) for name in NAMES}
    server = env.create_guild(NAME, owner=users["Rosa"])
    people = {
        name: simcord.MemberActor(env, server, user) if name == "Rosa" else server.add_member(user)
        for name, user in users.items()
    }
    world = World(env, server, people, NOTES)
    await env.settle()
    backstage.close_messages(env, users["Errol"])
    await _talk(world)
    organising = await _set_up(world)
    await _gather(world, stage.path)
    await _plan_and_answer(world, organising, until.astimezone(ZONE).date())
    await _start_series(world, organising)
    await env.advance_time(max(0.0, (until - env.now()).total_seconds()))
    backstage.forget_private_answers(env)
    await env.settle()
    return world


def _display(name: str) -> str:
    return f"{name} ({NOTES[name]})" if name in NOTES else name


async def _talk(world: World) -> None:
    welcome = world.server.create_text_channel("welcome", topic="Start here")
    general = world.server.create_text_channel("general", topic="Talk about anything")
    await world.people["Rosa"].send(welcome, WELCOME)
    for name, words in CHAT:
        await world.env.advance_time(7 * 60)
        await world.people[name].send(general, words)


async def _set_up(world: World) -> simcord.ChannelHandle:
    """What Rosa does first. Returns the channel in which she and the organisers do it."""
    rosa, kwame, jean = (world.people[name] for name in ("Rosa", "Kwame", "Jean"))
    hidden, shown = (discord.PermissionOverwrite(view_channel=value) for value in (False, True))
    organising = world.server.create_text_channel(
        "organising",
        topic="For Rosa, Kwame and Jean",
        overwrites={world.server.default_role: hidden, rosa: shown, kwame: shown, jean: shown},
    )
    panel = await rosa.slash(organising, "network setup")
    await rosa.click(_answer(panel), label="Create what is missing")
    coming = world.server.create_role("Coming")
    await world.env.settle()
    await rosa.select(_answer(panel), [coming], custom_id="network:choose-attendee-role")
    form = await rosa.click(_answer(panel), label="Change the links")
    await rosa.submit_modal(form, LINKS)
    for member, role in ((kwame, "Organiser"), (jean, "Moderator")):
        backstage.give_role(world.env, member, world.server.roles[role])
    await world.env.settle()
    return organising


async def _gather(world: World, path: Path) -> None:
    """What was said in years past, and the bot's look at it."""
    env, network_id = world.env, NetworkId(world.server.id)
    members = {name: MemberId(person.id) for name, person in world.people.items()}
    await gather(path, network_id, members, env.now())
    await share(path, network_id, members, env.now())
    with as_the_bot(env):
        parts = cast("CoproductionBot", env.bot).services
        parts.networks.changed.ring(network_id)
        parts.wisdom.ending_changed.ring(None)
    await env.advance_time(10)


async def _plan_and_answer(world: World, organising: simcord.ChannelHandle, today: date) -> None:
    kwame = world.people["Kwame"]
    for plan in (open_one(today), full_one(today), later_one(today)):
        options: dict[str, Any] = {} if plan.places is None else {"places": plan.places}
        draft = await kwame.slash(
            organising,
            "organise plan",
            title=plan.title,
            when=plan.when,
            description=plan.description,
            **options,
        )
        await kwame.click(_answer(draft), label="Plan it")
        await world.env.advance_time(10 * 60)
    soon, full, _ = world.server.channels["conversations"].history()
    for name in (*GOING, *WAITING):
        await world.people[name].click(full, label="Sign up")
    for name, label in (("Aisha", "Sign up"), ("Jean", "Sign up"), ("Bev", "Maybe")):
        await world.people[name].click(soon, label=label)
    general = world.server.channels["general"]
    panel = await world.people["Aisha"].slash(general, "reminders")
    await world.people["Aisha"].click(_answer(panel), label="Remind me by private message")


async def _start_series(world: World, organising: simcord.ChannelHandle) -> None:
    """What happens every month, with two people who come each time."""
    kwame, env = world.people["Kwame"], world.env
    draft = await kwame.slash(organising, "series start", **SERIES)
    await kwame.click(_answer(draft), label="Start it")
    await env.advance_time(60)
    general = world.server.channels["general"]
    for name in ("Aisha", "Dorota"):
        shown = await world.people[name].slash(general, "conversation series")
        await world.people[name].click(_answer(shown), label="Sign up to all")


def _answer(result: simcord.InteractionResult) -> Any:
    if result.response is None:
        raise RuntimeError("The bot did not answer.")
    return result.response
