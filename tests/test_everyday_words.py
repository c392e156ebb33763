"""Everyday words: who gets them, and how they give way to what moderators choose."""

import sqlite3
from contextlib import closing

import pytest

from bot.app import services
from bot.errors import Invalid
from bot.ids import NetworkId
from bot.search.rings import key
from bot.storage.database import Database
from bot.storage.migrate import known, migrate
from bot.themes.model import MOST_WORDS, WordRing, seeds
from bot.themes.model import everyday as everyday_words
from bot.themes.model.beginning import offer
from bot.themes.service import AddAs
from tests.conftest import AWAY, HOME, MODERATOR


async def vocabulary(parts, network_id=HOME):
    return await parts.themes.vocabulary(network_id)


async def everyday(parts):
    return {each.label: set(each.words) for each in (await vocabulary(parts)).everyday}


async def found_by(parts, word):
    """What a search tries beside *word*."""
    return {other for ring in (await vocabulary(parts)).rings.of(word) for other in ring.words}


@pytest.fixture
async def older(parts, db, monkeypatch):
    """HOME as it was before there were everyday words. They come with the services returned."""
    monkeypatch.setattr(seeds, "VERSION", 1)
    before = await vocabulary(parts)
    assert before.everyday == ()
    yield parts.themes, services(db, parts.clock)
    monkeypatch.undo()


def now_newer(monkeypatch, version=2):
    monkeypatch.setattr(seeds, "VERSION", version)


async def test_a_network_begins_with_everyday_words(parts):
    found = await vocabulary(parts)

    assert [each.label for each in found.everyday] == sorted(
        (each.label for each in seeds.EVERYDAY), key=str.casefold
    )
    assert "jail" in await found_by(parts, "prison")
    assert "remuneration" in await found_by(parts, "payment")
    assert set(found.groups).isdisjoint(found.everyday)


async def test_a_network_that_began_before_gets_them_when_its_words_are_read_again(
    older, monkeypatch, db
):
    _, newer = older
    now_newer(monkeypatch)

    assert await everyday(newer) == {each.label: set(each.words) for each in seeds.EVERYDAY}
    rows = await db.all("SELECT network_id, version FROM vocabulary_start")
    assert [tuple(row) for row in rows] == [(HOME, 2)]
    assert (await vocabulary(newer)).began_with == 2
    fresh = await vocabulary(newer, AWAY)
    assert {each.label: each.words for each in fresh.word_rings} == {
        each.label: each.words for each in (await vocabulary(newer)).word_rings
    }


async def test_words_that_lead_elsewhere_already_are_not_offered(older, monkeypatch):
    themes, newer = older
    await themes.add("Locked away", AddAs.WORDS, by=MODERATOR)
    await themes.change_words("Locked away", add="jails, custody", by=MODERATOR)
    await themes.add("Apologies", AddAs.THEME, by=MODERATOR)
    now_newer(monkeypatch)

    words = await everyday(newer)

    assert "prison" in words["Prison"]
    assert words["Prison"].isdisjoint({"jail", "custody"})
    assert "Apologies" not in words
    (ring,) = (await vocabulary(newer)).rings.of("custody")
    assert ring.label == "Locked away"


async def test_words_that_were_taken_out_are_not_offered_again(older, monkeypatch):
    themes, newer = older
    await themes.change_words("Tokenism", add="sham, fake\njail", by=MODERATOR)
    await themes.change_words("Tokenism", remove="sham, JAIL", by=MODERATOR)
    now_newer(monkeypatch)

    assert "gesture" in await found_by(newer, "tokenism")
    assert "sham" not in await found_by(newer, "tokenism")
    assert "jail" not in (await everyday(newer))["Prison"]


async def test_a_group_that_is_called_the_same_gets_the_words(older, monkeypatch):
    themes, newer = older
    await themes.add("Prison", AddAs.WORDS, by=MODERATOR)
    now_newer(monkeypatch)

    assert "Prison" not in await everyday(newer)
    assert "behind bars" in await found_by(newer, "prison")


async def test_a_ring_gets_no_more_words_than_a_search_uses(older, monkeypatch):
    themes, newer = older
    await themes.change_words("Tokenism", add="a1, b2, c3, d4, e5, f6, g7", by=MODERATOR)
    now_newer(monkeypatch)

    found = await vocabulary(newer)

    assert len(found.ring_of(found.pick("Tokenism")).words) == 16
    assert "sham" not in await found_by(newer, "tokenism")


async def test_what_was_offered_once_is_not_offered_again(parts):
    found = await vocabulary(parts)

    again = offer(found, [])

    assert not again.groups
    assert not any(again.words.values())


async def test_a_word_that_moderators_choose_is_taken_out_of_everyday_words(parts):
    edit = await parts.themes.change_words("Tokenism", add="jails, meaningful", by=MODERATOR)

    assert edit.added == ("jails", "meaningful")
    words = await everyday(parts)
    assert "jail" not in words["Prison"]
    assert "meaningful" not in words["Genuine"]
    assert {"jails", "lip service"} <= await found_by(parts, "jail")


async def test_everyday_words_of_which_one_is_left_go(parts):
    await parts.themes.change_words("Tokenism", add="authentic, sincere\ngenuine", by=MODERATOR)

    assert "Genuine" not in await everyday(parts)


