"""What moderators see of themes, and the practice forum's tags."""

from dataclasses import dataclass
from typing import Any

import discord
import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash
from bot.ids import RoleId
from bot.network.model import ChannelUse, Duty
from bot.themes.model import FORUM_TAGS, MOST_WORDS
from bot.ui.parts import Card, row_of
from tests.discord import by_hand
from tests.discord.conftest import World, text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)
TAGS = "/channels/*"


@dataclass
class Themed:
    world: World
    moderator: Any
    second: Any

    async def theme(self, command: str, who: Any = None, **options: Any) -> Any:
        result = await (who or self.moderator).slash(
            self.world.general, f"theme {command}", **options
        )
        await self.world.env.advance_time(10)
        return result

    async def say(self, command: str, who: Any = None, **options: Any) -> str:
        return (await self.theme(command, who, **options)).response.content

    async def vocabulary(self) -> Any:
        return await self.world.parts.themes.vocabulary(self.world.network_id)

    async def make_forum(self) -> discord.ForumChannel:
        shown = await self.world.manager.slash(self.world.general, "network setup")
        await self.world.manager.click(shown.response.message, label="Create what is missing")
        return await self.forum()

    async def forum(self) -> discord.ForumChannel:
        network = await self.world.parts.networks.get(self.world.network_id)
        forum = self.world.bot.get_channel(network.channels[ChannelUse.PRACTICE])
        assert isinstance(forum, discord.ForumChannel)
        return forum

    async def tags(self) -> list[str]:
        return [tag.name for tag in (await self.forum()).available_tags]

    async def id_of(self, name: str) -> int:
        return next(t.id for t in (await self.forum()).available_tags if t.name == name)

    async def merge(self, theme: str, into: str, who: Any = None) -> Any:
        asked = await self.theme("merge", who, theme=theme, into=into)
        done = await (who or self.moderator).click(asked.response.message, label="Merge them")
        await self.world.env.advance_time(10)
        return done

    async def set_tags_by_hand(self, tags: list[discord.ForumTag]) -> None:
        forum = await self.forum()
        with self.world.env.time_context():
            await forum.edit(available_tags=tags)
        await self.world.env.settle()

    async def check(self) -> str:
        checked = await self.world.manager.slash(self.world.general, "network check")
        return checked.response.content


@pytest.fixture
async def themed(world) -> Themed:
    role = world.server.create_role(
        "Moderator", permissions=discord.Permissions(manage_messages=True)
    )
    await world.env.settle()
    await world.parts.networks.choose_role(Duty.MODERATOR, RoleId(role.id), by=world.as_manager)
    moderator = world.server.add_member(world.env.create_user("mo"), roles=[role])
    second = world.server.add_member(world.env.create_user("mara"), roles=[role])
    await world.env.settle()
    return Themed(world, moderator, second)


# Commands


async def test_a_theme_is_added_and_stands_at_the_end_of_the_list(themed):
    said = await themed.say("add", name="Housing")

    assert said == "“Housing” is a theme now. Give it more words with /theme synonyms."
    listed = (await themed.theme("list")).response.message
    assert "Page 1 of 4" in text_of(listed)
    assert "**Recruitment** (theme, forum tag)" in text_of(listed)
    for _ in range(3):
        turned = await themed.moderator.click(listed, label="Later")
        listed = turned.response.message
    assert "Page 4 of 4" in text_of(listed)
    assert "(words for searching)" in text_of(listed)


async def test_a_group_of_words_can_be_added(themed):
    said = await themed.say("add", name="Phone credit", use="words")

    assert said.startswith("“Phone credit” is a group of words for searching now.")


async def test_answers_are_for_the_moderator_alone(themed):
    for command, options in (
        ("add", {"name": "Housing"}),
        ("rename", {"theme": "Housing", "to": "Homes"}),
        ("merge", {"theme": "Homes", "into": "Delivery"}),
        ("list", {}),
    ):
        assert (await themed.theme(command, **options)).ephemeral, command


