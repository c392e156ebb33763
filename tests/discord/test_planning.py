"""How an organiser plans, reads back, changes and removes."""

import discord
import pytest

from bot.conversations.model import LONGEST_DESCRIPTION
from tests.discord.conftest import SPOKEN, labels_of, text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)


async def plan(world, who=None, **options):
    options = {"title": "Who decides?", "when": "3 Dec 2pm", **options}
    return await (who or world.organiser).slash(world.general, "organise plan", **options)


async def nothing_kept(db):
    rows = await db.all("SELECT id FROM conversation")
    return rows == []


async def test_a_plan_is_read_back_before_anybody_sees_it(world):
    shown = await plan(world, when="first Thursday of next month 2pm", places=12)

    read = text_of(shown.response.message)
    assert "Is this right?" in read
    assert SPOKEN in read
    assert "With 12 places." in read
    assert shown.ephemeral
    assert world.channel.history() == []
    assert labels_of(shown.response.message) == [
        "Plan it",
        "Change the date",
        "Change the rest",
        "Add more",
        "Throw it away",
    ]


async def test_discords_own_time_picker_is_understood(world):
    shown = await plan(world, when="<t:1796306400:F>")

    assert SPOKEN in text_of(shown.response.message)


async def test_a_date_is_read_day_first(world):
    shown = await plan(world, when="02/04 2pm")

    assert "Friday 2 April 2027, 2:00pm UK time" in text_of(shown.response.message)


async def test_pressing_plan_it_posts_the_card_and_says_where(world):
    shown = await plan(world)

    planned = await world.organiser.click(shown.response.message, label="Plan it")

    assert f"is planned for {SPOKEN}" in text_of(planned.response.message)
    assert f"I am posting it in <#{world.channel.id}>" in text_of(planned.response.message)
    assert "Who decides?" in text_of(world.card())


async def test_the_date_is_changed_with_a_button(world):
    shown = await plan(world)

    form = await world.organiser.click(shown.response.message, label="Change the date")
    changed = await world.organiser.submit_modal(form, {"when": "10 Dec 14:30"})

    assert "Thursday 10 December 2026, 2:30pm UK time" in text_of(changed.response.message)


@SAYS_NO
async def test_a_date_that_cannot_be_read_changes_nothing(world):
    shown = await plan(world)
    form = await world.organiser.click(shown.response.message, label="Change the date")

    refused = await world.organiser.submit_modal(form, {"when": "31 February 2pm"})

    assert refused.response.content.startswith("There is no 31 February 2027.")
    await world.organiser.click(shown.response.message, label="Plan it")
    assert SPOKEN in text_of(world.card())


async def test_the_rest_is_changed_with_a_form(world):
    shown = await plan(world, places=5)

    form = await world.organiser.click(shown.response.message, label="Change the rest")
    changed = await world.organiser.submit_modal(
        form,
        {"title": "Whose plan?", "description": "Bring tea.", "minutes": "60", "places": ""},
    )

    read = text_of(changed.response.message)
    assert "Whose plan?" in read
    assert "Bring tea." in read
    assert "for 1 hour" in read
    assert "With no limit on places." in read


async def test_a_draft_is_thrown_away(world, db):
    shown = await plan(world)

    await world.organiser.click(shown.response.message, label="Throw it away")

    assert await nothing_kept(db)


@SAYS_NO
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"title": "x" * 101}, "The title is 101 characters long. Please shorten it to 100"),
        ({"title": "x" * 5000}, "The title is 5,000 characters long. Please shorten it to 100"),
        ({"title": "\u200b\u200b"}, "The title needs at least one letter or number"),
        ({"title": "\u202e\u2066"}, "The title needs at least one letter or number"),
        ({"title": "\u3164"}, "The title needs at least one letter or number"),
        ({"when": "yesterday 2pm"}, "Sunday 22 November 2026, 2:00pm UK time has already gone."),
        ({"when": "31 February 2pm"}, "There is no 31 February 2027."),
        ({"when": "02/04"}, "I read that as Friday 2 April 2027. What time does it start?"),
        ({"when": "28 Mar 2027 01:30"}, "There is no 1:30am on Sunday 28 March 2027: the clocks"),
        ({"when": "31 Oct 2027 01:30"}, "1:30am on Sunday 31 October 2027 comes twice"),
        ({"when": "3 Dec 2031 2pm"}, "Wednesday 3 December 2031, 2:00pm UK time is more than two"),
        ({"when": "x" * 5000}, "That is too long for a date."),
        ({"places": 0}, "The number of places must be a whole number from 1 to 10,000."),
        ({"places": -1}, "The number of places must be a whole number from 1 to 10,000."),
        ({"places": 10_000_000}, "The number of places must be a whole number from 1 to 10,000."),
        ({"length": 5}, "The length in minutes must be a whole number from 15 to 720."),
        (
            {"description": "x" * (LONGEST_DESCRIPTION + 1)},
            "The description is 1,001 characters long. Please shorten it to 1,000",
        ),
    ],
)
async def test_what_cannot_be_used_is_said_plainly_and_nothing_is_kept(world, db, options, words):
    refused = await plan(world, **options)

    assert refused.response.content.startswith(words)
    assert refused.ephemeral
    assert await nothing_kept(db)


