"""Canaries: one for each private name of simcord that `bot.demo` leans on.

When one fails after an upgrade, look in bot/demo/simulator.py, settling.py or backstage.py for
what used it. Nothing else may touch these names.
"""

import asyncio
import dataclasses
from pathlib import Path
from typing import Any

import pytest
import simcord
import simcord._dpy_internals
import simcord._settlement
from simcord import interactions
from simcord.backend import Backend, access, errors, models, serializers
from simcord.enums import ChannelType, InteractionType
from simcord.preview import Preview
from simcord.preview import _pages as pages
from simcord.preview._server import PreviewServer

from bot.demo import backstage, settling, simulator

NAMES: list[tuple[Any, str]] = [
    (simcord.Env, "_bot_scope"),
    (simcord.Env, "_settle_internal"),
    (simcord.Env, "_begin_operation"),
    (simcord.Env, "_end_operation"),
    (simcord.Env, "_raise_errors_since"),
    (simcord._settlement, "_park_reason"),
    (simcord._settlement, "_recognized_wait"),
    (simcord._settlement, "_timer_records_waking"),
    (simcord._dpy_internals, "is_sleep_waiter"),
    (interactions, "base_payload"),
    (serializers, "message_payload"),
    (access, "can_access_channel"),
    (InteractionType, "MESSAGE_COMPONENT"),
    (Preview, "_action"),
    (Preview, "_mark_action_dispatched"),
    (Preview, "_MAX_PAGES"),
    (Preview, "_PAGE_LEASE_SECONDS"),
    (PreviewServer, "_action"),
    (Backend, "add_member_role"),
    (Backend, "advance_clock"),
    (Backend, "create_system_message"),
    (Backend, "create_thread"),
    (errors, "BackendError"),
    (Backend, "delete_message"),
    (Backend, "emit"),
    (Backend, "get_channel"),
    (Backend, "get_guild"),
    (Backend, "get_message"),
    (Backend, "get_user"),
    (models.Message, "is_ephemeral"),
    (models.Message, "visible_to"),
    (models.Channel, "is_thread"),
    *((ChannelType, name) for name in ("TEXT", "NEWS", "DM", "FORUM", "PUBLIC_THREAD")),
]

FIELDS: list[tuple[Any, str]] = [
    (models.Channel, "guild_id"),
    (models.Channel, "parent_id"),
    (models.Channel, "recipient_ids"),
    (models.Channel, "topic"),
    (models.Guild, "members"),
    (models.Guild, "roles"),
    (models.Guild, "scheduled_events"),
    (models.Member, "role_ids"),
    (models.Message, "author_id"),
    (models.Message, "components"),
    (models.ScheduledEvent, "scheduled_start_time"),
    (models.ScheduledEvent, "status"),
    (pages._Page, "revision"),
]


def _called(name: tuple[Any, str]) -> str:
    return f"{getattr(name[0], '__name__', name[0])}.{name[1]}"


@pytest.mark.parametrize("name", NAMES, ids=_called)
def test_the_name_is_there(name: tuple[Any, str]) -> None:
    assert hasattr(*name), f"simcord has no {_called(name)} any more"


@pytest.mark.parametrize("name", FIELDS, ids=_called)
def test_the_field_is_there(name: tuple[Any, str]) -> None:
    fields = {field.name for field in dataclasses.fields(name[0])}
    assert name[1] in fields, f"simcord has no {_called(name)} any more"


@pytest.mark.parametrize("name", ["_preview", "_errors_acknowledged", "check_errors"])
def test_the_simulation_has(env: simcord.Env, name: str) -> None:
    assert name in vars(env), f"simcord.Env has no {name} any more"


@pytest.mark.parametrize(
    "name", ["bot_user", "channels", "clock", "http_requests", "messages", "transcript"]
)
def test_its_world_has(env: simcord.Env, name: str) -> None:
    assert hasattr(env.backend, name), f"simcord's backend has no {name} any more"


def test_settling_can_be_made_quick() -> None:
    defaults = simcord.Env._settle_internal.__kwdefaults__
    assert defaults is not None
    assert defaults["idle"] == 0.001, "Env._settle_internal waits in another way now"


async def test_what_wakes_a_sleeper_is_seen_on_the_sleeper(env: simcord.Env) -> None:
    with simulator.as_the_bot(env):
        sleeper = asyncio.create_task(asyncio.sleep(3600))
    await env.settle()
    frame = settling._innermost(sleeper)
    assert frame is not None, "A task is told from its frame in another way now"
    assert settling._timer_of(frame) is not None, "asyncio.sleep or simcord names its timer anew"
    await env.advance_time(3599)
    assert not sleeper.done()
    await env.advance_time(1)
    assert sleeper.done()


def test_time_begins_when_it_is_told_to(env: simcord.Env) -> None:
    then = env.now().replace(year=2030)
    simulator.begin_at(env, then)
    assert env.now().year == 2030, "Backend.clock has no _epoch any more"


async def test_several_previews_can_be_open_at_once(env: simcord.Env) -> None:
    server = env.create_guild("Network")
    amina = server.add_member(env.create_user("amina"))
    fan, turns = simulator.Fan(), asyncio.Lock()
    rooms = [server.create_text_channel(name) for name in ("one", "two")]
    previews = [await simulator.open_preview(env, fan, turns, room, [amina]) for room in rooms]
    assert fan.previews == previews
    assert len({preview.url for preview in previews}) == 2
    for name in ("_closed", "_pages", "_action", "viewers"):
        assert name in vars(previews[0]), f"Preview has no {name} any more"
    await amina.send(rooms[0], "Anybody there?")
    for preview in previews:
        await preview.refresh()
        assert not simulator.has_ended(preview)
        await preview.close()
        assert simulator.has_ended(preview)


async def test_the_logs_are_emptied(env: simcord.Env) -> None:
    env.create_guild("Network")
    await env.settle()
    assert simulator.take_log(env) > 0
    assert simulator.take_log(env) == 0
    assert env.http_requests == []


async def test_private_answers_are_forgotten(env: simcord.Env) -> None:
    server = env.create_guild("Network")
    amina = server.add_member(env.create_user("amina"))
    room = server.create_text_channel("general")
    await amina.slash(room, "help")
    assert room.history(viewer=amina)
    backstage.forget_private_answers(env)
    assert not room.history(viewer=amina)


def test_nothing_else_touches_a_private_name_of_simcord() -> None:
    demo = Path(simulator.__file__).parent
    for module in demo.glob("*.py"):
        if module.name not in {"simulator.py", "backstage.py"}:
            assert ".backend." not in module.read_text("utf-8").replace("simcord.backend.", "")
