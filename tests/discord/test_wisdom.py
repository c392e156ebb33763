"""Wisdom as people meet it: from a form to a quote that others find, and back to nothing."""

from dataclasses import dataclass
from typing import Any

import discord
import pytest

from bot.ids import ChannelId, RoleId
from bot.network.model import ChannelUse, Duty
from tests.discord.conftest import World, labels_of, text_of

WORDS = "They *listened* first, and only then got the forms out.\n1. That was new."
AGREES = {"uses": ["discord"], "credit": "anonymous", "lasting": "open"}


@dataclass
class Wise:
    """A network whose moderators have a channel."""

    world: World
    moderation: Any
    wisdom: Any
    moderator: Any

    async def share(self, who: Any, words: str = WORDS, agrees: Any = None, **rest: Any) -> Any:
        """Share by command, form, button and form, and give back the thanks."""
        opened = await who.slash(self.world.general, "wisdom share")
        asked = await who.submit_modal(opened, {"words": words, **rest})
        assert asked.response is not None
        form = await who.click(asked.response.message, label="Choose how they may be used")
        return await who.submit_modal(form, AGREES if agrees is None else agrees)

    async def publish(self) -> None:
        await self.moderator.click(self.waiting(), label="Publish")
        await self.world.env.advance_time(10)

    def waiting(self) -> Any:
        """The latest card in the moderators' channel."""
        return self.moderation.history()[-1]

    async def search(self, who: Any, words: str, **filters: Any) -> str:
        found = await who.slash(self.world.general, "wisdom search", words=words, **filters)
        return text_of(found.response.message)


@pytest.fixture
async def wise(world: World) -> Wise:
    role = world.server.create_role(
        "Moderator", permissions=discord.Permissions(manage_messages=True)
    )
    moderation = world.server.create_text_channel("moderation")
    wisdom = world.server.create_text_channel("wisdom")
    networks, by = world.parts.networks, world.as_manager
    await networks.choose_role(Duty.MODERATOR, RoleId(role.id), by=by)
    for use, channel in ((ChannelUse.MODERATION, moderation), (ChannelUse.WISDOM, wisdom)):
        await networks.choose_channel(use, ChannelId(channel.id), by=by)
    await world.env.settle()
    return Wise(
        world=world,
        moderation=moderation,
        wisdom=wisdom,
        moderator=world.server.add_member(world.env.create_user("moderator"), roles=[role]),
    )


async def test_from_a_form_to_being_found_by_another_word_and_gone_again(wise: Wise) -> None:
    world = wise.world
    thanks = await wise.share(world.amina)
    assert "Your words are kept" in text_of(thanks.response.message)
    await world.env.advance_time(10)
    card = wise.waiting()
    assert r"They \*listened\* first" in text_of(card)
    assert "amina" not in text_of(card)
    await wise.publish()
    assert "Published" in text_of(wise.waiting())
    assert labels_of(wise.waiting()) == []
    assert "Quote 1" in await wise.search(world.bryn, "paperwork listening")
    mine = await world.amina.slash(world.general, "wisdom mine")
    opened = await world.amina.click(mine.response.message, label="Open")
    asked = await world.amina.click(opened.response.message, label="Take it back")
    gone = await world.amina.click(asked.response.message, label="Yes, delete my words")
    assert "Your words are deleted" in text_of(gone.response.message)
    await world.env.advance_time(10)
    assert "Nothing found" in await wise.search(world.bryn, "paperwork listening")
    assert "listened" not in text_of(wise.waiting())
    shown = await world.bryn.slash(world.general, "wisdom show", number=1)
    assert "Its number is not used again" in text_of(shown.response.message)
