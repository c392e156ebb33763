"""Access needs: kept with consent, read by the hosts, gone in time, also from the bytes."""

import re
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.client import Services
from bot.conversations.model import (
    LONGEST_NEED,
    NEEDS_LAST,
    Conversation,
    Look,
    Need,
    Needs,
)
from bot.conversations.store import access_needs as store
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import ConversationId, MemberId, NetworkId
from bot.people import Person
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, MANAGER, ORGANISER, FakeClock
from tests.fakes import planned, sign_up

CAPTIONS = Needs(kinds=(Need.CAPTIONS,))
LAMP = Needs(kinds=(Need.BREAKS,), words="No zebra lamps, please")
NOTHING = Needs()
OTHER = Person(network_id=HOME, member_id=MemberId(92), is_organiser=True)
NOT_SIGNED_UP = "You have not signed up to this conversation. Press Sign up on its card."
NEEDS_A_TICK = (
    "I may keep this only if you tick that the hosts may see it, so I have saved nothing. "
    "If you want them to know, please press Access needs again and tick that box."
)


@pytest.fixture
async def conversation(parts: Services) -> Conversation:
    conversation = await planned(parts, places=2)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    return conversation


async def tell(
    parts: Services,
    conversation: Conversation,
    who: MemberId,
    needs: Needs = LAMP,
    *,
    consents: bool = True,
    remember: bool = False,
) -> None:
    await parts.access_needs.tell(
        conversation.id, HOME, who, needs, consents=consents, remember=remember
    )


async def told(parts: Services, conversation: Conversation, who: MemberId) -> Needs:
    return (await parts.access_needs.mine(conversation.id, HOME, who)).told


async def kept(db: Database) -> list[int]:
    return [row["member_id"] for row in await db.all("SELECT member_id FROM access_need")]


async def remembered(db: Database) -> list[int]:
    return [row["member_id"] for row in await db.all("SELECT member_id FROM remembered_need")]


def bytes_of(path: Path) -> bytes:
    return b"".join(
        each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name)
    )


async def test_what_was_told_is_kept_and_can_be_changed(
    parts: Services, conversation: Conversation
) -> None:
    await tell(parts, conversation, AMINA)
    assert await told(parts, conversation, AMINA) == LAMP
    await tell(parts, conversation, AMINA, CAPTIONS)
    assert await told(parts, conversation, AMINA) == CAPTIONS
    assert (await told(parts, conversation, BRYN)).is_nothing


