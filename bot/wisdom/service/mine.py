"""What a speaker does with words of their own that are kept."""

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import Closed, NotFound
from bot.ids import MemberId, NetworkId, QuoteId
from bot.notices.model import Notice, Subject
from bot.storage.database import Transaction
from bot.wisdom.model import (
    ENDED,
    NO_SUCH_QUOTE,
    Consent,
    Lasting,
    Quote,
    QuoteState,
    words_of_quote,
)
from bot.wisdom.service.means import Means
from bot.wisdom.service.requests import given_in_form
from bot.wisdom.store import consent as consents
from bot.wisdom.store import decision as decisions
from bot.wisdom.store import quote as store
from bot.wisdom.store import trail


class Mine:
    """Every method is for the speaker alone: for anybody else there is no such quote."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def all(self, network_id: NetworkId, member_id: MemberId) -> Sequence[Quote]:
        """Newest first."""
        return await store.of_speaker(self._means.db, network_id, member_id)

    async def get(self, quote_id: QuoteId, member_id: MemberId) -> Quote:
        quote = await store.find(self._means.db, quote_id)
        return _spoken_by(quote, member_id)

    async def of_notice(self, notice: Notice) -> Quote | None:
        """The quote that a notice to its speaker is about; None when it is theirs no more."""
        quote = await store.find(self._means.db, QuoteId(notice.about_id))
        return quote if quote is not None and quote.speaker_id == notice.member_id else None

    async def agree_to(self, quote_id: QuoteId, consent: Consent, member_id: MemberId) -> Quote:
        """Replace what was agreed to: fewer uses, more, another name, a longer time.

        Fewer uses hold from this moment on. Further uses of a published quote do too: a moderator
        has seen its words.
        """
        async with self._means.db.write() as tx:
            quote = _spoken_by(await store.find(tx, quote_id), member_id)
            return await self._agree_to(tx, quote, consent, member_id)

    async def _agree_to(
        self, tx: Transaction, quote: Quote, consent: Consent, member_id: MemberId
    ) -> Quote:
        means, now = self._means, self._means.clock.now()
        quote.must_have_words()
        await consents.add(tx, quote.id, given_in_form(consent, quote.wording, member_id, now))
        await means.note(tx, quote.id, "consent changed by its speaker", member_id)
        after = await store.get(tx, quote.id, quote.network_id)
        await means.file(tx, after)
        return after

    async def keep_for(self, quote_id: QuoteId, lasting: Lasting, member_id: MemberId) -> Quote:
        """Agree to the same uses for longer, from now on."""
        async with self._means.db.write() as tx:
            quote = _spoken_by(await store.find(tx, quote_id), member_id)
            if quote.given is None:
                raise Closed("Nobody has recorded what you agreed to, so it can't be made longer.")
            new_end, end = lasting.ends(self._means.clock.now()), quote.given.expires_at
            if end is None or (new_end is not None and new_end <= end):
                raise Closed("It is kept for longer than that already, so nothing has changed.")
            consent = replace(quote.given.consent, lasting=lasting)
            return await self._agree_to(tx, quote, consent, member_id)

    async def reword(self, quote_id: QuoteId, words: str, member_id: MemberId) -> Quote:
        """Say it in other words, for the same uses and no longer than was agreed.

        A moderator looks at them before others do.
        """
        text = words_of_quote(words)
        async with self._means.db.write() as tx:
            quote = _spoken_by(await store.find(tx, quote_id), member_id)
            if text == quote.must_have_words() and quote.state is QuoteState.PUBLISHED:
                return quote
            return await self._reword(tx, quote, text, member_id)

    async def take_proposed(self, quote_id: QuoteId, seen: str, member_id: MemberId) -> Quote:
        """Agree to the words that a moderator proposed, which are those that they have *seen*."""
        async with self._means.db.write() as tx:
            quote = _spoken_by(await store.find(tx, quote_id), member_id)
            if quote.proposed is None:
                raise Closed("No other words are proposed for this quote any more.")
            if quote.proposed != seen:
                raise Closed(
                    "Other words than these are proposed by now. Please look at them with "
                    "/wisdom mine."
                )
            return await self._reword(tx, quote, quote.proposed, member_id)

    async def _reword(self, tx: Transaction, quote: Quote, text: str, member_id: MemberId) -> Quote:
        means, now = self._means, self._means.clock.now()
        if quote.given is None:
            raise Closed("Nobody has recorded yet that you agree. Please change your consent.")
        if not quote.given.lives(now):
            raise Closed("The time for which you agreed is over, so these words are deleted now.")
        wording = await store.reword(tx, quote.id, text)
        given = given_in_form(quote.given.consent, wording, member_id, now)
        await consents.add(tx, quote.id, replace(given, expires_at=quote.given.expires_at))
        await decisions.wait_for_moderator(tx, quote.id)
        await means.note(tx, quote.id, "reworded by its speaker", member_id)
        after = await store.get(tx, quote.id, quote.network_id)
        await means.ask_for_review(tx, after)
        return after

    async def withdraw(self, quote_id: QuoteId, member_id: MemberId) -> int | None:
        """Take the words back, for good, and give the number of the tombstone if it has one."""
        means = self._means
        async with means.db.write() as tx:
            quote = _spoken_by(await store.find(tx, quote_id), member_id)
            await take_away(tx, means, quote, QuoteState.WITHDRAWN)
        return quote.number


async def take_away(tx: Transaction, means: Means, quote: Quote, state: QuoteState) -> None:
    """Leave a tombstone of *quote*: no words, and nobody whose they were."""
    now = means.clock.now()
    await consents.end(tx, quote.id, now)
    await consents.forget_who(tx, quote.id)
    if quote.speaker_id is not None:
        await trail.forget_who(tx, quote.id, quote.speaker_id)
    await means.notices.drop_all(tx, quote.id, f"the quote is {state}", of=Subject.QUOTE)
    await decisions.end(tx, quote.id, state, now)
    await means.note(tx, quote.id, str(state), None)


def _spoken_by(quote: Quote | None, member_id: MemberId) -> Quote:
    if quote is None:
        raise NotFound(NO_SUCH_QUOTE)
    quote.must_be_spoken_by(member_id)
    if quote.state in ENDED:
        raise Closed("That quote has been taken back, so its words are gone.")
    return quote
