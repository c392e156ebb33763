"""What members see when they press the buttons of a card."""

from datetime import timedelta

import pytest

from tests.discord.conftest import SPOKEN, labels_of, text_of

MISSING = "I can't find that conversation. It may be over, or have been removed."


async def test_a_card_says_when_where_to_press_and_how_many_never_who(world):
    card = await world.plan(description="Whose decision is it?", places=2)
    await world.amina.click(card, label="Sign up")

    card = await world.refreshed()

    assert SPOKEN in text_of(card)
    assert "1 coming, 1 place left" in text_of(card)
    assert "<t:1796306400:F>" in text_of(card)
    assert labels_of(card) == ["Sign up", "Maybe", "I can't make it", "My sign-up"]
    assert "amina" not in text_of(card)


async def test_a_person_signs_up_and_is_told_privately(world):
    card = await world.plan(places=1)

    pressed = await world.amina.click(card, label="Sign up")

    assert pressed.response.content.startswith(f"You have a place: **Who decides?**, {SPOKEN}.")
    assert pressed.ephemeral


async def test_a_full_conversation_has_a_waitlist_with_numbers(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")

    first = await world.bryn.click(card, label="Sign up")
    second = await world.chidi.click(card, label="Sign up")

    assert (
        "**Who decides?**\nIt is full, so you are on the waitlist: number 1"
        in first.response.content
    )
    assert "you are on the waitlist: number 2" in second.response.content
    assert "1 coming, full, 2 on the waitlist" in text_of(await world.refreshed())


@pytest.mark.parametrize(
    ("label", "again"),
    [
        ("Sign up", "You already have a place. Nothing has changed."),
        ("Maybe", "You are already down as maybe. Nothing has changed."),
        ("I can't make it", "You had already told us. Nothing has changed."),
    ],
)
async def test_pressing_twice_changes_nothing(world, label, again):
    card = await world.plan(places=1)
    await world.amina.click(card, label=label)

    pressed = await world.amina.click(card, label=label)

    assert pressed.response.content == f"**Who decides?**\n{again}"


async def test_waiting_twice_changes_nothing(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")

    pressed = await world.bryn.click(card, label="Sign up")

    assert pressed.response.content == (
        "**Who decides?**\nYou are already on the waitlist. Nothing has changed."
    )


async def test_maybe_keeps_no_place_and_says_so(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")

    pressed = await world.amina.click(card, label="Maybe")

    assert pressed.response.content == (
        "**Who decides?**\nYou are down as maybe. Your place is free for somebody else. "
        "A maybe keeps no place for you: press **Sign up** when you know."
    )
    assert "0 coming, 1 place left, 1 maybe" in text_of(await world.refreshed())


async def test_leaving_thanks_people_and_never_blames_them(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")

    waited = await world.bryn.click(card, label="I can't make it")
    went = await world.amina.click(card, label="I can't make it")

    assert waited.response.content == (
        "**Who decides?**\nThank you for letting us know. You are off the waitlist."
    )
    assert went.response.content == (
        "**Who decides?**\nThank you for letting us know. Your place is free for somebody else."
    )


@pytest.mark.simcord(check_errors=False)
async def test_an_old_card_after_the_start_answers_and_changes_nothing(world):
    await world.plan(places=1)
    shown = await world.amina.slash(world.general, "conversation show", conversation="who")
    card = shown.response.message
    await world.env.advance_time(timedelta(days=10, hours=5, minutes=30).total_seconds())

    pressed = await world.amina.click(card, custom_id="conversation:sign-up:1")

    assert pressed.response.content == "This conversation has already started."
    await world.env.advance_time(7200)
    pressed = await world.amina.click(card, custom_id="conversation:sign-up:1")
    assert pressed.response.content == "This conversation is over."
    assert await world.parts.sign_ups.of_member(world.network_id, world.amina.id) == []


async def test_a_private_card_is_drawn_anew_in_place(world):
    await world.plan(places=1)
    shown = await world.amina.slash(world.general, "conversation show", conversation="who dec")

    pressed = await world.amina.click(shown.response.message, label="Sign up")

    assert shown.ephemeral
    assert "1 coming, full" in text_of(pressed.response.message)
    assert pressed.followups[-1].content.startswith("You have a place")


async def test_my_conversations_say_how_i_stand(world):
    card = await world.plan(places=1)
    await world.bryn.click(card, label="Sign up")
    await world.amina.click(card, label="Sign up")
    other = await world.plan("What gets in the way?", "10 Dec 2pm")
    await world.amina.click(other, label="Maybe")

    mine = await world.amina.slash(world.general, "conversation mine")

    read = text_of(mine.response.message)
    assert "You are on the waitlist: number 1." in read
    assert "You are down as maybe, without a place." in read
    assert mine.ephemeral


async def test_somebody_without_sign_ups_is_shown_the_way(world):
    mine = await world.amina.slash(world.general, "conversation mine")

    assert "You have not signed up to anything" in text_of(mine.response.message)
    listed = await world.amina.click(mine.response.message, label="See what is ahead")
    assert "None is planned just now." in text_of(listed.response.message)


async def test_the_list_pages(world):
    for day in range(1, 12):
        await world.plan(f"Conversation {day}", f"{day} Dec 2pm")

    listed = await world.amina.slash(world.general, "conversation list")
    assert "Page 1 of 3" in text_of(listed.response.message)
    assert "Conversation 1" in text_of(listed.response.message)

    later = await world.amina.click(listed.response.message, label="Later")
    assert "Page 2 of 3" in text_of(later.response.message)
    assert "Conversation 6" in text_of(later.response.message)

    shown = await world.amina.click(later.response.message, custom_id="conversation:show:6")
    assert "Conversation 6" in text_of(shown.response.message)
    assert labels_of(shown.response.message) == [
        "Sign up",
        "Maybe",
        "I can't make it",
        "My sign-up",
    ]


async def test_a_conversation_is_picked_by_title_while_typing(world):
    await world.plan("Who decides?")
    await world.plan("What gets in the way?", "10 Dec 2pm")

    choices = await world.amina.autocomplete(
        world.general, "conversation show", "conversation", "WAY"
    )

    assert [choice["name"] for choice in choices] == [
        "What gets in the way? · Thursday 10 December 2026, 2:00pm UK time"
    ]
    shown = await world.amina.slash(
        world.general, "conversation show", conversation=choices[0]["value"]
    )
    assert "What gets in the way?" in text_of(shown.response.message)


async def test_suggestions_respect_discords_limits(world):
    for day in range(1, 29):
        await world.plan("x" * 100, f"{day} Dec 2pm" if day > 1 else "1 Dec 2pm")

    choices = await world.amina.autocomplete(
        world.general, "conversation show", "conversation", "x"
    )

    assert len(choices) == 25
    assert max(len(choice["name"]) for choice in choices) == 100


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "nothing like it",
            MISSING,
        ),
        ("999", MISSING),
        ("9" * 400, MISSING),
        ("wh", "2 conversations have that in their title. Please pick one from the list that"),
    ],
)
async def test_a_title_that_names_none_or_several(world, typed, words):
    await world.plan("Who decides?")
    await world.plan("What gets in the way?", "10 Dec 2pm")

    shown = await world.amina.slash(world.general, "conversation show", conversation=typed)

    assert shown.response.content.startswith(words)
    assert shown.ephemeral


async def test_what_one_person_signed_up_to_pages(world, db):
    async with db.write() as tx:
        await tx.run_many(
            """
            INSERT INTO conversation (network_id, title, starts_at, minutes, drafted_by,
                                      drafted_at, planned_at)
            VALUES (:network_id, :title, :starts_at, 90, 1, '2026-11-23T09:00:00Z',
                    '2026-11-23T09:00:00Z')
            """,
            [
                {
                    "network_id": world.network_id,
                    "title": f"Talk {number}",
                    "starts_at": f"2026-12-{number:02}T14:00:00Z",
                }
                for number in range(1, 10)
            ],
        )
        await tx.run(
            """
            INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at)
            SELECT id, :member_id, 'going', 1, '2026-11-23T09:00:00Z' FROM conversation
            """,
            {"member_id": world.amina.id},
        )

    shown = await world.amina.slash(world.general, "conversation mine")
    first = text_of(shown.response.message)
    assert "Talk 8" in first
    assert "Talk 9" not in first
    assert "Page 1 of 2" in first
    later = await world.amina.click(shown.response.message, label="Later")
    assert "Talk 9" in text_of(later.response.message)
    back = await world.amina.click(later.response.message, label="Earlier")
    assert "Talk 1" in text_of(back.response.message)
