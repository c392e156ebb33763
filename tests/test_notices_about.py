"""Notices about other things than conversations: the same promises, and no conversation needed."""

import pytest

from bot.client import Services
from bot.errors import NotFound, Unavailable
from bot.ids import MemberId, NoticeId
from bot.notices.model import HOLDS_BACK_FOR, SUBJECTS, NoticeKind, Subject
from bot.storage.database import Database
from tests.conftest import AMINA, BRYN, HOME, FakeClock
from tests.fakes import BrokenMessenger, RecordingMessenger, RemindingMessenger, planned

QUOTE, OTHER = NoticeKind.LIST_TROUBLE, NoticeKind.PLACE_CAME_UP


@pytest.fixture(autouse=True)
def one_kind_is_about_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SUBJECTS, QUOTE, Subject.QUOTE)


async def owe(
    parts: Services, db: Database, kind: NoticeKind, about: int, *people: MemberId, number: int = 1
) -> None:
    async with db.write() as tx:
        await parts.networks.must_exist(tx, HOME)
        await parts.notices.owe(
            tx,
            kind,
            network_id=HOME,
            about=about,
            people=[(person, number) for person in people],
            due_at=parts.clock.now(),
        )


async def states(db: Database) -> list[tuple[str, int, str]]:
    rows = await db.all("SELECT kind, member_id, state FROM notice ORDER BY id")
    return [(row["kind"], row["member_id"], row["state"]) for row in rows]


async def test_a_notice_about_a_quote_needs_no_conversation(parts: Services, db: Database) -> None:
    await owe(parts, db, QUOTE, 41, AMINA)
    messenger = RemindingMessenger(parts)

    assert await parts.notices.deliver_due(messenger) == 1

    (notice,) = messenger.asked
    assert (notice.kind.about, notice.about_id) == (Subject.QUOTE, 41)
    with pytest.raises(LookupError, match="is not about a conversation"):
        _ = notice.conversation_id
    row = await db.only("SELECT about, about_id, conversation_id FROM notice")
    assert tuple(row) == ("quote", 41, None)


async def test_a_button_about_a_quote_is_no_button_about_a_conversation(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    await owe(parts, db, QUOTE, 41, AMINA)
    await owe(parts, db, OTHER, conversation.id, AMINA)
    assert (await parts.notices.of_member(NoticeId(1), AMINA, about=Subject.QUOTE)).about_id == 41
    assert (await parts.notices.of_member(NoticeId(2), AMINA)).conversation_id == conversation.id

    for notice_id, about in ((1, Subject.CONVERSATION), (2, Subject.QUOTE), (1, Subject.PRACTICE)):
        with pytest.raises(NotFound, match="I can't find what that button was for"):
            await parts.notices.of_member(NoticeId(notice_id), AMINA, about=about)


async def test_one_that_fails_holds_back_only_what_is_about_the_same(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts)
    await owe(parts, db, QUOTE, conversation.id, AMINA)
    await parts.notices.deliver_due(BrokenMessenger(Unavailable()))  # once is enough for it to wait
    assert HOLDS_BACK_FOR > 1
    await owe(parts, db, QUOTE, conversation.id, AMINA, number=2)
    await owe(parts, db, OTHER, conversation.id, AMINA)
    messenger = RecordingMessenger()

    await parts.notices.deliver_due(messenger)
    assert [notice.kind for notice in messenger.asked] == [OTHER]

    for _ in range(2):
        clock.advance(minutes=5)
        await parts.notices.deliver_due(messenger)
    assert [notice.occurrence for notice in messenger.asked[1:]] == [1, 2]


async def test_what_is_held_back_is_not_due_again_and_again(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    """Else the clock would beat without a pause until the one before it is tried again."""
    conversation = await planned(parts)
    await owe(parts, db, OTHER, conversation.id, AMINA)
    await parts.notices.deliver_due(BrokenMessenger(Unavailable()))
    retry_at = await parts.notices.next_due()
    assert retry_at is not None
    assert retry_at > clock.now()

    await owe(parts, db, OTHER, conversation.id, AMINA, number=2)
    assert await parts.notices.next_due() == retry_at
    await owe(parts, db, OTHER, conversation.id, BRYN)
    assert await parts.notices.next_due() == clock.now()


async def test_what_is_no_longer_owed_about_one_thing_is_still_owed_about_another(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)  # its id is the quote's as well
    for kind in (QUOTE, OTHER):
        await owe(parts, db, kind, conversation.id, AMINA, BRYN)

    async with db.write() as tx:
        await parts.notices.drop(tx, conversation.id, AMINA, "they gave the place up")
        await parts.notices.drop_of_members(tx, conversation.id, [QUOTE], [BRYN], "they said no")
    assert await states(db) == [
        (QUOTE, AMINA, "owed"),
        (QUOTE, BRYN, "dropped"),
        (OTHER, AMINA, "dropped"),
        (OTHER, BRYN, "owed"),
    ]

    async with db.write() as tx:
        await parts.notices.drop_all(tx, conversation.id, "it was cancelled")
    assert await states(db) == [
        (QUOTE, AMINA, "owed"),
        (QUOTE, BRYN, "dropped"),
        (OTHER, AMINA, "dropped"),
        (OTHER, BRYN, "dropped"),
    ]

    async with db.write() as tx:
        await parts.notices.drop_all(tx, conversation.id, "it was withdrawn", of=Subject.QUOTE)
    assert {state for _, _, state in await states(db)} == {"dropped"}


async def test_dropping_one_kind_drops_it_about_its_own_thing(
    parts: Services, db: Database
) -> None:
    await owe(parts, db, QUOTE, 41, AMINA)
    await owe(parts, db, QUOTE, 42, AMINA)
    async with db.write() as tx:
        await parts.notices.drop_all(tx, 41, "it was withdrawn", of=QUOTE)
    assert await states(db) == [(QUOTE, AMINA, "dropped"), (QUOTE, AMINA, "owed")]