@SAYS_NO
async def test_names_are_shown_just_as_they_were_typed(themed):
    said = await themed.say("add", name="<@123>")

    assert said == (
        "A name may have letters, numbers, spaces and & / - ' , . ( ) + in it. "
        "Please leave out “<”."
    )
    assert (await themed.say("add", name="1. Housing")).startswith(r"“1\. Housing” is")


async def test_renaming_says_what_changed(themed):
    assert await themed.say("rename", theme="Tokenism", to="For show") == (
        "“Tokenism” is called “For show” now. A search for the old name goes on finding it."
    )
    assert await themed.say("rename", theme="For show", to="For show") == (
        "“For show” was like that already, so nothing has changed."
    )
    assert await themed.say("rename", theme="For show", tag=False) == (
        "“For show” is not a forum tag any more. It stays a theme, and what is tagged with it goes "
        "on being found."
    )
    assert await themed.say("rename", theme="trust", tag=True) == (
        "“Trust & relations” is a forum tag now."
    )
    assert await themed.say("rename", theme="Challenge", to="Hard things") == (
        "“Challenge” is called “Hard things” now."
    )


async def test_a_merge_is_read_back_before_it_is_done(themed):
    asked = await themed.theme("merge", theme="Tokenism", into="Trust & relations")

    text = text_of(asked.response.message)
    assert "## Merge “Tokenism” into “Trust & relations”?" in text
    assert "Nothing is lost, and it goes on being found." in text
    assert "15 words will lead to “Trust & relations”, with the name “Tokenism” among them." in text
    assert "There are 26 words, and a search uses 15 of them, so fewer may find more." in text
    assert "This can't be undone." in text
    assert len((await themed.vocabulary()).themes) == 25

    done = await themed.moderator.click(asked.response.message, label="Merge them")

    assert "“Tokenism” is part of “Trust & relations” now." in text_of(done.response.message)
    assert len((await themed.vocabulary()).themes) == 24


async def test_a_merge_can_be_left(themed):
    asked = await themed.theme("merge", theme="Tokenism", into="Trust & relations")

    left = await themed.moderator.click(asked.response.message, label="Leave them as they are")

    assert "Nothing has changed." in text_of(left.response.message)
    assert len((await themed.vocabulary()).themes) == 25


@SAYS_NO
async def test_of_two_moderators_who_merge_one_wins_and_the_other_is_told(themed):
    mine = await themed.theme("merge", theme="Tokenism", into="Trust & relations")
    theirs = await themed.theme("merge", themed.second, theme="Tokenism", into="Power & equality")
    await themed.moderator.click(mine.response.message, label="Merge them")

    told = await themed.second.click(theirs.response.message, label="Merge them")

    assert told.response.content == (
        "“Tokenism” is part of “Trust & relations” already, so nothing has changed now."
    )


@SAYS_NO
async def test_a_merge_asked_about_before_a_rename_is_not_done(themed):
    asked = await themed.theme("merge", theme="Tokenism", into="Trust & relations")
    await themed.theme("rename", themed.second, theme="Tokenism", to="For show")

    told = await themed.moderator.click(asked.response.message, label="Merge them")

    assert told.response.content.startswith("Somebody has changed the themes since I asked")
    assert len((await themed.vocabulary()).themes) == 25


async def test_the_buttons_work_after_a_restart(themed, db):
    asked = await themed.theme("merge", theme="Tokenism", into="Trust & relations")
    await crash(themed.world.env, CoproductionBot(services(db, themed.world.parts.clock)))

    done = await themed.moderator.click(asked.response.message, label="Merge them")

    assert "“Tokenism” is part of “Trust & relations” now." in text_of(done.response.message)


