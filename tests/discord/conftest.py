"""A small network on the pretend Discord, set up and ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord

from bot.client import CoproductionBot, Services
from bot.ids import ChannelId, MemberId, NetworkId, RoleId
from bot.network.model import ChannelUse, Duty
from bot.people import Person

if TYPE_CHECKING:
    from tests.discord.wise import Wise

FIRST_THURSDAY = "first Thursday of next month 2pm"
SPOKEN = "Thursday 3 December 2026, 2:00pm UK time"


def text_of(message: Any) -> str:
    """Everything a person reads on a message, card or not, with the labels of its buttons."""
    return "\n".join([message.content or "", *_texts(_raw(message))])


def labels_of(message: Any) -> list[str]:
    return [part["label"] for part in _walk(_raw(message)) if part.get("label")]


def custom_ids_of(message: Any) -> list[str]:
    return [part["custom_id"] for part in _walk(_raw(message)) if part.get("custom_id")]


def _raw(message: Any) -> list[dict[str, Any]]:
    return [
        part if isinstance(part, dict) else part.to_dict() for part in (message.components or [])
    ]


def _walk(parts: list[dict[str, Any]]) -> Any:
    for part in parts:
        yield part
        yield from _walk(part.get("components", []))
        if "accessory" in part:
            yield part["accessory"]


def _texts(parts: list[dict[str, Any]]) -> list[str]:
    return [part.get("content") or part.get("label") or "" for part in _walk(parts)]


def _is_reminder(message: Any) -> bool:
    return any(each.startswith("reminder:") for each in custom_ids_of(message))


@dataclass
class World:
    env: simcord.Env
    server: Any
    channel: Any
    general: Any
    organisers: Any  # the role
    manager: Any
    organiser: Any
    amina: Any
    bryn: Any
    chidi: Any

    @property
    def bot(self) -> CoproductionBot:
        bot = self.env.bot
        assert isinstance(bot, CoproductionBot)
        return bot

    @property
    def parts(self) -> Services:
        return self.bot.services

    @property
    def network_id(self) -> NetworkId:
        return NetworkId(self.server.id)

    @property
    def as_organiser(self) -> Person:
        return Person(
            network_id=self.network_id,
            member_id=MemberId(self.organiser.id),
            is_organiser=True,
        )

    @property
    def as_manager(self) -> Person:
        return Person(
            network_id=self.network_id,
            member_id=MemberId(self.manager.id),
            is_organiser=True,
            is_moderator=True,
            manages_network=True,
        )

    async def choose(self, custom_id: str, chosen: Any) -> None:
        """Choose something in the setup panel, as the manager does."""
        shown = await self.manager.slash(self.general, "network setup")
        assert shown.response is not None
        await self.manager.select(shown.response.message, [chosen], custom_id=custom_id)

    async def plan(
        self, title: str = "Who decides?", when: str = FIRST_THURSDAY, **rest: Any
    ) -> Any:
        """Plan a conversation by command and button, and give back its card."""
        read_back = await self.organiser.slash(
            self.general, "organise plan", title=title, when=when, **rest
        )
        assert read_back.response is not None
        await self.organiser.click(read_back.response.message, label="Plan it")
        return self.card()

    def card(self) -> Any:
        return self.cards()[-1]

    def cards(self) -> list[Any]:
        """Those posted in the conversations channel, without the reminders between them."""
        return [each for each in self.channel.history() if not _is_reminder(each)]

    def reminders(self) -> list[Any]:
        """Those posted in the conversations channel."""
        return [each for each in self.channel.history() if _is_reminder(each)]

    async def refreshed(self) -> Any:
        """The card once its keeper has had its turn."""
        await self.env.advance_time(10)
        return self.card()


@pytest.fixture
def no_mistakes(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Behind a keeper nobody waits who would read of a mistake of ours: so a test looks."""
    yield
    mistakes = [each for each in caplog.get_records("call") if each.levelname == "ERROR"]
    assert mistakes == [], [each.getMessage() for each in mistakes]


@pytest.fixture
async def world(env: simcord.Env) -> World:
    return await build_world(env)


async def build_world(env: simcord.Env) -> World:
    server = env.create_guild("Conversations on Co-production")
    organisers = server.create_role(
        "Organiser", permissions=discord.Permissions(manage_events=True)
    )
    managers = server.create_role(
        "Manager", permissions=discord.Permissions(manage_guild=True, manage_events=True)
    )
    built = World(
        env=env,
        server=server,
        channel=server.create_text_channel("conversations"),
        general=server.create_text_channel("general"),
        organisers=organisers,
        manager=server.add_member(env.create_user("manager"), roles=[managers]),
        organiser=server.add_member(env.create_user("organiser"), roles=[organisers]),
        amina=server.add_member(env.create_user("amina")),
        bryn=server.add_member(env.create_user("bryn")),
        chidi=server.add_member(env.create_user("chidi")),
    )
    networks, by = built.parts.networks, built.as_manager
    await networks.choose_channel(ChannelUse.CONVERSATIONS, ChannelId(built.channel.id), by=by)
    await networks.choose_role(Duty.ORGANISER, RoleId(organisers.id), by=by)
    await env.settle()
    return built


@pytest.fixture
async def wise(world: World) -> "Wise":
    from tests.discord.wise import build_wise

    return await build_wise(world)
