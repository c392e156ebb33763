"""Asking whether words may be kept, and keeping them with the yes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.errors import Closed, Invalid, NotFound
from bot.ids import MemberId, NetworkId, QuoteRequestId
from bot.people import Person
from bot.storage.database import Queries
from bot.wisdom.model import (
    ASKED_FOR,
    CONSENT_TEXT,
    MOST_OPEN,
    WRITING_FOR,
    Consent,
    Details,
    Given,
    How,
    Quote,
    QuoteRequest,
    QuoteState,
    RequestState,
    Said,
    Source,
    words_of_quote,
)
from bot.wisdom.service.means import Means
from bot.wisdom.store import consent as consents
from bot.wisdom.store import quote as quotes
from bot.wisdom.store import request as store

_OVER = "This has been answered already, or was not answered in time."

LATER = timedelta(hours=1)
"""After which a message that could not be emptied is tried again."""


class Requests:
    """Words are handed through and never kept until their speaker has agreed."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def begin(
        self, details: Details, *, by: Person, said: Said | None = None
    ) -> QuoteRequest:
        """Somebody wants to share words of their own."""
        await self._means.must_know(by.network_id, details.kind_id, details.theme_ids)
        return await self._add(by.network_id, by.member_id, None, details, said, WRITING_FOR)

    async def ask(
        self, speaker_id: MemberId, *, by: Person, said: Said | None = None
    ) -> QuoteRequest:
        """Somebody would like another's words to be kept. Only the other can say yes.

        Raises:
            Closed: they were asked about that message, or do not want to be asked.
            Invalid: the asker has many questions open.
        """
        db = self._means.db
        if not await store.may_be_asked(db, by.network_id, speaker_id):
            raise Closed(
                "This person does not want to be asked whether their words may be kept. "
                "Please leave it at that."
            )
        if await store.count_open(db, by.network_id, by.member_id) >= MOST_OPEN:
            raise Invalid(
                f"{MOST_OPEN} people whom you asked have not answered yet. Please wait for them."
            )
        return await self._add(by.network_id, speaker_id, by.member_id, Details(), said, ASKED_FOR)

    async def _add(
        self,
        network_id: NetworkId,
        speaker_id: MemberId,
        asked_by: MemberId | None,
        details: Details,
        said: Said | None,
        lasts: timedelta,
    ) -> QuoteRequest:
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            await means.networks.must_exist(tx, network_id)
            if said is not None:
                before = await store.about_message(tx, said.message_id)
                if before is not None and asked_by is None and before.speaker_id == speaker_id:
                    await store.drop(tx, before.id)  # they begin again, or answer in their own way
                elif before is not None:
                    raise Closed("Its author has been asked about that message already.")
            request_id = await store.add(
                tx, network_id, speaker_id, asked_by, details, said, now, now + lasts
            )
            tx.after_commit(partial(means.ending_changed.ring, None))
            return await self._get(tx, request_id)

    async def carried_by(self, request_id: QuoteRequestId, message: Said) -> None:
        """Remember which private message carries the words, so that it can be emptied in time."""
        async with self._means.db.write() as tx:
            await store.carried_by(tx, request_id, message)

    async def give_up(self, request_id: QuoteRequestId) -> None:
        """They could not be asked, so it is as if they never had been."""
        async with self._means.db.write() as tx:
            await store.drop(tx, request_id)

    async def get(self, request_id: QuoteRequestId, member_id: MemberId) -> QuoteRequest:
        """Raises `NotFound` or `Closed`: it is somebody else's, or over."""
        request = await self._get(self._means.db, request_id)
        request.must_be_for(member_id)
        request.must_be_open(self._means.clock.now())
        return request

    async def asked_by(self, request_id: QuoteRequestId, *, by: Person) -> QuoteRequest:
        """What this person asked of somebody else, and is still open.

        Raises:
            NotFound: it is not, for whatever reason: what was answered is not told.
        """
        request = await self._get(self._means.db, request_id)
        is_theirs = request.asked_by == by.member_id and request.network_id == by.network_id
        if not (is_theirs and request.is_open(self._means.clock.now())):
            raise NotFound(_OVER)
        return request

    async def describe(
        self, request_id: QuoteRequestId, details: Details, member_id: MemberId
    ) -> QuoteRequest:
        """Say what the words are about."""
        request = await self.get(request_id, member_id)
        await self._means.must_know(request.network_id, details.kind_id, details.theme_ids)
        async with self._means.db.write() as tx:
            await store.describe(tx, request_id, details)
        return await self.get(request_id, member_id)

    async def agree(
        self, request_id: QuoteRequestId, words: str, consent: Consent, member_id: MemberId
    ) -> Quote:
        """Keep *words*, as the speaker saw them with the form, for a moderator to look at."""
        means, now = self._means, self._means.clock.now()
        text = words_of_quote(words)
        async with means.db.write() as tx:
            request = await self._get(tx, request_id)
            request.must_be_for(member_id)
            request.must_be_open(now)
            network = await means.networks.get(request.network_id)
            quote_id = await quotes.add(
                tx,
                request.network_id,
                text,
                request.details,
                state=QuoteState.PENDING,
                speaker_id=member_id,
                kept_by=request.asked_by,
                source=Source.SHARED if request.asked_by is None else Source.ASKED,
                year=now.astimezone(network.zone).year,
                heading=None,
                now=now,
            )
            await consents.add(tx, quote_id, given_in_form(consent, 1, member_id, now))
            await means.note(tx, quote_id, "agreed to by its speaker", member_id)
            if request.said is None:
                await store.drop(tx, request_id)
            else:
                await store.settle(tx, request_id, RequestState.AGREED)
            quote = await quotes.get(tx, quote_id, request.network_id)
            await means.ask_for_review(tx, quote)
        return quote

    async def refuse(
        self, request_id: QuoteRequestId, member_id: MemberId, *, never: bool = False
    ) -> None:
        """Say no. It is remembered so long that they are not asked again about the same words.

        Raises:
            Closed: they have said yes. Taking words back is another thing, see `Mine.withdraw`.
        """
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            request = await self._get(tx, request_id)
            request.must_be_for(member_id)
            request.must_not_be_agreed()
            if request.asked_by is None:
                await store.drop(tx, request_id)
            else:
                await store.settle(tx, request_id, RequestState.REFUSED)
            if never:
                await store.never_ask(tx, request.network_id, member_id, now)

    async def may_be_asked_again(self, *, by: Person) -> None:
        """Undo “never ask me”."""
        async with self._means.db.write() as tx:
            await store.ask_again(tx, by.network_id, by.member_id)

    async def is_never_asked(self, *, by: Person) -> bool:
        return not await store.may_be_asked(self._means.db, by.network_id, by.member_id)

    async def next_due(self) -> datetime | None:
        return await store.first_end(self._means.db)

    async def over(self) -> Sequence[QuoteRequest]:
        """Those that nobody has answered in time, whose messages are to be emptied."""
        return await store.over(self._means.db, self._means.clock.now())

    async def is_emptied(self, request_id: QuoteRequestId) -> None:
        async with self._means.db.write() as tx:
            await store.drop(tx, request_id)

    async def empty_later(self, request_id: QuoteRequestId) -> None:
        """Discord did not answer: the message is tried again, and the answer stays no."""
        async with self._means.db.write() as tx:
            await store.put_off(tx, request_id, self._means.clock.now() + LATER)

    async def _get(self, db: Queries, request_id: QuoteRequestId) -> QuoteRequest:
        request = await store.find(db, request_id)
        if request is None:
            raise NotFound(_OVER)
        return request


def given_in_form(consent: Consent, wording: int, member_id: MemberId, now: datetime) -> Given:
    return Given(
        consent=consent,
        wording=wording,
        how=How.FORM,
        shown=CONSENT_TEXT,
        given_by=member_id,
        given_at=now,
        expires_at=consent.lasting.ends(now),
    )
