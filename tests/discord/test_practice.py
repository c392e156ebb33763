"""Practice as people meet it: written, read by a moderator, found, talked about, and taken back."""

from dataclasses import dataclass
from typing import Any

import discord
import pytest

from bot.ids import ChannelId, RoleId
from bot.network.model import ChannelUse, Duty
from cogs.practice.index import TITLE as INDEX
from tests.discord import by_hand
from tests.discord.conftest import World, labels_of, text_of

TITLE = "Residents lead the first interview"
DID = "We split our *interviews* in two.\n1. Residents hold the first half."


@dataclass
class Practical:
    """A network with a practice forum, whose moderators have a channel."""

    world: World
    moderation: Any
    moderator: Any

    @property
    def forum(self) -> discord.ForumChannel:
        (forum,) = self.world.bot.get_guild(self.world.network_id).forums
        return forum

    async def under(self, *labels: str) -> list[str]:
        """What a menu sends for these kinds and themes."""
        vocabulary = await self.world.parts.themes.vocabulary(self.world.network_id)
        named = {each.label: f"kind:{each.id}" for each in vocabulary.kinds}
        named |= {each.label: f"theme:{each.id}" for each in vocabulary.themes}
        return [named[each] for each in labels]

    async def write(self, who: Any, title: str = TITLE, did: str = DID, **options: Any) -> Any:
        """Write one, and give back what is read again."""
        opened = await who.slash(self.world.general, "practice share", **options)
        filled = {
            "title": title,
            "did": did,
            "under": await self.under("Great example", "Recruitment"),
        }
        return await who.submit_modal(opened, filled)

    async def send(self, who: Any, title: str = TITLE, did: str = DID, **options: Any) -> None:
        written = await self.write(who, title, did, **options)
        await who.click(written.response.message, label="Send it")
        await self.world.env.advance_time(10)

    async def share(self, who: Any, title: str = TITLE, did: str = DID, **options: Any) -> Any:
        """Have one shared, and give back the thread."""
        await self.send(who, title, did, **options)
        await self.moderator.click(self.waiting(), label="Share it")
        await self.world.env.advance_time(10)
        return self.thread(title)

    def waiting(self) -> Any:
        """The latest card in the moderators' channel."""
        return self.moderation.history()[-1]

    def threads(self) -> dict[str, Any]:
        """By their names, as Discord has them."""
        return {each.name: each for each in self.world.server.channels["practice"].threads}

    def thread(self, title: str = TITLE) -> Any:
        return self.threads()[title]

    def card(self, title: str = TITLE) -> Any:
        return self.thread(title).history()[0]

    def tags(self, title: str = TITLE) -> set[str]:
        names = {tag.id: tag.name for tag in self.forum.available_tags}
        return {names[each] for each in self.threads()[title]._channel.applied_tags}

    async def search(self, who: Any, words: str, **filters: Any) -> str:
        found = await who.slash(self.world.general, "practice search", words=words, **filters)
        return text_of(found.response.message)


@pytest.fixture
async def practical(world: World) -> Practical:
    return await build_practical(world)


async def build_practical(world: World) -> Practical:
    role = world.server.create_role(
        "Moderator", permissions=discord.Permissions(manage_messages=True)
    )
    moderation = world.server.create_text_channel("moderation")
    networks, by = world.parts.networks, world.as_manager
    await networks.choose_role(Duty.MODERATOR, RoleId(role.id), by=by)
    await networks.choose_channel(ChannelUse.MODERATION, ChannelId(moderation.id), by=by)
    shown = await world.manager.slash(world.general, "network setup")
    await world.manager.click(shown.response.message, label="Create what is missing")
    await world.env.settle()
    return Practical(
        world=world,
        moderation=moderation,
        moderator=world.server.add_member(world.env.create_user("moderator"), roles=[role]),
    )


