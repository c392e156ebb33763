"""Touches of simcord's private names, for the demo and the tests alike; settling.py has the rest.

simcord is pinned to the release these were found in; tests/test_simulator.py notices when one
of them has gone.
"""

import asyncio
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import patch

import apscheduler.executors.base
import apscheduler.schedulers.base
import apscheduler.triggers.date
import apscheduler.triggers.interval
import discord
import simcord
from simcord import interactions
from simcord.backend import Backend, errors, serializers
from simcord.enums import InteractionType, MessageType
from simcord.http import RequestContext

if TYPE_CHECKING:
    from simcord.preview import Preview

_READ_THE_TIME = (
    apscheduler.schedulers.base,
    apscheduler.executors.base,
    apscheduler.triggers.date,
    apscheduler.triggers.interval,
)


class VirtualClock:
    """The bot's clock, told by the simulation."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None

    def now(self) -> datetime:
        if self.env is None:
            raise RuntimeError("The simulation has not begun.")
        return self.env.now().replace(microsecond=0)


@contextmanager
def apscheduler_on(now: Callable[[], datetime]) -> Iterator[None]:
    """Make APScheduler tell the time by the simulation, or its jobs fire at the wrong one."""

    class VirtualDatetime(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            instant = now()
            return instant.astimezone(tz) if tz else instant.astimezone().replace(tzinfo=None)

    patches = [patch.object(module, "datetime", VirtualDatetime) for module in _READ_THE_TIME]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in reversed(patches):
            each.stop()


def open_threads_as_discord_does() -> None:
    """A message has one thread, and the channel says nothing of it: simcord has it otherwise."""
    backend: Any = Backend
    say = backend.create_system_message

    def say_unless_on_a_message(
        self: Any, channel_id: int, kind: Any, *who: Any, **about: Any
    ) -> Any:
        if kind == MessageType.THREAD_CREATED and about.get("referenced_message_id") is not None:
            return None
        return say(self, channel_id, kind, *who, **about)

    create = backend.create_thread

    def create_one(self: Any, parent_id: int, *what: Any, **about: Any) -> Any:
        if about.get("message_id") in self.channels:
            raise errors.BackendError(400, 160004, "A thread has already been created")
        return create(self, parent_id, *what, **about)

    backend.create_system_message = say_unless_on_a_message
    backend.create_thread = create_one
    _let_posts_be_pinned()


def _let_posts_be_pinned() -> None:
    """simcord refuses the one flag of a thread that Discord lets a bot change."""
    read, drawn = RequestContext.fields, serializers.thread_payload

    def fields(self: Any, *handled: str, ignore: tuple[str, ...] = (), **rest: Any) -> Any:
        if "applied_tags" in ignore and "flags" in self.body():
            ignore += ("flags",)
            self.backend.channels[self.int_arg("channel_id")].flags = self.body()["flags"]
        return read(self, *handled, ignore=ignore, **rest)

    def thread_payload(backend: Any, thread: Any) -> Any:
        return {**drawn(backend, thread), "flags": getattr(thread, "flags", 0)}

    cast("Any", RequestContext).fields = fields
    cast("Any", serializers).thread_payload = thread_payload


def begin_at(env: simcord.Env, instant: datetime) -> None:
    """Start the simulation's time at *instant*. Only before the world is built."""
    env.backend.clock._epoch = instant.astimezone(UTC).replace(microsecond=0)


def pass_while_down(env: simcord.Env, span: timedelta) -> None:
    """Let time pass without running the bot's timers."""
    env.backend.advance_clock(span.total_seconds())


async def restart(env: simcord.Env, bot: discord.Client) -> None:
    """Stop the bot as SIGTERM would, and start *bot* in its place."""
    await env.bot.close()
    await crash(env, bot)


async def crash(env: simcord.Env, bot: discord.Client) -> None:
    """Stop the bot as `kill -9` would, and start *bot* in its place."""
    await env.restart_bot(bot)


