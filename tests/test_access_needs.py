"""Access needs: told with consent, read by the hosts, and forgotten in time."""

from pathlib import Path

import aiosqlite
import pytest

from bot.client import Services
from bot.conversations.model import Conversation, Look, Need, Needs
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import MemberId
from bot.people import Person
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, HOME, ORGANISER, FakeClock
from tests.fakes import planned, sign_up

WORDS = "zebrafinch"
NEEDS = Needs(kinds=(Need.CAPTIONS, Need.BREAKS), words=f"A seat by the {WORDS}")
OTHER = Person(network_id=HOME, member_id=MemberId(92), is_organiser=True)


async def tell(
    parts: Services,
    conversation: Conversation,
    needs: Needs = NEEDS,
    *,
    consents: bool = True,
    remember: bool = False,
    member: MemberId = AMINA,
) -> None:
    await parts.access_needs.tell(
        conversation.id, HOME, member, needs, consents=consents, remember=remember
    )


async def told(parts: Services, conversation: Conversation) -> list[Needs]:
    everybody = await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)
    return [each.needs for each in everybody.people]


async def answered(parts: Services) -> Conversation:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN)
    return conversation


async def in_the_files(path: Path) -> bool:
    files = [path, path.with_name(path.name + "-wal")]
    return any(WORDS.encode() in file.read_bytes() for file in files if file.exists())


async def test_needs_are_kept_only_with_a_tick(parts: Services, db: Database) -> None:
    conversation = await answered(parts)

    with pytest.raises(Invalid, match="only if you tick that the hosts may see it"):
        await tell(parts, conversation, consents=False)
    assert await db.all("SELECT 1 FROM access_need") == []
    await tell(parts, conversation)

    assert await told(parts, conversation) == [NEEDS]


async def test_sending_nothing_takes_it_back_without_a_tick(parts: Services) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation)

    await tell(parts, conversation, Needs(), consents=False)

    assert await told(parts, conversation) == []


async def test_what_is_remembered_fills_in_the_next_form_and_is_told_to_nobody(
    parts: Services,
) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation, remember=True)
    later = await planned(parts, when="7 Jan 2027 2pm")
    await sign_up(parts, later, AMINA)

    mine = await parts.access_needs.mine(later.id, HOME, AMINA)

    assert mine.to_begin_with == NEEDS
    assert await told(parts, later) == []
    await tell(parts, later)  # no longer ticked
    again = await parts.access_needs.mine(conversation.id, HOME, AMINA)
    assert again.remembered.is_nothing


async def test_forgetting_needs_no_consent(parts: Services) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation, remember=True)

    with pytest.raises(Invalid):
        await tell(parts, conversation, consents=False, remember=False)

    mine = await parts.access_needs.mine(conversation.id, HOME, AMINA)
    assert mine.remembered.is_nothing


@pytest.mark.parametrize("how", ["leaves", "is taken off", "cancelled"])
async def test_whoever_does_not_come_needs_nothing(parts: Services, db: Database, how: str) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation)

    if how == "leaves":
        await parts.sign_ups.leave(conversation.id, HOME, AMINA)
    elif how == "is taken off":
        await parts.people.take_off(conversation.id, AMINA, "A reason.", by=ORGANISER)
    else:
        await parts.changing.cancel(conversation.id, "A reason.", by=ORGANISER)

    assert await db.all("SELECT 1 FROM access_need") == []


async def test_a_maybe_keeps_them(parts: Services) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation)

    await parts.sign_ups.maybe(conversation.id, HOME, AMINA)

    assert await told(parts, conversation) == [NEEDS]


async def test_only_hosts_may_look_and_each_look_is_written_down(
    parts: Services, db: Database
) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation)
    member = Person(network_id=HOME, member_id=BRYN)
    stranger = Person(network_id=AWAY, member_id=ORGANISER.member_id, is_organiser=True)

    with pytest.raises(NotAllowed, match="Only the hosts"):
        await parts.access_needs.look(conversation.id, Look.LIST, by=OTHER)
    with pytest.raises(NotAllowed, match="Only organisers can see access needs"):
        await parts.access_needs.look(conversation.id, Look.LIST, by=member)
    with pytest.raises(NotFound, match="can't find that conversation"):
        await parts.access_needs.look(conversation.id, Look.LIST, by=stranger)
    assert await db.all("SELECT 1 FROM look_at_needs") == []
    await parts.access_needs.look(conversation.id, Look.FILE, by=ORGANISER)

    rows = await db.all("SELECT looked_by, how FROM look_at_needs")
    assert [tuple(row) for row in rows] == [(ORGANISER.member_id, "file")]


async def test_a_named_host_looks_and_whoever_planned_it_no_longer_does(
    parts: Services, db: Database
) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation)
    async with db.write() as tx:
        await tx.run("UPDATE conversation SET host_id = :host", {"host": OTHER.member_id})

    everybody = await parts.access_needs.look(conversation.id, Look.LIST, by=OTHER)

    assert [each.member_id for each in everybody.people] == [AMINA]
    with pytest.raises(NotAllowed, match="Only the hosts"):
        await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)


async def test_somebody_who_has_not_answered_has_nothing_to_tell(
    parts: Services, clock: FakeClock
) -> None:
    conversation = await planned(parts)
    with pytest.raises(NotFound, match="You have not signed up to this conversation"):
        await tell(parts, conversation)
    await sign_up(parts, conversation, AMINA)
    with pytest.raises(Invalid, match="Please shorten it to 300"):
        Needs.read(kinds=[], words="x" * 301)
    clock.advance(days=11)
    with pytest.raises(Closed, match="over"):
        await tell(parts, conversation)


async def test_fourteen_days_after_they_are_gone_from_the_files_too(
    parts: Services, db: Database, clock: FakeClock, path: Path
) -> None:
    conversation = await answered(parts)
    for number in range(200):  # so that rows have moved about in their pages
        member = MemberId(1000 + number)
        await sign_up(parts, conversation, member)
        words = Needs(kinds=(Need.BSL,), words=f"{WORDS} {'x' * (number % 250)}")
        await tell(parts, conversation, words, member=member)
    await tell(parts, conversation)
    assert await in_the_files(path)
    due = await parts.access_needs.next_due()
    assert due is not None
    assert (due - conversation.ends_at).days == 14
    clock.advance(seconds=(due - clock.now()).total_seconds() - 1)
    await parts.access_needs.forget_old()
    assert len(await told(parts, conversation)) == 201

    clock.advance(seconds=1)
    await parts.access_needs.forget_old()

    assert await db.all("SELECT 1 FROM access_need") == []
    assert not await in_the_files(path)
    assert await parts.access_needs.next_due() is None


async def test_what_was_taken_back_is_wiped_by_the_next_sweep(parts: Services, path: Path) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation, remember=True)
    await tell(parts, conversation, Needs(), consents=False)

    await parts.access_needs.forget_old()

    assert not await in_the_files(path)


async def test_a_reader_in_the_way_only_puts_the_wiping_off(
    parts: Services, clock: FakeClock, path: Path
) -> None:
    conversation = await answered(parts)
    await tell(parts, conversation)
    clock.advance(days=30)
    async with aiosqlite.connect(path) as reader:
        await reader.execute_fetchall("BEGIN")
        await reader.execute_fetchall("SELECT count(*) FROM access_need")
        await parts.access_needs.forget_old()
        assert await in_the_files(path)
        await reader.execute_fetchall("COMMIT")

    await parts.access_needs.forget_old()

    assert not await in_the_files(path)