async def test_from_a_form_to_a_thread_that_others_find_and_back_to_nothing(
    practical: Practical, no_mistakes: None
) -> None:
    world = practical.world
    written = await practical.write(world.amina)
    assert "Only you have seen this" in text_of(written.response.message)
    assert TITLE not in practical.threads()
    await world.amina.click(written.response.message, label="Send it")
    await world.env.advance_time(10)
    waiting = practical.waiting()
    assert r"We split our \*interviews\* in two" in text_of(waiting)
    assert "amina" not in text_of(waiting)
    assert TITLE not in practical.threads()
    await practical.moderator.click(waiting, label="Share it")
    await world.env.advance_time(10)
    assert practical.tags() == {"Great example", "Recruitment"}
    assert labels_of(practical.card())[-3:] == [
        "I recognise this",
        "We do it differently",
        "Add mine",
    ]
    assert str(world.amina.id) not in text_of(practical.card())
    assert labels_of(practical.waiting()) == []
    assert "Others can find what you shared" in text_of(world.amina.user.dm_channel.history()[-1])
    assert TITLE in await practical.search(world.bryn, "hiring")
    mine = await world.amina.slash(world.general, "practice mine")
    opened = await world.amina.click(mine.response.message, label="Open")
    asked = await world.amina.click(opened.response.message, label="Take it back")
    gone = await world.amina.click(asked.response.message, label="Yes, delete it")
    assert "its words are deleted" in text_of(gone.response.message)
    await world.env.advance_time(10)
    assert "Its author has taken this practice back" in text_of(practical.card())
    assert "Nothing found" in await practical.search(world.bryn, "hiring")


async def test_what_is_like_it_is_shown_before_anybody_sends_it(practical: Practical) -> None:
    await practical.share(practical.world.amina)
    written = await practical.write(practical.world.bryn)
    text = text_of(written.response.message)
    assert "1 practice like this is already here" in text
    assert f"[{TITLE}](https://discord.com/channels/" in text


async def test_people_answer_and_only_counts_are_seen(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina)
    for who in (world.bryn, world.chidi):
        pressed = await who.click(practical.card(), label="I recognise this")
        assert "never who" in pressed.response.content
    await world.chidi.click(practical.card(), label="We do it differently")
    await world.env.advance_time(10)
    text = text_of(practical.card())
    assert "1 person recognised this, 1 person said they do it differently" in text
    await world.bryn.click(practical.card(), label="I recognise this")
    await world.env.advance_time(10)
    assert "recognised" not in text_of(practical.card())
    form = await world.bryn.click(practical.card(), label="Add mine")
    assert form.modal is not None


async def test_not_now_comes_with_a_kind_word(practical: Practical) -> None:
    world = practical.world
    await practical.send(world.amina)
    form = await practical.moderator.click(practical.waiting(), label="Not now")
    await practical.moderator.submit_modal(form, {"note": "Lovely.\nHow long did it take?"})
    await world.env.advance_time(10)
    told = text_of(world.amina.user.dm_channel.history()[-1])
    assert "> Lovely.\n> How long did it take?" in told
    mine = await world.amina.slash(world.general, "practice mine")
    opened = await world.amina.click(mine.response.message, label="Open")
    assert "How long did it take?" in text_of(opened.response.message)
    form = await world.amina.click(opened.response.message, label="Change it")
    under = await practical.under("Challenge")
    changed = await world.amina.submit_modal(
        form, {"title": TITLE, "did": "It took a year.", "under": under}
    )
    await world.amina.click(changed.response.message, label="Send it")
    await world.env.advance_time(10)
    assert "It took a year" in text_of(practical.waiting())


async def test_of_two_moderators_the_second_hears_who_was_first(practical: Practical) -> None:
    world = practical.world
    await practical.send(world.amina)
    queue = await practical.moderator.slash(world.general, "review")
    looked = await practical.moderator.click(queue.response.message, label="I'm looking at this")
    assert f"<@{practical.moderator.id}> is looking at it" in text_of(looked.response.message)
    await world.manager.click(practical.waiting(), label="Share it")
    late = await practical.moderator.click(queue.response.message, label="Share it")
    assert late.response.content == (
        f"This practice has already been dealt with by <@{world.manager.id}>: it is shared."
    )


