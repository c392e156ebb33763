"""Posts as organisers make them and everybody reads them; and what came of what people said."""

from typing import Any

import pytest

from bot.ids import ConversationId, KindId, MemberId
from bot.people import Person
from bot.wisdom.model import Details, Use
from tests.discord.conftest import World, custom_ids_of, labels_of, text_of
from tests.discord.wise import Wise
from tests.quotes import consent

pytestmark = [
    pytest.mark.usefixtures("no_mistakes"),
    pytest.mark.simcord(check_errors=False),
]

AGREED = consent(Use.DISCORD, Use.POSTS)


async def said(wise: Wise, words: str, kind: int | None = 0, who: Any = None) -> int:
    """A published quote that may be used in posts; its number."""
    world, parts = wise.world, wise.world.parts
    vocabulary = await parts.themes.vocabulary(world.network_id)
    speaker = Person(network_id=world.network_id, member_id=MemberId((who or world.amina).id))
    kind_id: KindId | None = None if kind is None else vocabulary.kinds[kind].id
    request = await parts.wisdom.requests.begin(Details(kind_id=kind_id), by=speaker)
    quote = await parts.wisdom.requests.agree(request.id, words, AGREED, speaker.member_id)
    published = await parts.wisdom.review.publish(quote.id, by=world.as_manager)
    await world.env.settle()
    assert published.number is not None
    return published.number


async def draft(world: World, **options: Any) -> Any:
    """The panel of a post."""
    shown = await world.organiser.slash(world.general, "reflections draft", **options)
    assert shown.response is not None
    assert shown.ephemeral
    return shown.response.message


async def publish(world: World, panel: Any) -> Any:
    read = await world.organiser.click(panel, label="Read it, and publish")
    message = read.response.message if read.response else panel
    done = await world.organiser.click(message, label="Publish it")
    await world.env.advance_time(10)
    return done


def everything(wise: Wise) -> str:
    """All that stands in the wisdom channel and its threads."""
    rooms = [wise.wisdom, *wise.wisdom.threads]
    return "\n".join(text_of(message) for room in rooms for message in room.history())


async def test_from_quotes_to_a_thread_that_loses_what_is_taken_back(wise: Wise) -> None:
    world = wise.world
    await said(wise, "Ask us *before* you decide.", None)
    await said(wise, "They paid for the bus, and people came.")
    gone = await said(wise, "Nobody told me why it ended.", 1, world.bryn)
    panel = await draft(world)
    assert "3 quotes in it" in text_of(panel)
    assert r"Ask us \*before\* you decide." in text_of(panel)
    await publish(world, panel)
    assert "They paid for the bus" in everything(wise)
    assert "Nobody told me why it ended." in everything(wise)
    assert "What do you think?" in everything(wise)
    mine = await world.bryn.slash(world.general, "wisdom mine")
    opened = await world.bryn.click(mine.response.message, label="Open")
    asked = await world.bryn.click(opened.response.message, label="Take it back")
    await world.bryn.click(asked.response.message, label="Yes, delete my words")
    await world.env.advance_time(10)
    assert "Nobody told me" not in everything(wise)
    assert "They paid for the bus" in everything(wise)
    assert gone == 3


async def test_a_post_that_gets_shorter_takes_its_last_messages_away(wise: Wise) -> None:
    world = wise.world
    for number in range(5):
        await said(wise, f"{number} " + "a long story " * 100)
    await publish(world, await draft(world))
    (thread,) = wise.wisdom.threads
    before = len(thread.history())
    for number in range(1, 5):
        mine = await world.amina.slash(world.general, "wisdom mine")
        opened = await world.amina.click(mine.response.message, custom_id=f"my-quote:open:{number}")
        asked = await world.amina.click(opened.response.message, label="Take it back")
        await world.amina.click(asked.response.message, label="Yes, delete my words")
        await world.env.advance_time(10)
    assert len(thread.history()) < before
    assert everything(wise).count("a long story") == 100


