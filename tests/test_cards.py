"""Which message shows which conversation, and which ones need another look."""

from dataclasses import replace

import pytest

from bot.client import Services
from bot.conversations.model import Conversation, Posted
from bot.conversations.service.cards import LOOK_BACK
from bot.ids import ChannelId, MessageId
from tests.conftest import AWAY, HOME, ORGANISER, FakeClock
from tests.fakes import details, planned


def card_of(conversation: Conversation, message: int = 500) -> Posted:
    return Posted(
        conversation_id=conversation.id,
        network_id=conversation.network_id,
        channel_id=ChannelId(70),
        message_id=MessageId(message),
        shows="abc",
    )


async def test_a_conversation_without_a_card_is_shown_as_such(parts: Services) -> None:
    conversation = await planned(parts)
    assert await parts.cards.shown(conversation.id) == (conversation, None)
    assert await parts.cards.to_look_at() == [conversation.id]
    assert await parts.cards.count_missing(HOME) == 1


async def test_the_newest_card_is_remembered(parts: Services) -> None:
    conversation = await planned(parts)
    await parts.cards.remember(card_of(conversation))
    newest = card_of(conversation, message=501)
    await parts.cards.remember(newest)
    assert await parts.cards.shown(conversation.id) == (conversation, newest)
    assert await parts.cards.count_missing(HOME) == 0


async def test_a_card_outlives_its_conversation_until_its_message_is_gone(
    parts: Services,
) -> None:
    conversation = await planned(parts)
    await parts.cards.remember(card_of(conversation))
    await parts.planning.remove(conversation.id, by=ORGANISER)
    assert await parts.cards.shown(conversation.id) == (None, card_of(conversation))
    assert await parts.cards.to_look_at() == [conversation.id]
    await parts.cards.forget(conversation.id)
    assert await parts.cards.shown(conversation.id) == (None, None)
    assert await parts.cards.to_look_at() == []


async def test_a_card_forgotten_is_missing_again(parts: Services) -> None:
    conversation = await planned(parts)
    await parts.cards.remember(card_of(conversation))
    await parts.cards.forget(conversation.id)
    assert await parts.cards.count_missing(HOME) == 1


async def test_a_card_is_looked_at_for_two_days_after_the_start(
    parts: Services, clock: FakeClock
) -> None:
    conversation = await planned(parts, when="today 9:30am")
    await parts.cards.remember(card_of(conversation))
    clock.advance(minutes=30, seconds=LOOK_BACK.total_seconds() - 1)
    assert await parts.cards.to_look_at() == [conversation.id]
    clock.advance(seconds=1)
    assert await parts.cards.to_look_at() == []


async def test_missing_cards_are_counted_for_one_network_and_for_what_is_ahead(
    parts: Services, clock: FakeClock
) -> None:
    await planned(parts, by=replace(ORGANISER, network_id=AWAY))
    await planned(parts, when="today 9:30am")
    await parts.planning.draft(details(), "today 5pm", by=ORGANISER)
    assert await parts.cards.count_missing(HOME) == 1
    clock.advance(minutes=30)
    assert await parts.cards.count_missing(HOME) == 0
    assert await parts.cards.count_missing(AWAY) == 1


async def test_the_next_change_is_the_next_start_or_end_of_what_is_planned(
    parts: Services, clock: FakeClock
) -> None:
    assert await parts.cards.next_change() is None
    await parts.planning.draft(details(), "today 9:10am", by=ORGANISER)
    assert await parts.cards.next_change() is None
    first = await planned(parts, when="today 9:30am")
    second = await planned(parts, when="today 10:30am")
    for expected in (first.starts_at, second.starts_at, first.ends_at, second.ends_at):
        change = await parts.cards.next_change()
        assert change == expected
        clock.advance(seconds=(expected - clock.now()).total_seconds())
    assert await parts.cards.next_change() is None


@pytest.mark.parametrize("minutes", [15, 720])
async def test_the_end_of_the_shortest_and_the_longest_is_a_change(
    parts: Services, clock: FakeClock, minutes: int
) -> None:
    draft = await parts.planning.draft(
        replace(details(), minutes=minutes), "today 9:30am", by=ORGANISER
    )
    conversation = await parts.planning.plan(draft.id, by=ORGANISER)
    clock.advance(minutes=30 + minutes, seconds=-1)
    assert await parts.cards.next_change() == conversation.ends_at
