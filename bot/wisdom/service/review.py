"""What moderators do with the quotes that wait for them. Nobody decides on their own."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot import prose
from bot.errors import Closed, Invalid
from bot.ids import KindId, NetworkId, QuoteId, ThemeId
from bot.notices.model import NoticeKind
from bot.people import Person
from bot.storage.database import Queries
from bot.wisdom.model import (
    BRACKETED,
    CONSENT_TEXT,
    LONGEST_NOTE,
    REPLACED_BY,
    WAITING,
    Change,
    Consent,
    Details,
    Given,
    How,
    Mark,
    Quote,
    QuoteState,
    Waiting,
    marks,
    replaced,
    words_of_quote,
)
from bot.wisdom.service.means import Means
from bot.wisdom.service.mine import take_away
from bot.wisdom.store import consent as consents
from bot.wisdom.store import decision as decisions
from bot.wisdom.store import quote as store
from bot.wisdom.store import trail, waiting

_LONGEST_HIDDEN = 200


class Review:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def waiting(
        self, *, by: Person, skip: int = 0, most: int = 5, states: Sequence[QuoteState] = WAITING
    ) -> Waiting:
        """What waits for moderators, oldest first."""
        by.must_be_moderator("look at what waits for review")
        db = self._means.db
        return Waiting(
            quotes=await store.waiting(db, by.network_id, states, skip, most),
            how_many=await store.count_waiting(db, by.network_id, states),
        )

    async def oldest(self, network_id: NetworkId) -> tuple[datetime, int] | None:
        """Since when the oldest waits for a moderator, and how many wait. None: none does."""
        return await waiting.oldest_waiting(self._means.db, network_id)

    async def networks_with_waiting(self) -> Sequence[NetworkId]:
        return await waiting.networks_with_waiting(self._means.db)

    async def get(self, quote_id: QuoteId, *, by: Person) -> Quote:
        by.must_be_moderator("look at what waits for review")
        return await store.get(self._means.db, quote_id, by.network_id)

    async def to_decide(self, quote_id: QuoteId, *, by: Person) -> Quote:
        """A quote that this person may decide on, and nobody has yet."""
        by.must_be_moderator("decide on quotes")
        return await self._to_decide(self._means.db, quote_id, by)

    async def history(self, quote_id: QuoteId, *, by: Person) -> Sequence[Change]:
        by.must_be_moderator("look at what was done with a quote")
        quote = await store.get(self._means.db, quote_id, by.network_id)
        return await trail.of(self._means.db, quote.id)

    async def publish(self, quote_id: QuoteId, *, wording: int | None = None, by: Person) -> Quote:
        """Show it to those for whom its speaker agreed, under a number of its own.

        Raises:
            Closed: somebody has decided already, its consent does not live, or it is not the
                *wording* that the moderator has read (None: it is as they know it).
        """
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            quote = await self._to_decide(tx, quote_id, by)
            if wording not in (None, quote.wording):
                raise Closed(
                    "Its speaker has changed the words since they were shown to you. Please look "
                    "at it again with /review."
                )
            if quote.given is None or not quote.given.lives(now):
                raise Closed("The time for which its speaker agreed is over.")
            if not quote.has_consent_to_its_words:
                raise Closed("Its speaker has not agreed to these words yet.")
            number = quote.number or await decisions.next_number(tx, by.network_id)
            await decisions.publish(tx, quote_id, number, by.member_id, now)
            change = await means.note(tx, quote_id, "published", by.member_id)
            after = await store.get(tx, quote_id, by.network_id)
            await means.file(tx, after)
            await means.tell_speaker(tx, after, NoticeKind.QUOTE_PUBLISHED, change)
        return after

    async def ask_changes(
        self, quote_id: QuoteId, note: str, proposed: str, *, by: Person
    ) -> Quote:
        """Ask its speaker to say it differently, perhaps in words that a moderator proposes."""
        kind_words = prose.passage(note, called="note", at_most=LONGEST_NOTE)
        other = words_of_quote(proposed) if proposed.strip() else None
        if not kind_words and other is None:
            raise Invalid("Please write what could be different, or propose other words.")
        means = self._means
        async with means.db.write() as tx:
            quote = await self._to_decide(tx, quote_id, by)
            if quote.speaker_id is None:
                raise Closed(
                    "Its speaker is not in this server, so I can't ask them. Please talk to them, "
                    "and bring in their new words."
                )
            if other == quote.words:
                raise Invalid("These are the words as they stand. Please change something.")
            await decisions.ask_changes(
                tx, quote_id, kind_words or None, other, by.member_id, means.clock.now()
            )
            change = await means.note(tx, quote_id, "asked for changes", by.member_id)
            after = await store.get(tx, quote_id, by.network_id)
            await means.tell_speaker(tx, after, NoticeKind.QUOTE_CHANGES_ASKED, change)
        return after

    async def decline(self, quote_id: QuoteId, note: str, *, by: Person) -> Quote:
        """Not publish it. Its speaker reads the note, and may say it in other words."""
        kind_words = prose.passage(note, called="note", at_most=LONGEST_NOTE)
        if not kind_words:
            raise Invalid("Please write a kind word to whoever said it.")
        means = self._means
        async with means.db.write() as tx:
            await self._to_decide(tx, quote_id, by)
            await decisions.decline(tx, quote_id, kind_words, by.member_id, means.clock.now())
            change = await means.note(tx, quote_id, "declined", by.member_id)
            after = await store.get(tx, quote_id, by.network_id)
            await means.tell_speaker(tx, after, NoticeKind.QUOTE_DECLINED, change)
        return after

    def marks_in(self, quote: Quote) -> Sequence[Mark]:
        """What in its words may tell who somebody is."""
        return marks(quote.words or "")

    async def redact(
        self, quote_id: QuoteId, chosen: Collection[str], put: str | None, *, by: Person
    ) -> Quote:
        """Put a bracketed word in place of each *chosen* text that is marked.

        *put* is that word; None: the one that goes with each.
        """

        def without(words: str) -> str:
            found = tuple(mark for mark in marks(words) if mark.text in chosen)
            if not found:
                raise Closed("Those words are not there any more. Nothing has changed.")
            return replaced(words, found, put)

        return await self._redact(quote_id, without, by)

    async def hide(self, quote_id: QuoteId, text: str, put: str, *, by: Person) -> Quote:
        """Put a bracketed word in place of *text*, wherever it stands."""
        hidden = " ".join(prose.tidy(text).split())
        if not 1 <= len(hidden) <= _LONGEST_HIDDEN:
            raise Invalid("Please type the words to hide, just as they stand in the quote.")
        if put not in _BRACKETS:
            raise Invalid("Please choose what stands in their place.")

        def without(words: str) -> str:
            if hidden not in words:
                raise Invalid("Those words don't stand in the quote. Please type them as they are.")
            return words.replace(hidden, put)

        return await self._redact(quote_id, without, by)

    async def sort_under(
        self,
        quote_id: QuoteId,
        kind_id: KindId | None,
        theme_ids: Collection[ThemeId],
        content_note: str,
        *,
        by: Person,
    ) -> Quote:
        """Choose its kind, themes and content note. Also for a published one."""
        by.must_be_moderator("sort quotes")
        details = Details.read(
            kind_id=kind_id, theme_ids=theme_ids, perspective=None, content_note=content_note
        )
        means = self._means
        await means.must_know(by.network_id, kind_id, details.theme_ids)
        async with means.db.write() as tx:
            quote = await store.get(tx, quote_id, by.network_id)
            quote.must_have_words()
            await store.sort_under(tx, quote_id, kind_id, details.theme_ids, details.content_note)
            await means.note(tx, quote_id, "sorted", by.member_id)
            after = await store.get(tx, quote_id, by.network_id)
            await means.file(tx, after)
        return after

    async def record(self, quote_id: QuoteId, consent: Consent, how: How, *, by: Person) -> Quote:
        """Write down what the speaker of a quote that was brought in has agreed to."""
        by.must_be_moderator("record consent")
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            quote = await store.get(tx, quote_id, by.network_id)
            if quote.state is not QuoteState.TO_RECORD:
                raise Closed("Consent to this quote has been recorded already.")
            await consents.add(
                tx,
                quote_id,
                Given(
                    consent=consent,
                    wording=quote.wording,
                    how=how,
                    shown=CONSENT_TEXT,
                    given_by=by.member_id,
                    given_at=now,
                    expires_at=consent.lasting.ends(now),
                ),
            )
            await decisions.wait_for_moderator(tx, quote_id)
            await means.note(tx, quote_id, "consent recorded", by.member_id)
            after = await store.get(tx, quote_id, by.network_id)
            await means.ask_for_review(tx, after)
        return after

    async def leave_out(self, quote_id: QuoteId, *, by: Person) -> None:
        """Delete a quote that was brought in and that nobody has agreed to."""
        by.must_be_moderator("leave out what was brought in")
        means = self._means
        async with means.db.write() as tx:
            quote = await store.get(tx, quote_id, by.network_id)
            if quote.state is not QuoteState.TO_RECORD:
                raise Closed("Consent to this quote has been recorded already.")
            await store.delete(tx, quote_id)

    async def take_back(self, quote_id: QuoteId, *, by: Person) -> None:
        """Take a quote back for a speaker who can't press anything here and has asked for it."""
        by.must_be_moderator("take back a quote for its speaker")
        means = self._means
        async with means.db.write() as tx:
            quote = await store.get(tx, quote_id, by.network_id)
            quote.must_have_words()
            if quote.speaker_id is not None:
                raise Closed("Its speaker can take it back with /wisdom mine, and nobody else can.")
            await means.note(tx, quote_id, "taken back for its speaker", by.member_id)
            await take_away(tx, means, quote, QuoteState.WITHDRAWN)

    async def _redact(self, quote_id: QuoteId, without: Callable[[str], str], by: Person) -> Quote:
        by.must_be_moderator("redact quotes")
        means = self._means
        async with means.db.write() as tx:
            quote = await store.get(tx, quote_id, by.network_id)
            words = words_of_quote(without(quote.must_have_words()))
            await store.redact(tx, quote_id, words)
            await means.note(tx, quote_id, "redacted", by.member_id)
            after = await store.get(tx, quote_id, by.network_id)
            await means.file(tx, after)
        return after

    async def _to_decide(self, db: Queries, quote_id: QuoteId, by: Person) -> Quote:
        by.must_be_moderator("decide on quotes")
        quote = await store.get(db, quote_id, by.network_id)
        quote.must_not_be_own(by)
        quote.must_wait_for_moderator()
        return quote


_BRACKETS = frozenset({*REPLACED_BY.values(), *BRACKETED})
