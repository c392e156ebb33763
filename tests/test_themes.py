"""Kinds, themes and words: the rules, through the service."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest

from bot.app import services
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import KindId, ThemeId
from bot.search.rings import MOST_USED, Ring, Rings, key
from bot.search.words import STOP_WORDS, stem
from bot.themes.model import (
    FORUM_TAGS,
    LONGEST_LABEL,
    LONGEST_WORD,
    MOST_TAGS,
    MOST_WORDS,
    Kind,
    Theme,
    What,
    WordRing,
    naming,
    value_of,
)
from bot.themes.model.seeds import (
    EVERYDAY,
    GROUPS,
    KINDS,
    MORE_FOR_GROUPS,
    MORE_FOR_THEMES,
    THEMES,
)
from bot.themes.service import AddAs
from tests.conftest import AMINA, AWAY, HOME, MANAGER, MODERATOR, ORGANISER

AT_AWAY = replace(MODERATOR, network_id=AWAY)


async def labels(parts, network_id=HOME):
    return [each.label for each in (await parts.themes.vocabulary(network_id)).themes]


async def theme(parts, label):
    return (await parts.themes.vocabulary(HOME)).pick_theme(label)


async def words_of(parts, label):
    vocabulary = await parts.themes.vocabulary(HOME)
    return set(vocabulary.ring_of(vocabulary.pick(label)).words)


async def merge(parts, source, into, by=MODERATOR):
    merging, vocabulary = await parts.themes.propose_merge(source, into, by=by)
    return await parts.themes.merge(
        merging.source.id, merging.into.id, as_of=vocabulary.version, by=by
    )


async def refusal(does, kind=Invalid):
    with pytest.raises(kind) as refused:
        await does
    return str(refused.value)


# What a network begins with


async def test_a_network_begins_with_five_kinds_and_twenty_five_themes(parts):
    vocabulary = await parts.themes.vocabulary(HOME)

    assert len(vocabulary.kinds) == 5
    assert len(vocabulary.themes) == 25
    assert sum(each.is_tag for each in vocabulary.themes) == MOST_TAGS
    assert len(vocabulary.forum_labels()) == FORUM_TAGS
    assert max(map(len, vocabulary.forum_labels())) <= LONGEST_LABEL


async def test_it_is_seeded_once_however_many_ask_at_once(parts, db):
    found = await asyncio.gather(*(parts.themes.vocabulary(HOME) for _ in range(5)))

    assert all(each == found[0] for each in found)
    assert [row["n"] for row in await db.all("SELECT count(*) AS n FROM kind")] == [5]


async def test_looking_at_the_tags_seeds_nothing(parts, db):
    before = await parts.themes.forum_labels(HOME)

    assert await db.all("SELECT 1 FROM kind") == []
    assert before == list((await parts.themes.vocabulary(HOME)).forum_labels())
    assert tuple(before) == await parts.themes.forum_labels(HOME)


async def test_every_network_has_its_own(parts):
    await parts.themes.add("Housing", AddAs.THEME, by=MODERATOR)

    assert "Housing" in await labels(parts)
    assert "Housing" not in await labels(parts, AWAY)
    assert {each.id for each in (await parts.themes.vocabulary(HOME)).themes}.isdisjoint(
        each.id for each in (await parts.themes.vocabulary(AWAY)).themes
    )


def every_seeded_ring():
    for theme in THEMES:
        yield theme.label, (*theme.words, *MORE_FOR_THEMES.get(theme.slug, ())), (theme.label,)
    for group in GROUPS:
        yield group.label, (*group.words, *MORE_FOR_GROUPS.get(group.label, ())), ()
    for group in EVERYDAY:
        yield group.label, group.words, ()


def test_no_seeded_word_leads_to_two_things_nor_twice_to_one():
    seen = {}
    for label, words, names in every_seeded_ring():
        keys = [key(word) for word in (*words, *names)]
        assert len(keys) == len(set(keys)) or names, [k for k in keys if keys.count(k) > 1]
        for same in keys:
            assert seen.setdefault(same, label) == label, same
        assert len(set(map(key, words))) == len(words), label


def test_seeded_rings_are_short_enough_to_be_used_whole():
    for label, words, _ in every_seeded_ring():
        assert 3 <= len(words) <= MOST_USED, label
        assert all(len(word) <= LONGEST_WORD for word in words), label
        assert len(label) <= LONGEST_LABEL


def test_seeded_words_can_be_typed_as_they_are():
    for _, words, _ in every_seeded_ring():
        assert naming.words("\n".join(words)) == tuple(words)


def test_no_seeded_word_alone_is_one_that_a_search_leaves_out():
    stems = {stem(word) for word in STOP_WORDS}

    for words in (
        *(each.words for each in EVERYDAY),
        *MORE_FOR_THEMES.values(),
        *MORE_FOR_GROUPS.values(),
    ):
        assert stems.isdisjoint(map(key, words))


def test_more_words_are_for_what_there_is():
    assert MORE_FOR_THEMES.keys() <= {each.slug for each in THEMES}
    assert MORE_FOR_GROUPS.keys() <= {each.label for each in GROUPS}


def test_seeded_names_differ():
    names = [each.label.casefold() for each in (*KINDS, *THEMES, *GROUPS, *EVERYDAY)]

    assert len(names) == len(set(names))


async def test_the_vocabulary_is_read_once_and_again_after_a_change(parts, db):
    first = await parts.themes.vocabulary(HOME)
    assert await parts.themes.vocabulary(HOME) is first

    await parts.themes.add("Housing", AddAs.THEME, by=MODERATOR)

    assert await parts.themes.vocabulary(HOME) is not first
    assert await services(db, parts.clock).themes.vocabulary(HOME) == (
        await parts.themes.vocabulary(HOME)
    )


# Who may


@pytest.mark.parametrize("person", [ORGANISER, replace(ORGANISER, is_organiser=False)])
async def test_only_moderators_may_change_anything(parts, person):
    change = parts.themes
    for does, what in (
        (change.add("Housing", AddAs.THEME, by=person), "add themes"),
        (change.rename("Power", to="Might", by=person), "rename themes"),
        (change.propose_merge("Trust", "Power", by=person), "merge themes"),
        (change.merge(ThemeId(1), ThemeId(2), as_of=0, by=person), "merge themes"),
        (change.change_words("Trust", add="x", by=person), "change the words of themes"),
        (change.history(0, by=person), "see who changed the themes"),
    ):
        assert (await refusal(does, NotAllowed)).startswith(f"Only moderators can {what}.")


async def test_people_who_run_the_server_count_as_moderators(parts):
    added = await parts.themes.add("Housing", AddAs.THEME, by=MANAGER)

    assert added.label == "Housing"


# Names


async def test_a_theme_is_added_at_the_end_with_a_slug(parts):
    added = await parts.themes.add("  Housing  &  health ", AddAs.THEME, by=MODERATOR)

    assert (added.label, added.slug, added.is_tag) == ("Housing & health", "housing-health", False)
    assert (await labels(parts))[-1] == "Housing & health"


@pytest.mark.parametrize(
    ("label", "slug"), [("Café", "cafe"), ("سكن", "theme"), ("Ünder-18s (UK)", "under-18s-uk")]
)
async def test_slugs_are_made_of_what_letters_there_are(parts, label, slug):
    assert (await parts.themes.add(label, AddAs.THEME, by=MODERATOR)).slug == slug


async def test_a_slug_stays_and_is_never_given_twice(parts):
    first = await parts.themes.add("Housing", AddAs.THEME, by=MODERATOR)
    await parts.themes.rename("Housing", to="Homes", by=MODERATOR)
    await parts.themes.change_words("Homes", remove="Housing", by=MODERATOR)
    second = await parts.themes.add("Housing", AddAs.THEME, by=MODERATOR)

    assert (await theme(parts, "Homes")).slug == first.slug == "housing"
    assert second.slug == "housing-2"


async def test_letters_of_every_writing_may_be_in_a_name(parts):
    for label in ("سكن وصحة", "دسترس\u200cپذیری", "आवास", "住房", "Tŷ a chartref", "24/7 help"):
        await parts.themes.add(label, AddAs.THEME, by=MODERATOR)
        assert label in await labels(parts)


async def test_marks_that_turn_text_around_are_left_out_of_a_name(parts):
    added = await parts.themes.add("\u202eHousing\u200f", AddAs.THEME, by=MODERATOR)

    assert added.label == "Housing"


@pytest.mark.parametrize(
    ("typed", "bad"),
    [
        ("Housing 🏠", "🏠"),
        ("**Housing**", "*"),
        ("_Housing_", "_"),
        ("`Housing`", "`"),
        ("~~Housing~~", "~"),
        ("||Housing||", "|"),
        ("# Housing", "#"),
        ("> Housing", ">"),
        ("[a](http://b)", "["),
        ("<@123456>", "<"),
        ("@everyone", "@"),
        ("1\ufe0f\u20e3 first", "\ufe0f"),
        ("🇬🇧", "🇬"),
        ("Housing: more", ":"),
    ],
)
async def test_emoji_markdown_and_mentions_are_refused_by_name(parts, typed, bad):
    assert await refusal(parts.themes.add(typed, AddAs.THEME, by=MODERATOR)) == (
        "A name may have letters, numbers, spaces and & / - ' , . ( ) + in it. "
        f"Please leave out “{bad}”."
    )


@pytest.mark.parametrize("typed", ["-", "- housing", "()", "& more", "…"])
async def test_a_name_begins_with_a_letter_or_number(parts, typed):
    assert (await refusal(parts.themes.add(typed, AddAs.THEME, by=MODERATOR))).startswith(
        ("A name must begin with a letter or a number.", "A name may have letters")
    )


async def test_a_name_longer_than_a_tag_is_refused(parts):
    assert await refusal(parts.themes.add("H" * 21, AddAs.THEME, by=MODERATOR)) == (
        "The name is 21 characters long. Please shorten it to 20 or fewer."
    )
    assert (await parts.themes.add("H" * 20, AddAs.THEME, by=MODERATOR)).label == "H" * 20


async def test_a_name_with_nothing_to_see_is_refused(parts):
    for typed in ("", "   ", "\u200b\u202e"):
        assert await refusal(parts.themes.add(typed, AddAs.THEME, by=MODERATOR)) == (
            "The name needs at least one letter or number that people can see."
        )


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("tokenism", "There is a theme called “Tokenism” already."),
        ("CHALLENGE", "There is a kind called “Challenge” already."),
        ("staff", "There is a group of words called “Staff” already."),
        (
            "Tenders",
            "“Tenders” is among the words of “Commissioning” already. Take it out there first, "
            "with /theme synonyms.",
        ),
    ],
)
async def test_a_name_that_is_taken_is_refused(parts, typed, says):
    for add_as in AddAs:
        assert await refusal(parts.themes.add(typed, add_as, by=MODERATOR)) == says
    assert await refusal(parts.themes.rename("Power", to=typed, by=MODERATOR)) == says


# Renaming


async def test_an_old_name_goes_on_leading_to_its_theme(parts):
    before = await theme(parts, "Recruitment")
    renamed = await parts.themes.rename("recruitment", to="Choosing people", by=MODERATOR)

    assert renamed.after == replace(before, label="Choosing people")
    (ring,) = (await parts.themes.vocabulary(HOME)).rings.of("recruiting")
    assert (ring.theme_id, ring.label) == (before.id, "Choosing people")


async def test_a_theme_may_take_one_of_its_own_words_as_its_name(parts):
    await parts.themes.rename("Recruitment", to="Hiring", by=MODERATOR)

    words = await words_of(parts, "Hiring")
    assert "hiring" not in words
    assert "Recruitment" in words


async def test_only_the_capitals_of_a_name_may_change(parts):
    await parts.themes.rename("Buy-in", to="Buy-In", by=MODERATOR)

    assert "Buy-In" in await labels(parts)
    assert "Buy-in" not in await words_of(parts, "Buy-In")


async def test_kinds_and_groups_of_words_can_be_renamed_too(parts):
    await parts.themes.rename("Challenge", to="What is hard", by=MODERATOR)
    await parts.themes.rename("Staff", to="Workers", by=MODERATOR)

    vocabulary = await parts.themes.vocabulary(HOME)
    assert isinstance(vocabulary.pick("What is hard"), Kind)
    assert vocabulary.forum_labels()[1] == "What is hard"
    assert isinstance(vocabulary.pick("Workers"), WordRing)


async def test_renaming_to_nothing_in_particular_is_refused(parts):
    assert await refusal(parts.themes.rename("Power", by=MODERATOR)) == (
        "Please say what it is to be called, or whether it is to be a forum tag."
    )


# Forum tags


async def test_a_sixteenth_tag_is_refused(parts):
    says = (
        "15 themes are forum tags already, and Discord has no room for more. Take one off first, "
        "with /theme rename and “tag” set to False."
    )
    assert await refusal(parts.themes.add("Housing", AddAs.TAG, by=MODERATOR)) == says
    assert await refusal(parts.themes.rename("Trust", as_tag=True, by=MODERATOR)) == says
    assert "Housing" not in await labels(parts)


async def test_one_tag_can_make_room_for_another(parts):
    await parts.themes.rename("Tokenism", as_tag=False, by=MODERATOR)
    await parts.themes.rename("Trust", as_tag=True, by=MODERATOR)

    tags = (await parts.themes.vocabulary(HOME)).forum_labels()
    assert "Trust & relations" in tags
    assert "Tokenism" not in tags
    assert len(tags) == FORUM_TAGS


async def test_the_database_itself_refuses_a_sixteenth_tag(parts, db):
    await parts.themes.vocabulary(HOME)
    for sql in (
        "UPDATE theme SET is_tag = 1",
        "INSERT INTO theme (network_id, slug, label, is_tag, position) "
        "VALUES (1001, 'x', 'X', 1, 99)",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="fifteen themes are tags already"):
            async with db.write() as tx:
                await tx.run(sql)


async def test_only_themes_are_tags_by_choice(parts):
    for name in ("Challenge", "Staff"):
        assert await refusal(parts.themes.rename(name, as_tag=False, by=MODERATOR)) == (
            f"Only themes can be made tags or not: “{name}” is none. The five kinds are always "
            "tags."
        )


# Merging


async def test_a_merged_theme_leads_to_the_other_for_ever(parts):
    trust, power = await theme(parts, "Trust & relations"), await theme(parts, "Power & equality")
    await merge(parts, "Trust & relations", "Power & equality")
    await merge(parts, "Power & equality", "Culture & embedding")

    vocabulary = await parts.themes.vocabulary(HOME)
    heir = vocabulary.pick_theme("Culture & embedding")
    assert vocabulary.theme(trust.id) == vocabulary.theme(power.id) == heir
    assert (
        vocabulary.ids_of(trust.id) == vocabulary.ids_of(heir.id) == {trust.id, power.id, heir.id}
    )
    assert trust.id not in {each.id for each in vocabulary.themes}


async def test_the_words_and_the_name_of_a_merged_theme_lead_to_the_other(parts):
    into = await theme(parts, "Power & equality")
    merging = await merge(parts, "Trust & relations", "Power & equality")

    rings = (await parts.themes.vocabulary(HOME)).rings
    assert "Trust & relations" in merging.moving
    for word in ("honesty", "Trust & relations", "hierarchies"):
        assert [each.theme_id for each in rings.of(word)] == [into.id], word
    (ring,) = rings.of("honesty")
    assert set(ring.theme_ids) == {into.id, merging.source.id}, "what was tagged is still found"


async def test_the_tag_of_a_merged_theme_goes_to_the_other_when_it_has_none(parts):
    merging = await merge(parts, "Tokenism", "Trust & relations")

    assert merging.hands_over_tag
    assert not merging.drops_tag
    assert (await theme(parts, "Trust & relations")).is_tag
    assert len((await parts.themes.vocabulary(HOME)).forum_labels()) == FORUM_TAGS


async def test_two_tags_merged_leave_room_for_another(parts):
    merging = await merge(parts, "Tokenism", "Power & equality")

    assert merging.drops_tag
    assert not merging.hands_over_tag
    assert len((await parts.themes.vocabulary(HOME)).forum_labels()) == FORUM_TAGS - 1


async def test_merging_with_itself_is_refused(parts):
    says = await refusal(parts.themes.propose_merge("Tokenism", "tokenism", by=MODERATOR))

    assert says == "Those are one and the same theme. Pick two different ones."


async def test_only_themes_can_be_merged(parts):
    for name in ("Challenge", "Staff"):
        assert await refusal(parts.themes.propose_merge(name, "Tokenism", by=MODERATOR)) == (
            f"“{name}” is not a theme. Pick a theme from the list."
        )


async def test_what_was_merged_cannot_be_picked_any_more(parts):
    await merge(parts, "Tokenism", "Power & equality")

    says = "“Tokenism” is part of “Power & equality” now. Pick that one."
    assert await refusal(parts.themes.rename("tokenism", to="X", by=MODERATOR), NotFound) == says


async def test_of_two_moderators_who_merge_at_once_one_wins_and_the_other_is_told(parts):
    other = replace(MODERATOR, member_id=AMINA)
    merging, vocabulary = await parts.themes.propose_merge("Tokenism", "Trust", by=MODERATOR)
    ids = merging.source.id, merging.into.id

    ends = await asyncio.gather(
        parts.themes.merge(*ids, as_of=vocabulary.version, by=MODERATOR),
        parts.themes.merge(*ids, as_of=vocabulary.version, by=other),
        return_exceptions=True,
    )

    (refused,) = [each for each in ends if isinstance(each, Exception)]
    assert isinstance(refused, Closed)
    assert str(refused) == (
        "“Tokenism” is part of “Trust & relations” already, so nothing has changed now."
    )
    assert (await parts.themes.history(0, by=MODERATOR)).changes[0].what is What.MERGED
    assert len((await parts.themes.history(0, by=MODERATOR)).changes) == 1


async def test_a_merge_that_was_read_back_before_another_change_is_not_done(parts):
    merging, vocabulary = await parts.themes.propose_merge("Tokenism", "Trust", by=MODERATOR)
    await parts.themes.rename("Tokenism", to="Just for show", by=MODERATOR)

    says = await refusal(
        parts.themes.merge(
            merging.source.id, merging.into.id, as_of=vocabulary.version, by=MODERATOR
        ),
        Closed,
    )

    assert says == (
        "Somebody has changed the themes since I asked, so nothing has changed now. Please look "
        "again with /theme merge."
    )
    assert "Just for show" in await labels(parts)


async def test_a_merge_that_would_have_too_many_words_is_refused(parts):
    await parts.themes.change_words("Trust", add=many(45), by=MODERATOR)

    says = await refusal(parts.themes.propose_merge("Power & equality", "Trust", by=MODERATOR))

    assert says == (
        "That would be 71 words, and there may be up to 60 together. A search uses 15 of them, so "
        "fewer are better."
    )


async def test_the_database_itself_refuses_to_merge_a_theme_with_itself(parts, db):
    await parts.themes.vocabulary(HOME)
    with pytest.raises(sqlite3.IntegrityError):
        async with db.write() as tx:
            await tx.run("UPDATE theme SET is_tag = 0, merged_into = id WHERE slug = 'trust'")


# Words


def many(number):
    return "\n".join(f"word{n}" for n in range(number))


async def test_words_are_added_and_taken_out(parts):
    edit = await parts.themes.change_words(
        "Tokenism",
        add="Just for show, for the photo\nbox-tickers",
        remove="LIP SERVICE",
        by=MODERATOR,
    )

    assert edit.added == ("Just for show", "for the photo", "box-tickers")
    assert edit.removed == ("lip service",)
    words = await words_of(parts, "Tokenism")
    assert {"Just for show", "for the photo"} <= words
    assert "lip service" not in words


async def test_words_that_are_there_already_change_nothing(parts):
    version = (await parts.themes.vocabulary(HOME)).version

    edit = await parts.themes.change_words("Tokenism", add="Tokenism; LIP services", by=MODERATOR)

    assert edit.changes_nothing
    assert (await parts.themes.vocabulary(HOME)).version == version


async def test_a_word_of_another_ring_is_refused_and_the_ring_named(parts):
    for word, of in (
        ("tenders", "Commissioning"),
        ("Recruitment", "Recruitment"),
        ("clients", "Lived experience"),
    ):
        assert await refusal(parts.themes.change_words("Tokenism", add=word, by=MODERATOR)) == (
            f"“{word}” is among the words of “{of}” already. A word leads to one of them only: "
            "take it out there first."
        )


async def test_too_many_words_are_refused(parts):
    says = await refusal(parts.themes.change_words("Tokenism", add=many(60), by=MODERATOR))

    assert "and there may be up to 60 together. A search uses 15 of them" in says
    room = MOST_WORDS - len(await words_of(parts, "Tokenism"))
    edit = await parts.themes.change_words("Tokenism", add=many(room), by=MODERATOR)
    assert edit.total == MOST_WORDS


async def test_a_word_too_long_or_not_plain_is_refused(parts):
    assert await refusal(parts.themes.change_words("Tokenism", add="a" * 41, by=MODERATOR)) == (
        f"The word “{'a' * 40}” is 41 characters long. Please shorten it to 40 or fewer."
    )
    assert await refusal(parts.themes.change_words("Tokenism", add="fake 🙃", by=MODERATOR)) == (
        "A word may have letters, numbers, spaces and & / - ' , . ( ) + in it. "
        "Please leave out “🙃”."
    )


async def test_kinds_have_no_words(parts):
    assert await refusal(parts.themes.change_words("Challenge", add="x", by=MODERATOR)) == (
        "“Challenge” is a kind, and kinds have no other words. Pick a theme or a group of words."
    )


async def test_a_group_of_words_is_for_searching_only(parts):
    ring = await parts.themes.add("Data top-up", AddAs.WORDS, by=MODERATOR)
    await parts.themes.change_words("Data top-up", add="phone credit", by=MODERATOR)

    assert isinstance(ring, WordRing)
    (found,) = (await parts.themes.vocabulary(HOME)).rings.of("phone credits")
    assert found.theme_id is None
    assert set(found.words) == {"Data top-up", "phone credit"}
    assert "Data top-up" not in await labels(parts)


def test_a_search_tries_no_more_words_than_it_can_use():
    ring = Ring("many", tuple(f"word{n}" for n in range(40)))

    assert len(ring.others("word3")) == MOST_USED
    assert "word3" not in ring.others("WORD3")


def test_rings_are_found_by_any_ending_and_say_how_long_their_phrases_are():
    rings = Rings([Ring("a", ("plain English", "easy read")), Ring("b", ("KPIs", "!!"))])

    assert [each.label for each in rings.of("Plain english")] == ["a"]
    assert [each.label for each in rings.of("kpi")] == ["b"]
    assert rings.of("") == rings.of("nothing") == ()
    assert rings.most_words == 2
    assert Rings().most_words == 0


# Picking


async def test_things_are_picked_by_choice_by_name_or_by_what_is_near_enough(parts):
    vocabulary = await parts.themes.vocabulary(HOME)
    trust = vocabulary.pick("Trust & relations")

    assert isinstance(trust, Theme)
    assert vocabulary.pick(value_of(trust)) == trust
    assert vocabulary.pick("  TRUST &  relations") == trust
    assert vocabulary.pick("trust") == trust
    assert [each.label for each in vocabulary.named("TEMPL")] == [
        "Templates & tools",
        "Template / tool",
    ]
    assert len(vocabulary.named("")) == 25 + 5 + len(GROUPS) + len(EVERYDAY)


@pytest.mark.parametrize("typed", ["", "zzz", "theme:999", "ring:1", "e", "9" * 40])
async def test_what_is_not_there_is_refused(parts, typed):
    vocabulary = await parts.themes.vocabulary(HOME)
    with pytest.raises(NotFound) as refused:
        vocabulary.pick(typed)
    assert str(refused.value) == (
        "I can't find anything called that here. Pick it from the list that comes up while you "
        "type, or see /theme list."
    )


async def test_ids_of_another_network_are_not_found(parts):
    away = await parts.themes.vocabulary(AWAY)
    home = await parts.themes.vocabulary(HOME)

    with pytest.raises(NotFound, match="I can't find anything called that here"):
        home.pick(value_of(away.themes[0]))
    with pytest.raises(NotFound, match="I can't find that theme"):
        home.theme(away.themes[0].id)
    with pytest.raises(NotFound, match="I can't find that kind"):
        home.kind(KindId(away.kinds[0].id))
    ids = away.themes[0].id, away.themes[1].id
    says = await refusal(parts.themes.merge(*ids, as_of=home.version, by=MODERATOR), NotFound)
    assert says == "I can't find that theme. Pick one from the list that comes up."


# History


async def test_every_change_is_in_the_history_with_who_and_when(parts, clock):
    await parts.themes.rename("Tokenism", to="For show", as_tag=False, by=MODERATOR)
    clock.advance(hours=1)
    await parts.themes.add("Roofs", AddAs.TAG, by=MANAGER)
    await parts.themes.change_words("Roofs", add="homes, flats", by=MANAGER)
    await parts.themes.change_words("Roofs", remove="flats", by=MANAGER)
    await merge(parts, "Roofs", "Delivery")

    page = await parts.themes.history(0, by=MODERATOR)

    assert [
        (each.what, each.by_id, each.subject, each.before, each.after) for each in page.changes
    ] == [
        (What.MERGED, 92, "Roofs", None, "Delivery"),
        (What.WORDS_CHANGED, 91, "Roofs", "flats", None),
        (What.WORDS_CHANGED, 91, "Roofs", None, "homes, flats"),
        (What.MADE_A_TAG, 91, "Roofs", None, None),
        (What.THEME_ADDED, 91, "Roofs", None, None),
        (What.RENAMED, 92, "Tokenism", None, "For show"),
        (What.MADE_NO_TAG, 92, "Tokenism", None, None),
    ]
    assert page.changes[0].at == clock.now()


async def test_the_history_pages_and_is_each_networks_own(parts):
    for number in range(9):
        await parts.themes.add(f"Theme {number}", AddAs.THEME, by=MODERATOR)
    await parts.themes.add("Elsewhere", AddAs.THEME, by=AT_AWAY)

    last = await parts.themes.history(99, by=MODERATOR)

    assert (last.number, last.pages) == (1, 2)
    assert [each.subject for each in last.changes] == ["Theme 0"]


async def test_the_bell_rings_after_each_change_and_for_nothing_else(parts):
    rung = []
    parts.themes.changed.listen(rung.append)
    await parts.themes.vocabulary(HOME)
    await parts.themes.change_words("Tokenism", add="lip service", by=MODERATOR)
    await refusal(parts.themes.add("Tokenism", AddAs.THEME, by=MODERATOR))
    assert rung == []

    await parts.themes.add("Housing", AddAs.THEME, by=MODERATOR)

    assert rung == [HOME]


async def test_a_network_that_goes_takes_its_vocabulary_along(parts, db):
    await merge(parts, "Trust", "Power & equality")
    async with db.write() as tx:
        await tx.run("DELETE FROM network WHERE id = :id", {"id": HOME})

    left = await db.all(
        """
        SELECT label FROM kind UNION ALL SELECT label FROM theme UNION ALL SELECT label FROM ring
        UNION ALL SELECT word FROM ring_word UNION ALL SELECT subject FROM vocabulary_change
        UNION ALL SELECT CAST(network_id AS TEXT) FROM vocabulary_start
        """
    )
    assert left == []