async def test_a_file_is_handed_over_to_whoever_asks(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina, file=("crib sheet.txt", b"words"))
    got = await world.bryn.click(practical.card(), label="Get the file")
    (attachment,) = got.response.attachments
    assert await attachment.read() == b"words"
    assert got.ephemeral


@pytest.mark.simcord(check_errors=False)
async def test_what_cannot_be_used_is_refused_before_or_after_the_form(
    practical: Practical,
) -> None:
    world, amina = practical.world, practical.world.amina
    refused = await amina.slash(world.general, "practice share", link="nonsense")
    assert "A link must begin with" in refused.response.content
    picture = ("holiday.jpg", b"x")
    refused = await amina.slash(world.general, "practice share", file=picture)
    assert "I can keep documents only" in refused.response.content
    opened = await amina.slash(world.general, "practice share")
    two = await practical.under("Challenge", "Great example")
    refused = await amina.submit_modal(opened, {"title": TITLE, "did": DID, "under": two})
    assert refused.response.content.startswith("Please choose one kind")
    assert DID in refused.response.content


@pytest.mark.simcord(check_errors=False)
async def test_ones_own_message_becomes_a_practice_and_nobody_elses(practical: Practical) -> None:
    world = practical.world
    message = await world.amina.send(world.general, "We bake bread on Fridays.")
    refused = await world.bryn.context_menu(world.general, "Share as practice", message)
    assert refused.response.content.startswith("Only whoever wrote that can share it")
    opened = await world.amina.context_menu(world.general, "Share as practice", message)
    under = await practical.under("Great example")
    written = await world.amina.submit_modal(
        opened, {"title": "Bread", "did": "We bake bread on Fridays.", "under": under}
    )
    assert "We bake bread" in text_of(written.response.message)


async def test_a_name_is_shown_only_when_its_author_asks_for_it(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina)
    mine = await world.amina.slash(world.general, "practice mine")
    opened = await world.amina.click(mine.response.message, label="Open")
    await world.amina.click(opened.response.message, label="Show my name with it")
    await world.env.advance_time(10)
    assert f"Shared by <@{world.amina.id}>" in text_of(practical.card())


async def test_the_index_is_pinned_and_says_what_there_is(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina)
    index = practical.threads()[INDEX]
    assert index._channel.flags & 2
    assert f"[{TITLE}](" in text_of(practical.card(INDEX))
    assert "- Recruitment: 1" in text_of(practical.card(INDEX))
    by_hand.delete_channel(world, index.id)
    await world.env.advance_time(10)
    assert f"[{TITLE}](" in text_of(practical.card(INDEX))


async def test_a_thread_that_is_put_away_comes_back_into_sight(practical: Practical) -> None:
    world = practical.world
    thread = await practical.share(world.amina)
    world.env.backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
    await world.env.advance_time(10)
    assert not practical.threads()[TITLE]._channel.thread_metadata.archived
    assert not practical.threads()[TITLE]._channel.thread_metadata.locked


async def test_what_is_changed_by_hand_in_the_forum_is_followed(practical: Practical) -> None:
    world = practical.world
    thread = await practical.share(world.amina)
    tag = next(each for each in practical.forum.available_tags if each.name == "Challenge")
    world.env.backend.edit_channel(thread.id, {"name": "Tenants first", "applied_tags": [tag.id]})
    await world.env.advance_time(10)
    found = await practical.search(world.bryn, "tenants first", kind="Challenge")
    assert "Tenants first" in found
    assert practical.tags("Tenants first") == {"Challenge"}


async def test_a_thread_that_is_deleted_stays_so_until_it_is_wanted_back(
    practical: Practical,
) -> None:
    world = practical.world
    thread = await practical.share(world.amina)
    by_hand.delete_channel(world, thread.id)
    await world.env.advance_time(4000)
    assert TITLE not in practical.threads()
    assert "Residents lead" in await practical.search(world.bryn, "interview")
    checked = await world.manager.slash(world.general, "network check")
    assert "1 practice has no thread any more" in checked.response.content
    shown = await world.manager.slash(world.general, "network setup")
    await world.manager.click(shown.response.message, label="Create what is missing")
    await world.env.advance_time(10)
    assert "What we did" in text_of(practical.card())
    checked = await world.manager.slash(world.general, "network check")
    assert "thread" not in checked.response.content