async def test_a_theme_called_as_everyday_words_are_takes_them_on(parts):
    added = await parts.themes.add("housing", AddAs.THEME, by=MODERATOR)

    found = await vocabulary(parts)
    assert "flat" in found.ring_of(added).words
    assert key("housing") not in map(key, found.ring_of(added).words)
    assert "Housing" not in await everyday(parts)
    (ring,) = found.rings.of("flats")
    assert ring.theme_id == added.id


async def test_a_group_called_as_everyday_words_are_takes_them_on(parts):
    added = await parts.themes.add("Housing", AddAs.WORDS, by=MODERATOR)

    assert isinstance(added, WordRing)
    assert {"Housing", "flat"} <= set(added.words)
    assert "Housing" not in await everyday(parts)


async def test_a_theme_renamed_as_everyday_words_are_called_takes_them_on(parts):
    await parts.themes.change_words(
        "Tokenism", add="\n".join(f"word{n}" for n in range(MOST_WORDS - 16)), by=MODERATOR
    )
    renamed = await parts.themes.rename("Tokenism", to="Housing", by=MODERATOR)

    found = await vocabulary(parts)
    words = found.ring_of(renamed.after).words
    assert len(words) == MOST_WORDS
    assert "Tokenism" in words
    assert "accommodation" in words
    assert "Housing" not in await everyday(parts)


async def test_a_theme_called_as_an_everyday_word_takes_that_word_only(parts):
    await parts.themes.add("Flats", AddAs.THEME, by=MODERATOR)

    assert "flat" not in (await everyday(parts))["Housing"]
    assert await found_by(parts, "flat") == {"Flats"}


async def test_a_kind_or_group_is_not_renamed_as_everyday_words_are_called(parts):
    for picked in ("Challenge", "Staff"):
        with pytest.raises(Invalid) as refused:
            await parts.themes.rename(picked, to="Housing", by=MODERATOR)
        assert str(refused.value) == "There is a group of words called “Housing” already."


async def test_everyday_words_that_moderators_change_are_the_networks_own(parts):
    await parts.themes.change_words("Prison", add="the nick", by=MODERATOR)
    await parts.themes.rename("Police", to="Policing", by=MODERATOR)

    assert {"Prison", "Police", "Policing"}.isdisjoint(await everyday(parts))
    groups = {each.label for each in (await vocabulary(parts)).groups}
    assert {"Prison", "Policing"} <= groups
    with pytest.raises(Invalid, match="is among the words of “Prison” already"):
        await parts.themes.change_words("Tokenism", add="jail", by=MODERATOR)


async def test_what_moderators_named_comes_before_everyday_words(parts):
    await parts.themes.add("Prison work", AddAs.THEME, by=MODERATOR)
    found = await vocabulary(parts)

    assert [each.label for each in found.named("prison")] == ["Prison work", "Prison"]
    assert found.pick("prison w").label == "Prison work"
    assert found.pick("priso").label == "Prison work"
    assert found.pick("prison").label == "Prison"


async def test_a_file_from_before_there_were_everyday_words_gets_them(tmp_path, clock):
    path = tmp_path / "older.db"
    migrate(path, [each for each in known() if each.name < "0022"])
    with closing(sqlite3.connect(path)) as older:
        older.execute("INSERT INTO network (id) VALUES (1)")
        older.execute(
            "INSERT INTO kind (network_id, slug, label, position) VALUES (1, 'a', 'Ours', 0)"
        )
        older.execute("INSERT INTO ring (id, network_id, label) VALUES (7, 1, 'Jails')")
        older.execute("INSERT INTO ring_word (ring_id, word) VALUES (7, 'jail')")
        older.commit()
    migrate(path)

    async with Database.open(path) as db:
        found = await services(db, clock).themes.vocabulary(NetworkId(1))

    assert [each.label for each in found.kinds] == ["Ours"]
    assert [each.label for each in found.groups] == ["Jails"]
    assert len(found.everyday) == len(seeds.EVERYDAY)
    (ring,) = found.rings.of("jail")
    assert ring.label == "Jails"


def test_what_is_near_to_a_theme_is_a_group_of_words_that_there_is():
    groups = {each.label for each in (*seeds.GROUPS, *seeds.EVERYDAY)}
    themes = {each.slug for each in seeds.THEMES}
    assert set(everyday_words.NEAR_THEMES) <= groups
    assert {slug for slugs in everyday_words.NEAR_THEMES.values() for slug in slugs} <= themes


async def near(parts, word):
    """The names of the themes near to it."""
    found = await vocabulary(parts)
    return {
        each.label
        for each in found.every_theme
        for ring in found.rings.of(word)
        if each.id in ring.near_ids
    }


async def test_everyday_words_have_themes_near_to_them_and_keep_them_through_changes(parts):
    assert await near(parts, "jail") == {"Inclusion"}
    assert await near(parts, "seldom heard") == set()  # that is of the theme itself

    await parts.themes.rename("Inclusion", to="Everybody", by=MODERATOR)
    assert await near(parts, "jail") == {"Everybody"}

    found = await vocabulary(parts)
    source, into = found.pick_theme("Everybody"), found.pick_theme("Accessibility")
    await parts.themes.merge(source.id, into.id, as_of=found.version, by=MODERATOR)
    assert await near(parts, "jail") == {"Everybody", "Accessibility"}


async def test_words_that_moderators_took_for_themselves_are_near_to_nothing(parts):
    await parts.themes.add("jail", AddAs.WORDS, by=MODERATOR)

    assert await near(parts, "jail") == set()
    assert await near(parts, "custody") == {"Inclusion"}