async def test_without_the_tick_nothing_is_kept(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    with pytest.raises(Invalid) as refused:
        await tell(parts, conversation, AMINA, consents=False, remember=True)
    assert str(refused.value) == NEEDS_A_TICK
    assert await kept(db) == await remembered(db) == []


async def test_without_the_tick_what_was_told_before_stays(
    parts: Services, conversation: Conversation
) -> None:
    await tell(parts, conversation, AMINA, CAPTIONS)
    with pytest.raises(Invalid):
        await tell(parts, conversation, AMINA, LAMP, consents=False)
    assert await told(parts, conversation, AMINA) == CAPTIONS


async def test_forgetting_needs_no_tick(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await tell(parts, conversation, AMINA, remember=True)
    with pytest.raises(Invalid):
        await tell(parts, conversation, AMINA, consents=False, remember=False)
    assert (await kept(db), await remembered(db)) == ([AMINA], [])


@pytest.mark.parametrize("remember", [True, False])
async def test_nothing_at_all_takes_it_back_and_needs_no_tick(
    parts: Services, conversation: Conversation, db: Database, remember: bool
) -> None:
    await tell(parts, conversation, AMINA, remember=True)
    await tell(parts, conversation, AMINA, NOTHING, consents=False, remember=remember)
    assert await kept(db) == await remembered(db) == []


async def test_the_next_form_begins_with_what_is_remembered_in_this_network_only(
    parts: Services, conversation: Conversation
) -> None:
    await tell(parts, conversation, AMINA, remember=True)
    following = await planned(parts, when="7 Jan 2027 2pm")
    boss = Person(network_id=AWAY, member_id=MemberId(7), is_organiser=True)
    elsewhere = await planned(parts, by=boss)
    await sign_up(parts, following, AMINA, BRYN)
    await parts.sign_ups.sign_up(elsewhere.id, AWAY, AMINA)

    mine = await parts.access_needs.mine(following.id, HOME, AMINA)
    assert mine.told.is_nothing
    assert mine.to_begin_with == LAMP
    for theirs in (
        await parts.access_needs.mine(following.id, HOME, BRYN),
        await parts.access_needs.mine(elsewhere.id, AWAY, AMINA),
    ):
        assert theirs.to_begin_with.is_nothing
    seen = await parts.access_needs.look(following.id, Look.LIST, by=ORGANISER)
    assert list(seen.people) == [], "what is remembered is not told"


async def test_what_is_remembered_outlasts_the_conversation_until_it_is_unticked(
    parts: Services, conversation: Conversation, db: Database, clock: FakeClock
) -> None:
    await tell(parts, conversation, AMINA, remember=True)
    clock.advance(days=60)
    await parts.access_needs.forget_old()
    assert (await kept(db), await remembered(db)) == ([], [AMINA])
    following = await planned(parts, when="6 May 2027 2pm")
    await sign_up(parts, following, AMINA)
    await tell(parts, following, AMINA, remember=False)
    assert await remembered(db) == []


async def test_only_somebody_who_has_signed_up_has_needs_there(
    parts: Services, conversation: Conversation
) -> None:
    stranger = MemberId(77)
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)
    for who in (stranger, BRYN):
        with pytest.raises(NotFound) as refused:
            await tell(parts, conversation, who)
        assert str(refused.value) == NOT_SIGNED_UP
        with pytest.raises(NotFound):
            await parts.access_needs.mine(conversation.id, HOME, who)


async def test_nothing_crosses_networks(parts: Services, conversation: Conversation) -> None:
    missing = "I can't find that conversation. It may be over, or have been removed."
    await tell(parts, conversation, AMINA)
    host = Person(network_id=AWAY, member_id=ORGANISER.member_id, is_organiser=True)
    for attempt in (
        parts.access_needs.mine(conversation.id, AWAY, AMINA),
        parts.access_needs.look(conversation.id, Look.LIST, by=host),
        parts.access_needs.tell(conversation.id, AWAY, AMINA, LAMP, consents=True, remember=False),
        parts.choosing.of(conversation.id, AWAY, AMINA),
        parts.choosing.choose(conversation.id, AWAY, AMINA, shows_name=True),
        parts.people.everybody(conversation.id, by=host),
    ):
        with pytest.raises(NotFound) as refused:
            await attempt
        assert str(refused.value) == missing


async def leave(parts: Services, conversation: Conversation) -> None:
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)


async def take_off(parts: Services, conversation: Conversation) -> None:
    await parts.people.take_off(conversation.id, AMINA, "You asked me to.", by=ORGANISER)


async def leave_server(parts: Services, _: Conversation) -> None:
    await parts.sign_ups.has_left(HOME, AMINA)


@pytest.mark.parametrize("goes", [leave, take_off, leave_server])
async def test_whoever_does_not_come_leaves_no_needs_behind(
    parts: Services, conversation: Conversation, db: Database, goes
) -> None:
    await tell(parts, conversation, AMINA)
    await tell(parts, conversation, CHIDI)
    await goes(parts, conversation)
    assert await kept(db) == [CHIDI]
    await sign_up(parts, conversation, AMINA)
    assert (await told(parts, conversation, AMINA)).is_nothing, "also after coming back"


