"""What moderators do with words that wait, and what their speakers hear of it."""

import pytest

from bot.demo.simulator import as_the_bot
from bot.ids import ChannelId, MemberId, QuoteId
from bot.network.model import ChannelUse
from bot.wisdom.model import Details, QuoteState, Source
from bot.wisdom.store import quote as store
from tests.discord import by_hand
from tests.discord.conftest import labels_of, text_of
from tests.discord.wise import AGREES, Wise

pytestmark = pytest.mark.simcord(check_errors=False)

NAMED = "When Sarah at Hope House listened, I came back to the bakery."


async def waiting(wise: Wise, words: str = NAMED, **rest):
    await wise.share(wise.world.amina, words, **rest)
    await wise.world.env.advance_time(10)
    return wise.waiting()


async def imported(wise: Wise, db, words: str = "Read in from a file.") -> QuoteId:
    async with db.write() as tx:
        return await store.add(
            tx,
            wise.world.network_id,
            words,
            Details(),
            state=QuoteState.TO_RECORD,
            speaker_id=None,
            kept_by=MemberId(wise.moderator.id),
            source=Source.IMPORTED,
            year=2025,
            heading="Great examples",
            now=wise.world.parts.clock.now(),
        )


async def test_all_that_is_marked_is_hidden_in_one_press(wise):
    card = await waiting(wise)
    assert "**__Sarah__** at **__Hope House__**" in text_of(card)
    assert "May tell who somebody is: Sarah, Hope House" in text_of(card)
    hidden = await wise.moderator.click(card, label="Hide all that is marked")
    assert "When (name) at (name) listened" in text_of(hidden.response.message) or (
        "When (name) at (organisation) listened" in text_of(hidden.response.message)
    )
    assert "Hide all that is marked" not in labels_of(hidden.response.message)


async def test_some_words_are_hidden_behind_a_chosen_one(wise):
    card = await waiting(wise)
    form = await wise.moderator.click(card, label="Hide some words")
    hidden = await wise.moderator.submit_modal(form, {"marked": ["0"], "put": ["(name)"]})
    assert "(name) at **__Hope House__**" in text_of(hidden.response.message)
    form = await wise.moderator.click(hidden.response.message, label="Hide some words")
    typed = {"text": "the bakery", "put": ["(place)"]}
    hidden = await wise.moderator.submit_modal(form, typed)
    assert "came back to (place)." in text_of(hidden.response.message)
    form = await wise.moderator.click(hidden.response.message, label="Hide some words")
    refused = await wise.moderator.submit_modal(form, typed)
    assert "Those words don't stand in the quote." in refused.response.content
    await wise.moderator.click(hidden.response.message, label="Publish")
    await wise.world.env.advance_time(10)
    read = await wise.search(wise.world.bryn, "bakery place listened")
    assert "Sarah" not in read
    assert "bakery" not in read.replace("bakery place listened", "")
    (told,) = wise.private(wise.world.amina)
    assert "A moderator has hidden something in it" in text_of(told)


async def test_other_words_go_back_to_the_speaker_and_count_only_as_they_were_read(wise):
    amina = wise.world.amina
    card = await waiting(wise)
    form = await wise.moderator.click(card, label="Ask for changes")
    asked = await wise.moderator.submit_modal(
        form, {"note": "Could it say less of who?", "proposed": "Somebody listened."}
    )
    assert "Its speaker was asked for changes" in text_of(asked.response.message)
    assert labels_of(asked.response.message) == []
    await wise.world.env.advance_time(60)
    (told,) = wise.private(amina)
    assert "You decide: nothing is changed without your yes." in text_of(told)
    assert "listened" not in text_of(told)
    shown = await amina.user.click(told, label="See what they ask")
    assert "A moderator writes: Could it say less of who?" in text_of(shown.response.message)
    proposed = await amina.user.click(shown.response.message, label="See the proposed words")
    assert "Somebody listened." in text_of(proposed.response.message)
    taken = await amina.user.click(proposed.response.message, label="Yes, use these words")
    assert "waiting for a moderator" in text_of(taken.response.message)
    await wise.world.env.advance_time(10)
    await wise.publish()
    assert "Somebody **listened**." in await wise.search(wise.world.bryn, "listened")


async def test_what_is_not_published_is_said_kindly(wise):
    card = await waiting(wise)
    form = await wise.moderator.click(card, label="Not publish it")
    done = await wise.moderator.submit_modal(form, {"note": "It tells too much of *Sarah*."})
    assert "Not published" in text_of(done.response.message)
    await wise.world.env.advance_time(60)
    (told,) = wise.private(wise.world.amina)
    shown = await wise.world.amina.user.click(told, label="See what they write")
    assert r"A moderator writes: It tells too much of \*Sarah\*." in text_of(shown.response.message)
    assert "moderator" not in text_of(shown.response.message).split("writes")[1]


async def test_of_two_moderators_the_second_is_told(wise):
    card = await waiting(wise)
    other = wise.world.server.add_member(
        wise.world.env.create_user("other"), roles=[wise.moderators]
    )
    shown = await other.slash(wise.world.general, "review")
    await wise.moderator.click(card, label="Publish")
    late = await other.click(shown.response.message, label="Publish")
    told = f"This quote has already been dealt with by <@{wise.moderator.id}>: it is published."
    assert late.response.content == told
    form = await other.click(shown.response.message, label="Not publish it")
    assert form.response.content == told


