"""Private messages to those who wrote a practice or look after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.notices.model import Notice, NoticeKind
from bot.practice.model import PracticeState
from bot.ui.parts import Card, card_of, words
from cogs.practice import wording

if TYPE_CHECKING:
    from bot.client import Composer, Services


async def shared(services: Services, notice: Notice) -> Card | None:
    practice = await services.practice.mine.of_notice(notice)
    if practice is None or not practice.is_shown:
        return None
    return card_of(
        words(
            f"## Others can find what you shared\n{wording.called(practice)} is shared now, in the "
            "practice forum and in `/practice search`. Thank you for telling others."
        )
    )


async def not_now(services: Services, notice: Notice) -> Card | None:
    practice = await services.practice.mine.of_notice(notice)
    if practice is None or practice.state is not PracticeState.NOT_NOW:
        return None
    note = wording.as_typed(practice.note or "").replace("\n", "\n> ")
    return card_of(
        words(
            f"## What you shared is not for now\nA moderator has read {wording.called(practice)}, "
            f"and writes to you:\n> {note}\n\nIt is kept for you. With `/practice mine` in the "
            "server you can change it and send it again, or take it back."
        )
    )


async def handed_over(services: Services, notice: Notice) -> Card | None:
    practice = await services.practice.mine.of_notice(notice)
    if practice is None or practice.written is None:
        return None
    is_deputy = practice.deputy_id == notice.member_id
    role = "the deputy of whoever looks after" if is_deputy else "the one who looks after"
    return card_of(
        words(
            f"## A practice is handed over to you\nYou are now {role} {wording.called(practice)}. "
            "You can change it with `/practice mine` in the server. If that does not suit you, "
            "please tell a moderator."
        )
    )


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.PRACTICE_SHARED: shared,
    NoticeKind.PRACTICE_NOT_NOW: not_now,
    NoticeKind.PRACTICE_HANDED_OVER: handed_over,
}