async def test_words_are_changed_in_a_form_that_shows_them(themed):
    form = await themed.theme("synonyms", theme="Tokenism")
    (typed,) = [
        part["component"]["value"] for part in form.modal["components"] if "component" in part
    ]
    assert "lip service" in typed.split("\n")

    changed = await themed.moderator.submit_modal(
        form, {"words": typed.replace("lip service", "just for show")}
    )

    assert changed.response.content == (
        "The words of “Tokenism” have changed.\nAdded: just for show.\nTaken out: lip service.\n"
        "There are 14 words, and a search uses them all."
    )


async def test_two_moderators_at_the_words_of_one_theme_undo_nothing_of_each_other(themed):
    mine = await themed.theme("synonyms", theme="Tokenism")
    theirs = await themed.theme("synonyms", themed.second, theme="Tokenism")
    (typed,) = [
        part["component"]["value"] for part in mine.modal["components"] if "component" in part
    ]
    await themed.moderator.submit_modal(mine, {"words": f"{typed}\njust for show"})
    await themed.second.submit_modal(theirs, {"words": f"{typed}\nfor the photo"})

    vocabulary = await themed.vocabulary()
    assert {"just for show", "for the photo"} <= set(
        vocabulary.ring_of(vocabulary.pick("Tokenism")).words
    )


@SAYS_NO
async def test_refused_words_are_given_back(themed):
    form = await themed.theme("synonyms", theme="Tokenism")

    refused = await themed.moderator.submit_modal(form, {"words": "just for show\ntender"})

    assert "“tender” is among the words of “Commissioning” already." in refused.response.content
    assert "just for show\ntender" in refused.response.content


@SAYS_NO
async def test_more_than_sixty_words_are_refused_and_the_limits_said(themed):
    form = await themed.theme("synonyms", theme="Tokenism")

    refused = await themed.moderator.submit_modal(
        form, {"words": "\n".join(f"word{n}" for n in range(MOST_WORDS + 1))}
    )

    assert refused.response.content.startswith(
        "That would be 61 words, and there may be up to 60 together. A search uses 15 of them"
    )


async def test_the_list_shows_who_changed_what_behind_a_button(themed):
    for number in range(9):
        await themed.theme("add", name=f"Theme {number}")
    await themed.theme("rename", themed.second, theme="Tokenism", to="For show")
    listed = await themed.theme("list")

    history = await themed.moderator.click(listed.response.message, label="What has changed")

    text = text_of(history.response.message)
    assert f"<@{themed.second.id}> renamed “Tokenism” to “For show”." in text
    assert f"<@{themed.moderator.id}> added the theme “Theme 8”." in text
    assert "(Monday 23 November 2026, 9:0" in text
    assert "Theme 1”" not in text
    earlier = await themed.moderator.click(history.response.message, label="Earlier changes")
    assert "added the theme “Theme 1”" in text_of(earlier.response.message)
    later = await themed.moderator.click(earlier.response.message, label="Later changes")
    assert "Theme 8”" in text_of(later.response.message)
    back = await themed.moderator.click(later.response.message, label="Back to the themes")
    assert "## Themes" in text_of(back.response.message)