async def test_a_forum_that_was_deleted_comes_back_with_all_that_it_held(
    practical: Practical,
) -> None:
    world = practical.world
    await practical.share(world.amina)
    before = practical.forum.id
    by_hand.delete_channel(world, before)
    await world.env.advance_time(10)
    checked = await world.manager.slash(world.general, "network check")
    assert "1 practice has no thread any more" in checked.response.content
    shown = await world.manager.slash(world.general, "network setup")
    await world.manager.click(shown.response.message, label="Create what is missing")
    await world.env.advance_time(20)
    assert practical.forum.id != before
    assert practical.tags() == {"Great example", "Recruitment"}
    assert f"[{TITLE}](" in text_of(practical.card(INDEX))


async def test_tags_that_were_deleted_or_renamed_come_back_to_their_posts(
    practical: Practical,
) -> None:
    world = practical.world
    await practical.share(world.amina)
    tags = [dict(each) for each in world.env.backend.channels[practical.forum.id].available_tags]
    (recruitment,) = [each for each in tags if each["name"] == "Recruitment"]
    tags.remove(recruitment)
    tags[0]["name"] = "Nice example"
    world.env.backend.edit_channel(practical.forum.id, {"available_tags": tags})
    thread = practical.threads()[TITLE]
    left = [each for each in thread._channel.applied_tags if each != int(recruitment["id"])]
    world.env.backend.edit_channel(thread.id, {"applied_tags": left})
    await world.env.advance_time(20)
    shown = await world.manager.slash(world.general, "network setup")
    await world.manager.click(shown.response.message, label="Create what is missing")
    await world.env.advance_time(4000)
    assert practical.tags() == {"Great example", "Recruitment"}


async def test_results_have_pages_and_say_what_was_tried(practical: Practical) -> None:
    world = practical.world
    for number in range(6):
        await practical.share(world.amina, f"Commissioning number {number}", f"Way {number}.")
    found = await world.bryn.slash(world.general, "practice search", words="comissioning")
    assert "Page 1 of 2" in text_of(found.response.message)
    later = await world.bryn.click(found.response.message, label="Later")
    assert "Page 2 of 2" in text_of(later.response.message)
    nothing = await practical.search(world.bryn, "zzzz", featured=True)
    assert "Nothing found" in nothing
    shown = await world.bryn.slash(world.general, "practice show", practice="number 3")
    assert "Commissioning number 3" in text_of(shown.response.message)
    themes = await world.bryn.slash(world.general, "practice themes")
    assert "Recruitment: 6 practices" in text_of(themes.response.message)


async def test_quotes_and_practices_wait_in_one_queue_and_moderators_are_nudged(
    practical: Practical, no_mistakes: None
) -> None:
    world = practical.world
    nothing = await practical.moderator.slash(world.general, "review")
    assert nothing.response.content.startswith("Nothing waits for a moderator")
    await practical.send(world.amina)
    opened = await world.bryn.slash(world.general, "wisdom share")
    asked = await world.bryn.submit_modal(opened, {"words": "They listened first."})
    form = await world.bryn.click(asked.response.message, label="Choose how they may be used")
    agrees = {"uses": ["discord"], "credit": "anonymous", "lasting": "open"}
    await world.bryn.submit_modal(form, agrees)
    for number in range(2):
        await practical.send(world.chidi, f"Number {number}")
    queue = await practical.moderator.slash(world.general, "review")
    first, second, third = queue.response.message, queue.followups[0], queue.followups[1]
    assert TITLE in text_of(first)
    assert "They listened first" in text_of(second)
    assert "Number 0" in text_of(third)
    assert "the oldest 3 of 4 that wait" in queue.followups[2].content
    await world.env.advance_time(3 * 24 * 3600 + 3700)
    nudges = [each for each in practical.moderation.history() if "is waiting" in text_of(each)]
    assert len(nudges) == 1
    await world.env.advance_time(4 * 3600)  # sweeps that find that they have said so already
    assert "4 quotes and practices wait" in text_of(nudges[0])