@contextmanager
def as_the_bot(env: simcord.Env) -> Iterator[None]:
    """Whatever is begun inside is the bot's own: its timers are virtual, and it is waited for.

    A test that rings the bot's bells needs it: what a bell begins would be timed by the wall.
    """
    with env._bot_scope():
        yield


def raise_unseen_errors(env: simcord.Env) -> None:
    """Raise what went wrong behind the doors and no test has looked at."""
    if env.check_errors:
        env._raise_errors_since(env._errors_acknowledged)


def press_at_once(
    env: simcord.Env, channel_id: int, message_id: int, custom_id: str, user_ids: list[int]
) -> list[Any]:
    """Everybody presses before anybody is answered. Returns what simcord knows of each press."""
    message = env.backend.get_message(channel_id, message_id)
    records: list[Any] = []
    for user_id in user_ids:
        record, payload = interactions.base_payload(
            env.backend,
            type=InteractionType.MESSAGE_COMPONENT,
            channel_id=channel_id,
            guild_id=env.guild.id,
            user_id=user_id,
            data={"custom_id": custom_id, "component_type": 2},
        )
        payload["message"] = dict(serializers.message_payload(env.backend, message))
        record.source_message_id = message.id
        env.backend.emit("INTERACTION_CREATE", payload)
        records.append(record)
    return records


@contextmanager
def operation(env: simcord.Env, label: str) -> Generator[None, None, None]:
    """Hold the simulation for work that spans several of its steps."""
    env._begin_operation(label)
    try:
        yield
    finally:
        env._end_operation()


async def settle(env: simcord.Env, timeout: float) -> None:  # noqa: ASYNC109  # simcord's own
    """Settle inside an `operation`."""
    await env._settle_internal(timeout=timeout)


# What follows serves the demo: its pages, and what simcord offers no public way to see or do.


class Fan:
    """Stands where simcord keeps its one preview, so that each channel can have its own."""

    _closed = True  # simcord asks this of the last preview before it opens another

    def __init__(self) -> None:
        self.previews: list[Preview] = []

    def _mark_action_dispatched(self) -> None:
        for preview in self.previews:
            preview._mark_action_dispatched()


MOST_TABS = 64
TABS_LAST = 24 * 3600.0
"""Seconds for which a browser may leave a tab asleep and still go on with it."""


async def open_preview(
    env: simcord.Env,
    fan: Fan,
    turns: asyncio.Lock,
    channel: simcord.ChannelHandle,
    viewers: Sequence[simcord.MemberActor | simcord.UserHandle],
    **look: Any,
) -> "Preview":
    """Serve *channel* in the browser. The caller has its turn, and closes what it gets."""
    env._preview = cast("Preview", fan)
    preview = env.preview(channel, viewers=viewers, layout="channel", **look)
    try:
        await preview.__aenter__()
    finally:
        env._preview = cast("Preview", fan)
    vars(preview).update(_MAX_PAGES=MOST_TABS, _PAGE_LEASE_SECONDS=TABS_LAST)
    act = preview._action

    async def act_in_turn(tab: str | None, body: Any) -> dict[str, Any]:
        # simcord refuses an action while another runs, or when anything at all has changed
        # since the page was drawn. Discord does neither: people press what they see.
        async with turns:
            page = preview._pages.get(tab or "")
            if page is not None and isinstance(body, dict) and "published_revision" in body:
                body["published_revision"] = page.revision
            return await act(tab, body)

    vars(preview)["_action"] = act_in_turn
    fan.previews.append(preview)
    return preview


def has_ended(preview: "Preview") -> bool:
    """Whether somebody has pressed “End preview session”."""
    return preview._closed


def take_log(env: simcord.Env) -> int:
    """How much has happened since the last call. Empties simcord's logs, which only grow."""
    happened = len(env.backend.transcript)
    env.backend.transcript.clear()
    env.backend.http_requests.clear()
    return happened


def set_bot_permissions(env: simcord.Env, permissions: discord.Permissions) -> None:
    """Let the bot do just that in the first server, besides what everybody may."""
    server = env.guild.id
    own = next(role for role in env.backend.guilds[server].roles.values() if role.managed)
    env.backend.edit_role(server, own.id, {"permissions": permissions.value})
