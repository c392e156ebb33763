"""From the tags a forum has to those it ought to have, by the rules alone."""

import pytest

from bot.ids import ChannelId, TagId
from bot.themes.model import FORUM_TAGS, value_of
from bot.themes.model.forum import Tag, plan
from tests.conftest import HOME, MODERATOR
from tests.test_themes import merge

FORUM = ChannelId(77)


async def vocabulary_of(parts):
    return await parts.themes.vocabulary(HOME)


@pytest.fixture
async def filled(parts):
    """A forum with every tag as it ought to be, and what is remembered of it."""
    first = plan(await vocabulary_of(parts), [], {})
    assert first.kept == ()
    tags = carried_out(first)
    return tags, remembered(first, tags)


def carried_out(made):
    """As Discord would: what is new gets an id."""
    return [*made.kept, *(Tag(TagId(1000 + hash(n) % 10**6), n) for n in made.new.values())]


def remembered(made, tags):
    return dict(made.stand_for({tag.name.casefold(): tag.id for tag in tags}))


def id_of(tags, name):
    (found,) = [tag.id for tag in tags if tag.name == name]
    return found


async def test_an_empty_forum_gets_every_tag_and_then_nothing_more(parts, filled):
    tags, known = filled

    again = plan(await vocabulary_of(parts), tags, known)

    assert len(tags) == len(known) == FORUM_TAGS
    assert again.is_done(tags)
    assert again.stands_for == known


async def test_two_themes_that_swap_names_swap_no_posts(parts, filled):
    tags, known = filled
    await parts.themes.rename("Tokenism", to="Alpha", by=MODERATOR)
    await parts.themes.change_words("Alpha", remove="Tokenism", by=MODERATOR)
    await parts.themes.rename("Leadership", to="Tokenism", by=MODERATOR)
    await parts.themes.change_words("Tokenism", remove="Leadership", by=MODERATOR)
    await parts.themes.rename("Alpha", to="Leadership", by=MODERATOR)

    after = carried_out(plan(await vocabulary_of(parts), tags, known))

    assert id_of(after, "Leadership") == id_of(tags, "Tokenism")
    assert id_of(after, "Tokenism") == id_of(tags, "Leadership")


async def test_what_was_done_but_not_remembered_is_known_again_by_its_name(parts, filled):
    """A crash between Discord's answer and our note of it."""
    tags, known = filled
    await merge(parts, "Tokenism", "Trust & relations")
    done = carried_out(plan(await vocabulary_of(parts), tags, known))

    for note in (known, {}):
        again = plan(await vocabulary_of(parts), done, note)
        assert again.is_done(done)
        assert again.moved == {}
        trust = (await vocabulary_of(parts)).pick("Trust & relations")
        assert again.stands_for[value_of(trust)] == id_of(tags, "Tokenism")


async def test_only_tags_of_merged_themes_hand_their_posts_on(parts, filled):
    tags, known = filled
    await merge(parts, "Tokenism", "Power & equality")
    await parts.themes.rename("Leadership", as_tag=False, by=MODERATOR)

    made = plan(await vocabulary_of(parts), tags, known)

    assert made.moved == {id_of(tags, "Tokenism"): id_of(tags, "Power & equality")}
    assert {tag.id for tag in tags} - {tag.id for tag in made.kept} == {
        id_of(tags, "Tokenism"),
        id_of(tags, "Leadership"),
    }


async def test_a_theme_keeps_its_tag_when_others_are_merged_into_it_one_after_another(
    parts, filled
):
    tags, known = filled
    for source, into in (
        ("Trust & relations", "Tokenism"),
        ("Tokenism", "Power & equality"),
        ("Power & equality", "Wellbeing & trauma"),
    ):
        await merge(parts, source, into)

    made = plan(await vocabulary_of(parts), tags, known)

    after = carried_out(made)
    kept = id_of(after, "Wellbeing & trauma")
    assert kept in {id_of(tags, "Tokenism"), id_of(tags, "Power & equality")}
    assert set(made.moved.values()) <= {kept}
    assert len(after) == FORUM_TAGS - 1


async def test_a_name_the_forum_has_itself_keeps_ours_as_it_was(parts, filled):
    tags, known = filled
    await parts.themes.rename("Tokenism", as_tag=False, by=MODERATOR)
    tags = [tag for tag in tags if tag.name != "Tokenism"] + [Tag(TagId(5), "leading")]
    await parts.themes.rename("Leadership", to="Leading", by=MODERATOR)
    await parts.themes.change_words("Leading", remove="Leadership", by=MODERATOR)
    await parts.themes.rename("Culture & embedding", to="Leadership", by=MODERATOR)

    made = plan(await vocabulary_of(parts), tags, known)

    names = [tag.name for tag in made.kept]
    assert len({name.casefold() for name in names}) == len(names)
    assert set(made.left_out) == {"Leading", "Leadership"}
    assert id_of(made.kept, "Leadership") == id_of(tags, "Leadership")
    assert id_of(made.kept, "leading") == 5


async def test_nothing_new_is_put_there_unless_all_of_it_fits(parts):
    own = [Tag(TagId(n), f"ours {n}") for n in range(15)]

    made = plan(await vocabulary_of(parts), own, {})

    assert made.kept == tuple(own)
    assert made.new == {}
    assert len(made.left_out) == FORUM_TAGS


async def test_what_is_known_of_a_forum_is_kept_for_each_forum(parts, filled):
    _, known = filled
    other = ChannelId(78)
    await parts.forum_tags.remember(HOME, FORUM, known)
    await parts.forum_tags.remember(HOME, FORUM, known)
    few = dict(list(known.items())[:3])
    await parts.forum_tags.remember(HOME, other, few)

    assert await parts.forum_tags.remembered(HOME, FORUM) == known
    assert await parts.forum_tags.remembered(HOME, other) == few
    assert await parts.forum_tags.networks() == [HOME]
    await parts.forum_tags.remember(HOME, other, {})
    assert await parts.forum_tags.remembered(HOME, other) == {}