async def test_words_changed_meanwhile_are_not_published_unread(wise):
    amina = wise.world.amina
    await waiting(wise, "The first words.")
    shown = await wise.moderator.slash(wise.world.general, "review")
    form = await amina.click(await wise.mine(amina), label="Change the words")
    await amina.submit_modal(form, {"words": "Quite other words."})
    late = await wise.moderator.click(shown.response.message, label="Publish")
    assert "Its speaker has changed the words since" in late.response.content
    await wise.world.env.advance_time(10)
    await wise.publish()
    assert "Quite other" in await wise.search(wise.world.bryn, "words")


async def test_nobody_decides_on_their_own(wise):
    await wise.share(wise.moderator, "My own words.")
    await wise.world.env.advance_time(10)
    for label in ("Publish", "Ask for changes", "Not publish it"):
        refused = await wise.moderator.click(wise.waiting(), label=label)
        assert "another moderator decides on it" in refused.response.content


async def test_who_was_a_moderator_when_it_was_shown_decides_no_more(wise):
    card = await waiting(wise)
    by_hand.take(wise.world, wise.moderator, wise.moderators)
    for label in ("Publish", "Hide all that is marked", "Kind and themes", "Not publish it"):
        refused = await wise.moderator.click(card, label=label)
        assert refused.response.content.startswith("Only moderators can"), label
        assert refused.response.ephemeral


async def test_sorting_puts_a_note_in_front_and_the_words_behind_bars(wise):
    vocabulary = await wise.world.parts.themes.vocabulary(wise.world.network_id)
    card = await waiting(wise, "They put us out https://x.test/a||b in the rain.")
    form = await wise.moderator.click(card, label="Kind and themes")
    themes = [str(each.id) for each in vocabulary.themes[:2]]
    sorted_ = await wise.moderator.submit_modal(
        form,
        {"kind": [str(vocabulary.kinds[0].id)], "themes": themes, "note": "mentions an eviction"},
    )
    assert f"Sorted under: {vocabulary.kinds[0].label}" in text_of(sorted_.response.message)
    await wise.publish()
    read = await wise.search(wise.world.bryn, "rain")
    assert "Content note: mentions an eviction\n||“They put us out" in read
    assert read.count("||") == 2


async def test_consent_to_an_imported_quote_is_recorded_and_taken_back(wise, db):
    quote_id = await imported(wise, db)
    shown = await wise.moderator.slash(wise.world.general, "review")
    assert "Does its speaker agree?" in text_of(shown.response.message)
    assert "Publish" not in labels_of(shown.response.message)
    asked = await wise.moderator.click(shown.response.message, label="Record consent")
    form = await wise.moderator.select(asked.response.message, ["spoken"])
    waiting = await wise.moderator.submit_modal(form, AGREES)
    assert "A quote waits for a moderator" in text_of(waiting.response.message)
    asked = await wise.moderator.click(shown.response.message, label="Record consent")
    again = await wise.moderator.select(asked.response.message, ["spoken"])
    refused = await wise.moderator.submit_modal(again, AGREES)
    assert "Consent to this quote has been recorded already." in refused.response.content
    await wise.world.env.advance_time(10)
    await wise.publish()
    assert "Read in from a **file**" in await wise.search(wise.world.bryn, "file")
    told = await wise.moderator.click(wise.waiting(), label="Its speaker takes it back")
    gone = await wise.moderator.click(told.response.message, label="Yes, delete the words")
    assert "It is taken back" in text_of(gone.response.message)
    await wise.world.env.advance_time(10)
    assert "Read in" not in text_of(wise.waiting())
    assert "Nothing found" in await wise.search(wise.world.bryn, "file")
    (row,) = await db.all("SELECT state FROM quote WHERE id = :id", {"id": quote_id})
    assert row["state"] == "withdrawn"


async def test_an_imported_quote_is_left_out(wise, db):
    await imported(wise, db)
    shown = await wise.moderator.slash(wise.world.general, "review")
    left = await wise.moderator.click(shown.response.message, label="Leave it out")
    assert "It is left out, and its words deleted." in text_of(left.response.message)
    assert await db.all("SELECT 1 FROM quote_text") == []
    nothing = await wise.moderator.slash(wise.world.general, "review")
    assert nothing.response.content.startswith("Nothing waits for a moderator.")


async def test_only_the_oldest_three_are_shown_at_once(wise):
    for number in range(4):
        await wise.share(wise.world.amina, f"Something to keep, number {number}.")
    shown = await wise.moderator.slash(wise.world.general, "review")
    texts = [text_of(shown.response.message), *(text_of(each.message) for each in shown.followups)]
    assert [f"number {n}" in texts[n] for n in range(3)] == [True] * 3
    assert "These are the oldest 3 of 4 that wait." in texts[3]


async def test_without_a_moderators_channel_quotes_wait_until_one_is_chosen(wise):
    world = wise.world
    channel = wise.moderation
    networks, by = world.parts.networks, world.as_manager
    by_hand.delete_channel(world, channel.id)
    await wise.share(world.amina)
    await world.env.advance_time(10)
    shown = await wise.moderator.slash(world.general, "review")
    assert "A quote waits for a moderator" in text_of(shown.response.message)
    wise.moderation = world.server.create_text_channel("moderation-again")
    with as_the_bot(world.env):
        await networks.choose_channel(ChannelUse.MODERATION, ChannelId(wise.moderation.id), by=by)
    await world.env.advance_time(10)
    assert "A quote waits for a moderator" in text_of(wise.waiting())