async def test_a_text_is_written_in_two_steps_and_shown_in_the_panel(wise: Wise) -> None:
    world = wise.world
    await said(wise, "They paid for the bus.")
    panel = await draft(world)
    form = await world.organiser.select(panel, ["title-0"], custom_id="reflection:write:1")
    done = await world.organiser.submit_modal(form, {"text": "What we *heard*"})
    assert r"## What we \*heard\*" in text_of(done.response.message)


async def test_two_who_write_at_once_both_see_both(wise: Wise) -> None:
    world = wise.world
    await said(wise, "They paid for the bus.")
    panel = await draft(world)
    first = await world.organiser.select(panel, ["intro-0"], custom_id="reflection:write:1")
    other = await world.manager.slash(world.general, "reflections draft")
    second = await world.manager.select(
        other.response.message, ["intro-0"], custom_id="reflection:write:1"
    )
    await world.organiser.submit_modal(first, {"text": "As I heard it."})
    refused = await world.manager.submit_modal(second, {"text": "y" * 4000})
    shown = "\n".join(
        text_of(each.message) for each in [refused.response, *refused.followups] if each
    )
    assert "I have saved nothing of yours" in shown
    assert "As I heard it." in shown
    assert shown.count("y") > 4000
    again = [each for each in refused.followups if "Open the text again" in labels_of(each.message)]
    form = await world.manager.click(again[0].message, label="Open the text again")
    done = await world.manager.submit_modal(form, {"text": "As we heard it."})
    assert done.response is not None
    read = await world.amina.slash(world.general, "reflections show", post="reflections")
    assert "I can't find that post here" in read.response.content


async def test_quotes_are_chosen_ordered_and_made_the_lead_by_menus(wise: Wise) -> None:
    world = wise.world
    for words in ("The first of them.", "The second of them.", "The third of them."):
        await said(wise, words)
    vocabulary = await world.parts.themes.vocabulary(world.network_id)
    kind = vocabulary.kinds[0].id
    panel = await draft(world)
    opened = await world.organiser.select(panel, [str(kind)], custom_id="reflection:section:1")
    message = opened.response.message if opened.response else panel
    await world.organiser.select(message, ["1", "3"], custom_id=f"reflection:keep:1:{kind}:0")
    assert "Quote 2, left out" in text_of(await _again(world, kind))
    message = await _again(world, kind)
    await world.organiser.select(message, ["3"], custom_id=f"reflection:first:1:{kind}:0")
    message = await _again(world, kind)
    await world.organiser.select(message, ["1"], custom_id=f"reflection:lead:1:{kind}:0")
    panel = await draft(world)
    assert "It begins with: “The first of them.”" in text_of(panel)
    assert "2 quotes in it, 1 left out." in text_of(panel)


async def _again(world: World, kind: KindId) -> Any:
    panel = await draft(world)
    opened = await world.organiser.select(panel, [str(kind)], custom_id="reflection:section:1")
    return opened.response.message if opened.response else panel


async def test_a_file_holds_the_post_and_its_owner_hears_what_must_go(wise: Wise) -> None:
    world = wise.world
    await said(wise, "They paid for the bus & a meal.")
    panel = await draft(world)
    given = await world.organiser.click(panel, label="As a web page")
    (file,) = given.response.attachments
    html = (await file.read()).decode()
    assert "They paid for the bus &amp; a meal." in html
    mine = await world.amina.slash(world.general, "wisdom mine")
    opened = await world.amina.click(mine.response.message, label="Open")
    asked = await world.amina.click(opened.response.message, label="Take it back")
    await world.amina.click(asked.response.message, label="Yes, delete my words")
    await world.env.advance_time(60)
    told = text_of(world.organiser.user.dm_channel.history()[-1])
    assert "Please take quote 1 out" in told
    assert "bus" not in told