async def test_maybe_and_a_move_keep_the_needs(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await tell(parts, conversation, AMINA)
    await parts.sign_ups.maybe(conversation.id, HOME, AMINA)
    move = await parts.changing.propose_move(conversation.id, "10 Dec 2pm", by=ORGANISER)
    await parts.changing.move(move.id, by=ORGANISER)
    assert await kept(db) == [AMINA]


async def test_a_cancelled_conversation_needs_nothing(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await tell(parts, conversation, AMINA)
    await parts.changing.cancel(conversation.id, "It rained.", by=ORGANISER)
    assert await kept(db) == []
    with pytest.raises(Closed) as refused:
        await tell(parts, conversation, AMINA)
    assert str(refused.value) == "This conversation has been cancelled."


async def test_needs_may_be_told_while_people_are_together_but_not_afterwards(
    parts: Services, conversation: Conversation, db: Database, clock: FakeClock
) -> None:
    clock.advance(seconds=(conversation.starts_at - clock.now()).total_seconds())
    await tell(parts, conversation, AMINA)
    clock.advance(minutes=90)
    with pytest.raises(Closed) as refused:
        await tell(parts, conversation, AMINA, CAPTIONS)
    assert str(refused.value) == "This conversation is over."
    await tell(parts, conversation, AMINA, NOTHING)
    assert await kept(db) == [], "they can be taken back at any time"


async def test_hosts_see_needs_in_the_order_of_the_list(
    parts: Services, conversation: Conversation
) -> None:
    for who, needs in ((CHIDI, CAPTIONS), (BRYN, LAMP), (AMINA, CAPTIONS)):
        await tell(parts, conversation, who, needs)
    seen = await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)
    assert [each.member_id for each in seen.people] == [AMINA, BRYN, CHIDI]
    assert seen.how_many == {Need.CAPTIONS: 2, Need.BREAKS: 1}


async def test_every_look_is_written_down(
    parts: Services, conversation: Conversation, db: Database, clock: FakeClock
) -> None:
    await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)
    clock.advance(minutes=5)
    await parts.access_needs.look(conversation.id, Look.FILE, by=ORGANISER)
    rows = await db.all("SELECT looked_by, how, looked_at FROM look_at_needs ORDER BY id")
    assert [tuple(row) for row in rows] == [
        (ORGANISER.member_id, "list", "2026-11-23T09:00:00Z"),
        (ORGANISER.member_id, "file", "2026-11-23T09:05:00Z"),
    ]


async def name_hosts(db: Database, conversation_id: ConversationId, host: int, deputy: int) -> None:
    async with db.write() as tx:
        await tx.run(
            "UPDATE conversation SET host_id = :host, deputy_id = :deputy WHERE id = :id",
            {"host": host, "deputy": deputy, "id": conversation_id},
        )


async def test_nobody_but_the_hosts_sees_needs(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await tell(parts, conversation, AMINA)
    for by in (OTHER, MANAGER):
        with pytest.raises(NotAllowed) as refused:
            await parts.access_needs.look(conversation.id, Look.LIST, by=by)
        assert str(refused.value) == (
            "Only the hosts of this conversation can see its access needs: that is what people "
            "have agreed to."
        )
    await name_hosts(db, conversation.id, OTHER.member_id, MANAGER.member_id)
    for by in (OTHER, MANAGER):
        assert (await parts.access_needs.look(conversation.id, Look.LIST, by=by)).people
    with pytest.raises(NotAllowed):
        await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)
    looks = await db.all("SELECT looked_by FROM look_at_needs")
    assert [row["looked_by"] for row in looks] == [OTHER.member_id, MANAGER.member_id]


async def test_a_host_who_is_no_longer_an_organiser_sees_nothing(
    parts: Services, conversation: Conversation
) -> None:
    was = Person(network_id=HOME, member_id=ORGANISER.member_id, is_moderator=True)
    with pytest.raises(NotAllowed) as refused:
        await parts.access_needs.look(conversation.id, Look.LIST, by=was)
    assert str(refused.value).startswith("Only organisers can see access needs.")


def test_too_many_words_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        Needs.read(kinds=[], words="x" * (LONGEST_NEED + 1))
    assert str(refused.value) == (
        "The text about what you need is 301 characters long. Please shorten it to 300 or fewer."
    )


def test_what_was_never_a_choice_is_not_read() -> None:
    assert Needs.read(kinds=["breaks", "gold", "captions"], words="\u200b ") == Needs(
        kinds=(Need.CAPTIONS, Need.BREAKS)
    )


async def test_needs_are_deleted_14_days_after_the_end(
    parts: Services, conversation: Conversation, db: Database, clock: FakeClock
) -> None:
    later = await planned(parts, when="4 Dec 2026 2pm")
    await sign_up(parts, later, BRYN)
    await tell(parts, conversation, AMINA)
    await tell(parts, later, BRYN)
    due = await parts.access_needs.next_due()
    assert due == conversation.ends_at + NEEDS_LAST

    await advance_to(clock, due, seconds=-1)
    await parts.access_needs.forget_old()
    assert await kept(db) == [AMINA, BRYN]
    clock.advance(seconds=1)
    await parts.access_needs.forget_old()
    assert await kept(db) == [BRYN]
    assert await parts.access_needs.next_due() == later.ends_at + NEEDS_LAST