async def test_everyday_words_are_behind_a_button_a_page_at_a_time(themed):
    listed = (await themed.theme("list")).response.message
    assert "**Prison**" not in text_of(listed)

    opened = await themed.moderator.click(listed, label="Everyday words")

    first = text_of(opened.response.message)
    assert "## Everyday words" in first
    everyday = (await themed.vocabulary()).everyday
    pages = -(-len(everyday) // 10)
    assert f"Page 1 of {pages}" in first
    assert f"**{everyday[0].label}**: {', '.join(everyday[0].words)}" in first
    later = await themed.moderator.click(opened.response.message, label="Later")
    assert f"Page 2 of {pages}" in text_of(later.response.message)
    assert f"**{everyday[10].label}**: " in text_of(later.response.message)
    earlier = await themed.moderator.click(later.response.message, label="Earlier")
    assert text_of(earlier.response.message) == first
    back = await themed.moderator.click(earlier.response.message, label="Back to the themes")
    assert "## Themes" in text_of(back.response.message)


async def test_everyday_words_that_were_changed_are_listed_with_the_themes(themed):
    form = await themed.theme("synonyms", theme="Prison")
    (typed,) = [
        part["component"]["value"] for part in form.modal["components"] if "component" in part
    ]

    await themed.moderator.submit_modal(form, {"words": f"{typed}\nthe nick"})

    listed = (await themed.theme("list")).response.message
    for _ in range(3):
        listed = (await themed.moderator.click(listed, label="Later")).response.message
    assert "**Prison** (words for searching)" in text_of(listed)


async def test_things_are_offered_by_name_while_typing(themed):
    async def offered(command, option, typed, who=None):
        choices = await (who or themed.moderator).autocomplete(
            themed.world.general, f"theme {command}", option, typed
        )
        return [each["name"] for each in choices]

    assert await offered("rename", "theme", "templ") == [
        "Templates & tools · theme, forum tag",
        "Template / tool · kind, forum tag",
    ]
    assert await offered("merge", "into", "templ") == ["Templates & tools · theme, forum tag"]
    assert await offered("synonyms", "theme", "staff") == ["Staff · words for searching"]
    assert len(await offered("rename", "theme", "")) == 25
    themed.world.server.set_command_permissions(
        command_id(themed.world), {themed.world.amina: True}
    )
    assert await offered("rename", "theme", "", themed.world.amina) == []


def command_id(world):
    commands = world.env.backend.commands[None].values()
    return next(int(command["id"]) for command in commands if command["name"] == "theme")


@SAYS_NO
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("add", {"name": "X"}),
        ("rename", {"theme": "Trust", "to": "X"}),
        ("merge", {"theme": "Trust", "into": "Tokenism"}),
        ("synonyms", {"theme": "Trust"}),
        ("list", {}),
    ],
)
async def test_only_moderators_may_even_if_the_command_is_shown_to_others(themed, command, options):
    world = themed.world
    world.server.set_command_permissions(
        command_id(world), {world.amina: True, world.organiser: True}
    )
    for person in (world.amina, world.organiser):
        said = await themed.say(command, person, **options)
        assert said.startswith("Only moderators can "), said
        assert said.endswith("ask somebody who runs this server for the moderators' role.")


@SAYS_NO
async def test_the_buttons_are_of_no_use_to_members(themed):
    from cogs.themes.card import PARTS

    world = themed.world
    card = Card()
    card.add_item(row_of(*(part(1) for part in PARTS[:5])))
    card.add_item(row_of(*(part(1) for part in PARTS[5:10])))
    with world.env.time_context():
        await world.bot.get_channel(world.general.id).send(view=card)
    for part in PARTS[:10]:
        pressed = await world.amina.click(
            world.general.history()[-1], custom_id=part.form.format(id=1)
        )
        assert pressed.response.content.startswith("Only moderators can "), part


# The forum's tags


async def test_a_renamed_theme_keeps_its_tag_and_a_renamed_kind_too(themed):
    await themed.make_forum()
    tag, kind = await themed.id_of("Tokenism"), await themed.id_of("Challenge")

    said = await themed.say("rename", theme="Tokenism", to="For show")
    await themed.theme("rename", theme="Challenge", to="Hard things")

    assert said.endswith("The forum's tags follow in a moment.")
    assert await themed.id_of("For show") == tag
    assert await themed.id_of("Hard things") == kind
    assert len(await themed.tags()) == FORUM_TAGS


async def test_tags_keep_their_emoji_and_who_may_use_them(themed):
    await themed.make_forum()
    tags = list((await themed.forum()).available_tags)
    tags[0].emoji, tags[0].moderated = discord.PartialEmoji(name="🌟"), True
    await themed.set_tags_by_hand(tags)

    await themed.theme("rename", theme="Tokenism", to="For show")

    (first, *_) = (await themed.forum()).available_tags
    assert (str(first.emoji), first.moderated) == ("🌟", True)