async def test_the_hour_that_comes_twice_in_the_autumn_that_is_ahead(world):
    shown = await plan(world, when="31 Oct 2027 02:30")

    assert "2:30am UK time" in text_of(shown.response.message)


async def test_titles_show_as_typed_and_ping_nobody(world):
    title = "# @everyone **free** [tea](http://x.org) <@1> ||spoiler|| `code`"

    card = await world.plan(title)

    assert "## \\# @everyone \\*\\*free\\*\\*" in text_of(card)
    assert "\\[tea](http" in text_of(card)
    assert "\\<@1>" in text_of(card)
    assert "\\|\\|spoiler\\|\\|" in text_of(card)
    sent = [entry for entry in world.env.http_requests if entry.method == "POST"]
    for entry in sent:
        mentions = (entry.json or {}).get("allowed_mentions")
        if "/messages" in entry.path:
            assert mentions == {"parse": []}


async def test_headings_lists_and_mentions_in_a_description_stay_text(world):
    card = await world.plan(description="# big\n- one\n1. two\n-# small\n> quoted\n<#5> </help:1>")

    read = text_of(card)
    assert "\\# big" in read
    assert "\\- one" in read
    assert "1\\. two" in read
    assert "\\-# small" in read
    assert "\\<#5> \\</help:1>" in read


async def test_right_to_left_titles_and_emoji_are_kept(world):
    card = await world.plan("من يقرر؟ 👩‍👩‍👧")

    assert "من يقرر؟ 👩‍👩‍👧" in text_of(card)


@SAYS_NO
async def test_members_cannot_run_an_organisers_command(world, db):
    refused = await plan(world, who=await _seeing(world))

    assert refused.response.content == (
        "Only organisers can plan a conversation. If that should be you, ask somebody who runs "
        "this server for the organisers' role."
    )
    assert await nothing_kept(db)


async def _seeing(world):
    """Somebody to whom Discord shows the organisers' commands, and who is not one."""
    role = world.server.create_role("Helper", permissions=discord.Permissions(manage_events=True))
    return world.server.add_member(world.env.create_user("dilys"), roles=[role])


@SAYS_NO
@pytest.mark.parametrize(
    "custom_id",
    [
        "conversation:plan:1",
        "conversation:change-date:1",
        "conversation:change-words:1",
        "conversation:throw-away:1",
    ],
)
async def test_a_draft_is_for_organisers_even_if_a_button_gets_out(world, custom_id):
    shown = await plan(world)
    with world.env.time_context():
        member = await world.bot.get_guild(world.server.id).fetch_member(world.organiser.id)
        await member.remove_roles(*member.roles[1:])
    await world.env.settle()

    pressed = await world.organiser.click(shown.response.message, custom_id=custom_id)

    assert pressed.response.content.startswith("Only organisers can")
    assert world.channel.history() == []


async def test_more_places_move_people_up_and_the_organiser_hears_how_many(world):
    card = await world.plan(places=1)
    for person in (world.amina, world.bryn, world.chidi):
        await person.click(card, label="Sign up")

    form = await world.organiser.slash(world.general, "organise edit", conversation="who")
    saved = await world.organiser.submit_modal(
        form, {"title": "Who decides?", "minutes": "90", "places": "3"}
    )

    assert saved.response.content == (
        "Saved. 2 people moved up from the waitlist and will be told."
    )
    assert "3 coming, full" in text_of(await world.refreshed())


async def test_fewer_places_take_nobodys_away(world):
    card = await world.plan(places=3)
    for person in (world.amina, world.bryn, world.chidi):
        await person.click(card, label="Sign up")

    form = await world.organiser.slash(world.general, "organise edit", conversation="who")
    saved = await world.organiser.submit_modal(
        form, {"title": "Who decides?", "minutes": "90", "places": "1"}
    )

    assert saved.response.content == (
        "Saved. 3 are coming, which is 2 more than there are places now. Nobody loses their "
        "place; new people wait."
    )
    assert "3 coming, full" in text_of(await world.refreshed())