async def test_notes_go_to_those_who_write_and_quotable_words_the_way_of_wisdom(
    wise: Wise,
) -> None:
    world = wise.world
    await world.plan()
    await world.env.advance_time(10 * 24 * 3600 + 6 * 3600)
    form = await world.amina.slash(world.general, "conversation note", conversation="who")
    done = await world.amina.submit_modal(
        form, {"whole": "The room was too hot.", "named": "unnamed", "quotable": "Ask us first."}
    )
    assert "nowhere is it kept who wrote that" in done.response.content
    assert "Are these your words?" in text_of(done.followups[-1].message)
    assert "Ask us first." not in await _words_kept(world)
    panel = await draft(world, conversation="who")
    shown = await world.organiser.click(panel, label="Notes")
    assert "The room was too hot." in text_of(shown.response.message)
    assert "amina" not in text_of(shown.response.message)


async def _words_kept(world: World) -> str:
    rows = await world.parts.wisdom.showing._means.db.all("SELECT words FROM quote_text")
    return "\n".join(row["words"] for row in rows)


async def test_the_morning_after_it_is_asked_how_it_was(wise: Wise) -> None:
    world = wise.world
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    panel = await world.amina.slash(world.general, "reminders")
    await world.amina.click(panel.response.message, label="Remind me by private message")
    await world.env.advance_time(12 * 24 * 3600)
    thanks = world.amina.user.dm_channel.history()[-1]
    assert "How was it?" in labels_of(thanks)
    form = await world.amina.user.click(thanks, label="How was it?")
    done = await world.amina.user.submit_modal(
        form, {"whole": "Good to be asked.", "named": "named", "quotable": ""}
    )
    assert "1 point is noted, with your name" in done.response.content
    notes = await world.parts.reflections.notes.of(ConversationId(1), by=world.as_organiser)
    assert [(each.point.words, each.noted_by) for each in notes] == [
        ("Good to be asked.", world.amina.id)
    ]


async def test_an_action_is_heard_of_first_by_those_behind_it_and_begins_the_next_reminder(
    wise: Wise,
) -> None:
    world = wise.world
    number = await said(wise, "Nobody told me why it ended.")
    await world.plan()
    added = await world.organiser.slash(
        world.general, "action add", what="Say why a service ends", quotes=f"#{number}"
    )
    assert "It began with 1 quote" in text_of(added.response.message)
    form = await world.organiser.click(added.response.message, label="Say how it stands")
    refused = await world.organiser.submit_modal(
        form, {"state": ["not_possible"], "reason": "", "due": ""}
    )
    assert "Please say why it is not possible" in refused.response.content
    form = await world.organiser.click(added.response.message, label="Say how it stands")
    await world.organiser.submit_modal(
        form, {"state": ["done"], "reason": "A letter goes out.", "due": "31 March"}
    )
    await world.env.advance_time(120)
    assert any(
        "What came of your words" in text_of(m) for m in world.amina.user.dm_channel.history()
    )
    listed = await world.chidi.slash(world.general, "action list")
    assert "**Say why a service ends**: done. A letter goes out." in text_of(
        listed.response.message
    )
    assert "Say how it stands" not in labels_of(listed.response.message)
    await world.env.advance_time(4 * 24 * 3600)
    reminder = text_of(world.reminders()[-1])
    assert reminder.index("You said, we did") < reminder.index("In ")


async def test_members_are_told_plainly_what_they_may_not(wise: Wise) -> None:
    world = wise.world
    for command, options in (
        ("reflections draft", {}),
        ("reflections publish", {"post": "x"}),
        ("reflections export", {"post": "x"}),
        ("action add", {"what": "x"}),
        ("action update", {"action": "x"}),
    ):
        shown = await world.amina.slash(world.general, command, **options)
        assert "Only organisers and moderators can" in shown.response.content, command


async def test_a_published_post_is_read_page_by_page_by_everybody(wise: Wise) -> None:
    world = wise.world
    for number in range(4):
        await said(wise, f"{number} " + "a long story " * 100)
    await publish(world, await draft(world))
    read = await world.chidi.slash(world.general, "reflections show", post="reflections")
    assert "Read on" in labels_of(read.response.message)
    assert "Publish it" not in labels_of(read.response.message)
    assert all("panel" not in each for each in custom_ids_of(read.response.message))
