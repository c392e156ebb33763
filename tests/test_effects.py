"""What ought to be on Discord beside the card, by the rules: list entries, threads, roles."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import prose
from bot.client import CoproductionBot
from bot.conversations.model import LONGEST_DESCRIPTION, Conversation
from bot.conversations.model.effects import (
    PATIENCE,
    InList,
    ListEntry,
    ListState,
    OpenThread,
)
from bot.conversations.service.threads import KEPT_OPEN
from bot.errors import Closed, Invalid, Unavailable
from bot.ids import ChannelId, ConversationId, ListEntryId, MemberId, RoleId, ThreadId
from bot.network.model import Duty
from bot.troubles.model import ABOUT_LIST, Trouble
from cogs.conversations.effects.every import Effects
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, MANAGER, NOW
from tests.fakes import details, planned, sign_up

LINK = "https://discord.com/channels/1/2/3"
HOUR = timedelta(hours=1)


def conversation(description: str = "Bring a friend.") -> Conversation:
    return Conversation(
        id=ConversationId(1),
        network_id=HOME,
        details=details(description=description),
        starts_at=NOW + 48 * HOUR,
        drafted_by=MemberId(90),
        is_planned=True,
        going=0,
        maybe=0,
        waiting=0,
    )


def in_list(of: Conversation, channel_id: ChannelId | None = None) -> InList:
    return InList.of(of, sign_up=LINK, channel_id=channel_id, location="See its card")


def entry(wrote: InList, **rest: Any) -> ListEntry:
    kept = ListEntry(
        conversation_id=ConversationId(1),
        network_id=HOME,
        entry_id=ListEntryId(7),
        state=ListState.KEPT,
        wrote=wrote,
        is_written=True,
        stands=wrote,
        asked=0,
        asked_at=None,
    )
    return replace(kept, **rest)


@given(st.text(max_size=LONGEST_DESCRIPTION).map(str.strip))
def test_any_description_fits_the_list_with_the_way_to_sign_up(text: str) -> None:
    shown = in_list(conversation(text))

    assert len(shown.description) <= 1000
    assert shown.description.endswith(LINK)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=500).map(prose.tidy))
def test_somebodys_words_are_told_from_the_line_about_signing_up(text: str) -> None:
    of = conversation(text)

    assert in_list(of).own_words == of.details.description


def test_a_place_in_a_channel_needs_no_words() -> None:
    assert in_list(conversation(), ChannelId(5)).location == ""


def test_only_what_was_changed_by_hand_is_taken_over() -> None:
    of = conversation()
    wrote = in_list(of)
    longer = replace(wrote, name="Who should?", ends_at=of.starts_at + 2 * HOUR)

    used = entry(wrote, stands=longer).as_details(of.details)

    assert used == replace(of.details, title="Who should?", minutes=120)


def test_another_start_alone_changes_no_details() -> None:
    of = conversation()
    wrote = in_list(of)
    later = replace(wrote, starts_at=of.starts_at + HOUR, ends_at=of.ends_at + HOUR)

    assert entry(wrote, stands=later).as_details(of.details) == of.details


def test_a_length_that_no_conversation_has_is_refused() -> None:
    of = conversation()
    wrote = in_list(of)
    endless = replace(wrote, ends_at=of.starts_at + 100 * HOUR)

    with pytest.raises(Invalid, match="length in minutes must be a whole number from 15 to 720"):
        entry(wrote, stands=endless).as_details(of.details)


def test_what_we_wrote_or_may_have_written_is_ours() -> None:
    old, new = in_list(conversation()), in_list(conversation("Bring two."))
    half_written = entry(new, stands=old, is_written=False)

    assert half_written.is_ours(old)
    assert half_written.is_ours(new)
    assert not half_written.is_ours(replace(new, name="Nonsense"))
    assert not half_written.says(new)


def test_an_answer_counts_for_the_question_it_was_asked_with() -> None:
    asked = entry(in_list(conversation()), state=ListState.CHANGED, asked=2, asked_at=NOW)

    asked.must_wait_for(ListState.CHANGED, 2)
    for state, number in ((ListState.CHANGED, 1), (ListState.DELETED, 2)):
        with pytest.raises(Closed, match="That has been settled in the meantime"):
            asked.must_wait_for(state, number)
    assert not asked.has_waited_enough(NOW + PATIENCE - timedelta(seconds=1))
    assert asked.has_waited_enough(NOW + PATIENCE)


async def test_an_entry_comes_back_as_it_was_saved(parts):
    of = await planned(parts)
    kept = entry(in_list(of, ChannelId(5)), state=ListState.CHANGED, asked=3, asked_at=NOW)

    await parts.events_list.save(kept, was=None)

    assert (await parts.events_list.mirrored(of.id)).entry == kept
    assert await parts.events_list.of_entry(HOME, ListEntryId(7)) == of.id
    assert await parts.events_list.of_entry(AWAY, ListEntryId(7)) is None


async def test_an_entry_that_somebody_answered_for_meanwhile_is_not_overwritten(parts):
    of = await planned(parts)
    first = entry(in_list(of))
    await parts.events_list.save(first, was=None)
    answered = replace(first, state=ListState.OFF)
    await parts.events_list.save(answered, was=first)

    with pytest.raises(Unavailable):
        await parts.events_list.save(replace(first, is_written=False), was=first)
    with pytest.raises(Unavailable):
        await parts.events_list.was_deleted(of, first)

    assert (await parts.events_list.mirrored(of.id)).entry == answered
    assert await parts.notices.next_due() is None


async def test_a_trouble_is_told_once_until_it_has_worked_in_between(parts, db):
    of = await planned(parts)
    other = await planned(parts, title="What gets in the way?", when="10 Dec 2026 2pm")

    await parts.events_list.is_not_possible(of, Trouble.LIST_FULL)
    await parts.events_list.is_not_possible(of, Trouble.LIST_FULL)
    await parts.events_list.is_not_possible(other, Trouble.LIST_FULL)
    assert await parts.troubles.of_network(HOME) == [Trouble.LIST_FULL]
    assert await parts.troubles.of_network(AWAY) == []
    await parts.troubles.are_over(HOME, ABOUT_LIST)
    assert await parts.troubles.of_network(HOME) == []
    await parts.events_list.is_not_possible(of, Trouble.LIST_FULL)

    rows = await db.all("SELECT conversation_id, member_id FROM notice ORDER BY id")
    assert [tuple(row) for row in rows] == [(of.id, 90), (of.id, 90)]


async def test_everybody_coming_anywhere_ought_to_carry_the_role_until_the_last_is_over(
    parts, clock, db
):
    first = await planned(parts, places=1)
    second = await planned(parts, title="What gets in the way?", when="10 Dec 2026 2pm")
    await sign_up(parts, first, AMINA, BRYN)  # Bryn waits
    await sign_up(parts, second, AMINA)
    await parts.sign_ups.maybe(second.id, HOME, CHIDI)
    assert await parts.attendees.ought_to_carry(HOME) == [AMINA]
    assert await parts.attendees.ought_to_carry(AWAY) == []

    await parts.sign_ups.leave(first.id, HOME, AMINA)
    assert await parts.attendees.ought_to_carry(HOME) == [AMINA, BRYN]
    clock.advance(seconds=(first.ends_at - clock.now()).total_seconds() - 1)
    assert await parts.attendees.ought_to_carry(HOME) == [AMINA, BRYN]
    clock.advance(seconds=1)
    assert await parts.attendees.ought_to_carry(HOME) == [AMINA]

    async with db.write() as tx:
        await tx.run("UPDATE sign_up SET wants_role = 0")
    assert await parts.attendees.ought_to_carry(HOME) == []


async def test_a_guest_carries_no_role(parts, db):
    of = await planned(parts)
    async with db.write() as tx:
        await tx.run(
            """
            INSERT INTO guest (conversation_id, name, looked_after_by, added_by, added_at)
            VALUES (:id, 'Gwen', 1, 90, '2026-11-23T09:00:00Z')
            """,
            {"id": of.id},
        )
        await tx.run(
            """
            INSERT INTO sign_up (conversation_id, guest_id, state, number, answered_at)
            VALUES (:id, 1, 'going', 1, '2026-11-23T09:00:00Z')
            """,
            {"id": of.id},
        )

    assert await parts.attendees.ought_to_carry(HOME) == []


async def test_the_attendee_role_is_chosen_beside_the_duties_and_can_be_none(parts):
    networks = parts.networks
    await networks.choose_role(Duty.ORGANISER, RoleId(5), by=MANAGER)
    with pytest.raises(Invalid, match="That is the role of organisers or moderators"):
        await networks.choose_attendee_role(RoleId(5), by=MANAGER)

    await networks.choose_attendee_role(RoleId(6), by=MANAGER)
    assert (await networks.get(HOME)).attendee_role == 6
    assert (await networks.get(HOME)).roles == {Duty.ORGANISER: 5}
    assert await networks.with_attendee_role() == [HOME]
    await networks.choose_attendee_role(None, by=MANAGER)
    assert (await networks.get(HOME)).attendee_role is None
    assert await networks.with_attendee_role() == []


async def test_a_thread_is_for_the_archive_a_week_after_the_end(parts, clock):
    of = await planned(parts)
    kept = OpenThread(conversation_id=of.id, network_id=HOME, thread_id=ThreadId(9), name=of.title)
    await parts.threads.remember(kept)
    due = of.ends_at + KEPT_OPEN
    assert await parts.threads.next_archive() == due
    assert await parts.threads.of_thread(HOME, ThreadId(9)) == of.id
    assert await parts.threads.of_thread(AWAY, ThreadId(9)) is None

    assert not parts.threads.is_for_archive(of)
    clock.advance(seconds=(due - clock.now()).total_seconds())
    assert parts.threads.is_for_archive(of)
    assert await parts.threads.next_archive() is None, "from now on it is the sweep's"
    assert of.id in await parts.threads.to_look_at()
    await parts.threads.remember(replace(kept, is_archived=True))
    assert of.id not in await parts.threads.to_look_at()


def test_instants_in_the_list_are_whole_and_aware() -> None:
    shown = in_list(conversation())

    assert isinstance(shown.ends_at, datetime)
    assert shown.ends_at.utcoffset() == timedelta(0)
    assert shown.minutes == 90


@pytest.mark.parametrize("stops_first", [False, True])
async def test_news_of_the_moment_the_bot_stops_is_left_to_its_next_start(parts, stops_first):
    effects = Effects(CoproductionBot(parts))
    effects.listen()
    stopping = asyncio.ensure_future(effects.stop()) if stops_first else None
    await asyncio.sleep(0)

    effects.entry_was_touched(HOME, ListEntryId(7))
    effects.thread_is_gone(HOME, ThreadId(8))
    effects.look_at(ConversationId(1))
    effects.look_around()
    await (stopping or effects.stop())

    # Work that was made and never begun would be told of as a warning, which fails a test.
    assert asyncio.all_tasks() == {asyncio.current_task()}