async def test_a_theme_that_is_no_tag_any_more_makes_room_for_another(themed):
    await themed.make_forum()
    await themed.theme("rename", theme="Tokenism", tag=False)
    assert "Tokenism" not in await themed.tags()
    assert len(await themed.tags()) == FORUM_TAGS - 1

    await themed.theme("add", name="Housing", use="tag")

    assert (await themed.tags())[-1] == "Housing"
    assert sorted(await themed.tags()) == sorted((await themed.vocabulary()).forum_labels())


async def test_the_tag_of_a_merged_theme_becomes_the_tag_of_the_other(themed):
    await themed.make_forum()
    tag = await themed.id_of("Tokenism")

    asked = await themed.theme("merge", theme="Tokenism", into="Trust & relations")
    assert "The forum's tag “Tokenism” is renamed “Trust & relations”. Posts keep it." in (
        text_of(asked.response.message)
    )
    await themed.merge("Tokenism", "Trust & relations")

    assert await themed.id_of("Trust & relations") == tag
    assert "Tokenism" not in await themed.tags()


async def test_posts_with_the_tag_of_a_merged_theme_get_the_tag_of_the_other(themed):
    world = themed.world
    forum = await themed.make_forum()
    gone, heir = await themed.id_of("Tokenism"), await themed.id_of("Power & equality")
    other = await themed.id_of("Challenge")
    posts = []
    for name, ids in (("both", {gone, heir}), ("one", {other, gone}), ("archived", {gone})):
        with world.env.time_context():
            post = await forum.create_thread(
                name=name,
                content="Words",
                applied_tags=[t for t in forum.available_tags if t.id in ids],
            )
            posts.append(post.thread)
    with world.env.time_context():
        await posts[2].edit(archived=True)
    await world.env.settle()

    asked = await themed.theme("merge", theme="Tokenism", into="Power & equality")
    assert "which leaves room for another. Posts of mine that have it get “Power & equality”" in (
        text_of(asked.response.message)
    )
    await themed.merge("Tokenism", "Power & equality")

    backend = world.env.backend
    applied = [set(backend.get_channel(post.id).applied_tags) for post in posts]
    assert applied == [{heir}, {other, heir}, {heir}]
    assert backend.get_channel(posts[2].id).thread_metadata.archived
    assert "Tokenism" not in await themed.tags()


async def test_a_forum_nobody_asked_us_to_fill_is_left_alone(themed):
    world = themed.world
    forum = world.server.create_forum_channel("what-works")
    await world.env.settle()
    await world.choose("network:choose-channel:practice", forum)

    await themed.theme("rename", theme="Tokenism", to="For show")

    assert await themed.tags() == []


async def test_what_was_renamed_while_discord_was_down_follows_later(themed):
    await themed.make_forum()
    forum = await themed.forum()
    themed.world.env.inject_error("PATCH", f"/channels/{forum.id}", status=503, times=3)

    await themed.theme("rename", theme="Tokenism", to="For show")
    assert "For show" not in await themed.tags()
    await themed.world.env.advance_time(60)

    assert "For show" in await themed.tags()


async def test_what_was_renamed_just_before_a_crash_follows_after_it(themed, db):
    await themed.make_forum()
    forum, tag = await themed.forum(), await themed.id_of("Tokenism")
    themed.world.env.inject_error("PATCH", f"/channels/{forum.id}", status=503, times=1)
    await themed.moderator.slash(
        themed.world.general, "theme rename", theme="Tokenism", to="For show"
    )
    await crash(themed.world.env, CoproductionBot(services(db, themed.world.parts.clock)))
    await themed.world.env.advance_time(3700)

    assert await themed.id_of("For show") == tag


async def test_a_new_tag_whose_making_was_not_heard_of_is_found_and_not_doubled(themed, db):
    await themed.make_forum()
    await themed.theme("rename", theme="Tokenism", tag=False)
    tags = list((await themed.forum()).available_tags)
    await themed.theme("rename", theme="Trust & relations", tag=True)
    made = await themed.id_of("Trust & relations")
    async with db.write() as tx:
        await tx.run("DELETE FROM forum_tag WHERE tag_id = :id", {"id": made})

    await themed.theme("rename", theme="Leadership", to="Leading")

    assert await themed.id_of("Trust & relations") == made
    assert len(await themed.tags()) == len(tags) + 1