@SAYS_NO
async def test_a_conversation_that_people_answered_is_not_removed(world):
    card = await world.plan()
    asked = await world.organiser.slash(world.general, "organise remove", conversation="who")
    await world.amina.click(card, label="Maybe")

    again = await world.organiser.slash(world.general, "organise remove", conversation="who")
    assert again.response.content.startswith("1 person has answered, and would not hear")
    refused = await world.organiser.click(asked.response.message, label="Yes, remove it")

    assert refused.response.content.startswith(
        "1 person has answered, and would not hear that it is gone. So I have kept it."
    )
    assert "Who decides?" in text_of(world.card())


@SAYS_NO
async def test_two_organisers_editing_at_once(world):
    await world.plan(places=1)
    first = await world.organiser.slash(world.general, "organise edit", conversation="who")
    second = await world.manager.slash(world.general, "organise edit", conversation="who")
    await world.organiser.submit_modal(
        first, {"title": "Who decides?", "minutes": "90", "places": "20"}
    )

    refused = await world.manager.submit_modal(
        second, {"title": "Who really decides?", "minutes": "90", "places": "1"}
    )

    assert refused.response.content.startswith(
        "Somebody else changed this conversation while you were writing, so I have saved nothing "
        "of yours. This is what they changed:\n- Places: 1, now 20\nIf you still want to change it"
    )
    assert "Who really decides?" in refused.response.content, "and is given back"
    assert "20 places left" in text_of(await world.refreshed())


@SAYS_NO
async def test_an_edit_is_refused_with_the_new_date_after_a_move_in_the_meantime(world):
    await world.plan()
    form = await world.organiser.slash(world.general, "organise edit", conversation="who")
    more = await world.organiser.slash(
        world.general,
        "organise edit",
        conversation="who",
        what="questions, access and deadline",
    )
    shown = await world.manager.slash(
        world.general, "organise move", conversation="who", when="10 Dec 14:30"
    )
    await world.manager.click(shown.response.message, label="Move it")
    moved = f"- Starts: {SPOKEN}, now Thursday 10 December 2026, 2:30pm UK time"

    refused = await world.organiser.submit_modal(form, {"title": "Bring tea", "minutes": "90"})
    again = await world.organiser.submit_modal(more, {"content_note": "Hospital stays"})

    assert moved in refused.response.content
    assert "Bring tea" in refused.response.content, "and is given back"
    assert moved in again.response.content
    assert "Hospital stays" in again.response.content, "and is given back"
    assert "Bring tea" not in text_of(await world.refreshed())


@SAYS_NO
async def test_every_field_that_somebody_else_changed_is_named_as_it_was_typed(world):
    await world.plan()
    first = await world.organiser.slash(world.general, "organise edit", conversation="who")
    second = await world.manager.slash(world.general, "organise edit", conversation="who")
    theirs = {
        "title": "Who *really* decides?",
        "description": "Line one.\nLine two.",
        "minutes": "60",
        "places": "8",
        "join_link": "https://example.org/join",
    }
    mine = {"title": "m" * 100, "description": "d" * 900, "minutes": "45", "places": "9"}
    await world.organiser.submit_modal(first, theirs)

    refused = await world.manager.submit_modal(second, mine)

    lines = [line for line in refused.response.content.splitlines() if line.startswith("- ")]
    assert lines == [
        "- Title: “Who decides?”, now “Who \\*really\\* decides?”",
        "- Description: none, now “Line one. Line two.”",
        "- Length: 1 hour 30 minutes, now 1 hour",
        "- Places: no limit, now 8",
        "- Link to join: none, now https://example.org/join",
    ]


@SAYS_NO
async def test_what_was_written_is_given_back_whole_beside_a_long_list_of_changes(world):
    await world.plan(title="*" * 100, description="*" * 900)
    first = await world.organiser.slash(world.general, "organise edit", conversation="1")
    second = await world.manager.slash(world.general, "organise edit", conversation="1")
    theirs = {"title": "_" * 100, "description": "_" * 900, "minutes": "60"}
    mine = {"title": "m" * 100, "description": "d" * 900, "minutes": "45"}
    await world.organiser.submit_modal(first, theirs)

    refused = await world.manager.submit_modal(second, mine)

    (kept,) = refused.followups
    assert "_" * 10 not in kept.content
    assert "m" * 100 in kept.content
    assert "d" * 900 in kept.content
    assert kept.flags.ephemeral
