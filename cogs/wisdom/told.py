"""Private messages to speakers. None carries any words of a quote: those stay behind a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.notices.model import Notice, NoticeKind
from bot.ui.parts import Card, card_of, row_of, words
from bot.wisdom.model import QuoteState
from bot.wisdom.service.ending import ASK_BEFORE
from cogs.wisdom import wording
from cogs.wisdom.mine import LongerButton, MyQuoteButton, WithdrawButton

if TYPE_CHECKING:
    from bot.client import Composer, Services


async def published(services: Services, notice: Notice) -> Card | None:
    quote = await services.wisdom.mine.of_notice(notice)
    if quote is None or quote.state is not QuoteState.PUBLISHED:
        return None
    redacted = (
        "\nA moderator has hidden something in it that may tell who somebody is."
        if quote.is_redacted
        else ""
    )
    return card_of(
        words(
            f"## Your words are published as quote {quote.number}\n"
            f"They are shown only as you agreed. Thank you for sharing them.{redacted}"
        ),
        row_of(MyQuoteButton(quote.id, label="See it")),
    )


async def changes_asked(services: Services, notice: Notice) -> Card | None:
    quote = await services.wisdom.mine.of_notice(notice)
    if quote is None or quote.state is not QuoteState.CHANGES_ASKED:
        return None
    return card_of(
        words(
            "## A moderator asks you about words that you shared\n"
            "They would like to publish them, a little differently. You decide: nothing is changed "
            "without your yes. If you do nothing, they stay unpublished."
        ),
        row_of(MyQuoteButton(quote.id, label="See what they ask")),
    )


async def declined(services: Services, notice: Notice) -> Card | None:
    quote = await services.wisdom.mine.of_notice(notice)
    if quote is None or quote.state is not QuoteState.DECLINED:
        return None
    return card_of(
        words(
            "## Words that you shared are not published\n"
            "A moderator has written to you why. You can say it in other words, or take it back."
        ),
        row_of(MyQuoteButton(quote.id, label="See what they write")),
    )


async def ending(services: Services, notice: Notice) -> Card | None:
    quote = await services.wisdom.mine.of_notice(notice)
    if quote is None or quote.given is None or quote.given.expires_at is None:
        return None
    if quote.given.expires_at - services.clock.now() > ASK_BEFORE:
        return None  # they have made it longer themselves
    network = await services.networks.get(quote.network_id)
    named = wording.called(quote)
    return card_of(
        words(
            f"## May we keep your words for longer?\n{named}, which you shared, is kept until "
            f"{wording.day(quote.given.expires_at, network)}. After that its words are deleted. "
            "If that suits you, there is nothing to do."
        ),
        row_of(
            LongerButton(quote.id),
            MyQuoteButton(quote.id, label="See it"),
            WithdrawButton(quote.id),
        ),
    )


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.QUOTE_PUBLISHED: published,
    NoticeKind.QUOTE_CHANGES_ASKED: changes_asked,
    NoticeKind.QUOTE_DECLINED: declined,
    NoticeKind.QUOTE_ENDING: ending,
}
