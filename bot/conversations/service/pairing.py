"""Bringing two people together and parting them, inside whatever transaction causes it."""

from datetime import datetime

from bot.conversations.model import Conversation, Pair, PairKind, SignUpState, Wish
from bot.conversations.store import company as store
from bot.conversations.store import sign_up as sign_ups
from bot.ids import MemberId
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.storage.database import Transaction


async def match(
    tx: Transaction,
    conversation: Conversation,
    member_id: MemberId,
    notices: Notices,
    now: datetime,
) -> bool:
    """Pair somebody who wishes for it with whoever has wished longest for the opposite, if any.

    Each is asked, and told nothing of the other yet.
    """
    wish = await store.wish_of(tx, conversation.id, member_id)
    if wish is None:
        return False
    found = await store.match_for(tx, conversation.id, member_id, wish)
    if found is None:
        return False
    asker, other = (member_id, found) if wish is Wish.HAVE_ONE else (found, member_id)
    pair_id = await store.add(
        tx, conversation.id, PairKind.BUDDY, asker, other, now, asker_agrees=False
    )
    await owe(tx, conversation, NoticeKind.BUDDY_FOUND, [asker, other], pair_id, notices, now)
    return True


async def part(
    tx: Transaction,
    conversation: Conversation,
    member_id: MemberId,
    notices: Notices,
    now: datetime,
    *,
    still_supports: bool = False,
) -> None:
    """End what bound others to somebody who has given a place up, and tell those others.

    With *still_supports* they only change their place for coming as a supporter.
    """
    await store.drop_wish(tx, conversation.id, member_id)
    for pair in await store.live(tx, conversation.id, member_id):
        supports = pair.kind is PairKind.SUPPORTER and pair.other_id == member_id
        if not (supports and still_supports):
            await end(tx, conversation, pair, member_id, notices, now)


async def end(
    tx: Transaction,
    conversation: Conversation,
    pair: Pair,
    by: MemberId,
    notices: Notices,
    now: datetime,
) -> None:
    """End *pair* because one of the two says so, or can no longer come."""
    await store.end(tx, pair.id, now)
    other = pair.partner_of(by)
    if pair.is_agreed:
        await owe(tx, conversation, NoticeKind.COMPANY_ENDED, [other], pair.id, notices, now)
    elif pair.kind is PairKind.SUPPORTER and by == pair.other_id:
        await owe(tx, conversation, NoticeKind.COMPANY_DECLINED, [other], pair.id, notices, now)
    elif pair.kind is PairKind.BUDDY:
        # They hear nothing: nobody was named yet, and somebody else may be found.
        await match(tx, conversation, other, notices, now)
    if pair.kind is PairKind.SUPPORTER:
        await _release(tx, conversation, pair.other_id, now)


async def owe(
    tx: Transaction,
    conversation: Conversation,
    kind: NoticeKind,
    members: list[MemberId],
    pair_id: int,
    notices: Notices,
    now: datetime,
) -> None:
    await notices.owe(
        tx,
        kind,
        network_id=conversation.network_id,
        about=conversation.id,
        people=[(member_id, pair_id) for member_id in members],
        due_at=now,
    )


async def _release(
    tx: Transaction, conversation: Conversation, supporter: MemberId, now: datetime
) -> None:
    """A supporter whom nobody needs any more does not come, unless they sign up themselves."""
    if await store.supports_somebody(tx, conversation.id, supporter):
        return
    _, theirs = await sign_ups.get_with_answer(tx, conversation.id, supporter)
    if theirs is not None and theirs.state is SignUpState.SUPPORTING:
        await sign_ups.save_answer(tx, conversation.id, supporter, SignUpState.NOT_COMING, now)