async def test_without_the_permission_it_is_said_and_mended_once_it_is_given(themed):
    await themed.make_forum()
    by_hand.forbid(themed.world, "manage_channels")
    await themed.world.env.settle()

    await themed.theme("rename", theme="Tokenism", to="For show")
    said = await themed.say("rename", theme="Leadership", to="Leading")

    assert said.endswith("I can't change the forum's tags just now: /network check says why.")
    assert "I need **Manage Channels** in the practice forum" in await themed.check()
    by_hand.allow(themed.world, "manage_channels")
    await themed.world.env.advance_time(10)
    assert {"For show", "Leading"} <= set(await themed.tags())
    assert "I need **Manage Channels** in the practice forum" not in await themed.check()


async def test_the_one_press_says_what_it_needs_for_the_tags(themed):
    forum = await themed.make_forum()
    await themed.set_tags_by_hand(list(forum.available_tags)[:-1])
    by_hand.forbid(themed.world, "manage_channels")
    await themed.world.env.settle()
    shown = await themed.world.manager.slash(themed.world.general, "network setup")

    pressed = await themed.world.manager.click(
        shown.response.message, label="Create what is missing"
    )

    assert "I couldn't make the forum's tags: I need **Manage Channels**." in (
        pressed.followups[-1].content
    )


async def test_tags_of_the_forums_own_are_left_and_what_does_not_fit_is_said(themed):
    await themed.make_forum()
    await themed.theme("rename", theme="Tokenism", tag=False)
    tags = list((await themed.forum()).available_tags)
    await themed.set_tags_by_hand([*tags, discord.ForumTag(name="Our own")])

    await themed.theme("rename", theme="Trust & relations", tag=True)

    assert "Trust & relations" not in await themed.tags()
    assert "Our own" in await themed.tags()
    assert "The practice forum has tags of its own, so not all of mine fit" in await themed.check()
    tags = [t for t in (await themed.forum()).available_tags if t.name != "Our own"]
    await themed.set_tags_by_hand(tags)
    await themed.world.env.advance_time(10)
    assert "Trust & relations" in await themed.tags()
    assert "The practice forum has tags of its own" not in await themed.check()


async def test_a_tag_of_the_forums_own_with_a_name_we_want_is_not_doubled(themed):
    await themed.make_forum()
    await themed.theme("rename", theme="Tokenism", tag=False)
    tags = list((await themed.forum()).available_tags)
    await themed.set_tags_by_hand([*tags, discord.ForumTag(name="for SHOW")])

    await themed.theme("rename", theme="Leadership", to="For show")

    tags = await themed.tags()
    assert "for SHOW" in tags
    assert "Leadership" in tags
    assert "For show" not in tags
    assert "no two with one name" in await themed.check()


async def test_tags_deleted_or_renamed_by_hand_are_put_back_in_one_press(themed):
    await themed.make_forum()
    tags = list((await themed.forum()).available_tags)
    tags[3].name = "Mangled"
    kept = {tag.id for tag in tags[:-2]}
    await themed.set_tags_by_hand(tags[:-2])
    assert "lacks 3 tags." in await themed.check()

    await themed.make_forum()

    assert sorted(await themed.tags()) == sorted((await themed.vocabulary()).forum_labels())
    assert kept < {tag.id for tag in (await themed.forum()).available_tags}


async def test_another_forum_gets_its_tags_when_it_is_asked_for(themed):
    await themed.make_forum()
    by_hand.delete_channel(themed.world, (await themed.forum()).id)
    await themed.world.env.settle()
    await themed.theme("rename", theme="Tokenism", to="For show")

    forum = await themed.make_forum()

    assert "For show" in [tag.name for tag in forum.available_tags]
    assert len(forum.available_tags) == FORUM_TAGS