async def advance_to(clock: FakeClock, instant: datetime | None, **more: float) -> None:
    assert instant is not None
    clock.advance(seconds=(instant - clock.now()).total_seconds())
    clock.advance(**more)


async def test_nothing_is_due_while_nothing_is_kept(
    parts: Services, conversation: Conversation
) -> None:
    assert await parts.access_needs.next_due() is None


async def test_deleted_needs_are_gone_from_the_bytes_and_the_others_are_not(
    parts: Services, conversation: Conversation, path: Path, clock: FakeClock
) -> None:
    later = await planned(parts, when="4 Dec 2026 2pm")
    await sign_up(parts, later, BRYN)
    await tell(parts, conversation, AMINA, LAMP)
    await tell(parts, later, BRYN, Needs(words="A violet kettle"), remember=True)
    assert b"zebra" in bytes_of(path)

    await advance_to(clock, conversation.ends_at + NEEDS_LAST)
    await parts.access_needs.forget_old()

    assert b"zebra" not in bytes_of(path)
    assert bytes_of(path).count(b"A violet kettle") == 2
    assert (await told(parts, later, BRYN)).words == "A violet kettle"


async def test_words_that_were_changed_are_gone_from_the_bytes(
    parts: Services, conversation: Conversation, path: Path
) -> None:
    await tell(parts, conversation, AMINA, LAMP, remember=True)
    await tell(parts, conversation, AMINA, CAPTIONS, remember=True)
    await parts.access_needs.forget_old()
    assert b"zebra" not in bytes_of(path)


async def test_a_reader_in_the_way_is_not_waited_for_and_the_next_sweep_wipes(
    parts: Services, conversation: Conversation, path: Path, db: Database
) -> None:
    await tell(parts, conversation, AMINA, LAMP)
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)
    async with Database.open(path) as another:
        await another.all("BEGIN")
        await another.all("SELECT count(*) FROM access_need")
        await parts.access_needs.forget_old()
        assert await store.is_to_be_wiped(db), "and the database remembers it over a restart"
        await another.all("COMMIT")
    await parts.access_needs.forget_old()
    assert not await store.is_to_be_wiped(db)
    assert b"zebra" not in bytes_of(path)


async def test_wiping_looks_and_leaves_it_when_there_is_nothing_to_wipe(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await tell(parts, conversation, AMINA, LAMP)
    await parts.access_needs.forget_old()
    assert not await store.is_to_be_wiped(db)
    assert await kept(db) == [AMINA]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
async def test_whatever_was_deleted_in_whatever_order_is_in_no_byte(
    tmp_path_factory: pytest.TempPathFactory, migrated: bytes, seed: int
) -> None:
    """SQLite leaves copies behind as pages split and merge; `secure_delete` does not see them."""
    path = tmp_path_factory.mktemp("wiped") / "test.db"
    path.write_bytes(migrated)
    chance = Random(seed)  # noqa: S311  # nothing hangs on it
    live: dict[int, str] = {}
    async with Database.open(path) as db:
        async with db.write() as tx:
            await tx.run("INSERT INTO network (id) VALUES (1)")
            for number in range(400):
                member_id = MemberId(chance.randrange(1, 150) * 10**15)
                if chance.random() < 0.55:
                    live[member_id] = f"SECRET{number:05d}" + "x" * chance.randrange(280)
                    needs = Needs(words=live[member_id])
                    await store.remember(tx, NetworkId(1), member_id, needs)
                else:
                    live.pop(member_id, None)
                    await store.forget(tx, NetworkId(1), member_id)
        async with db.write() as tx:
            await store.write_anew(tx)
        assert await db.empty_log()
        found = set(re.findall(rb"SECRET\d{5}", bytes_of(path)))
        assert set(await remembered(db)) == set(live)
    assert found == {words[:11].encode() for words in live.values()}
