"""Quotes out of a file: kept for consent to be recorded, all of them or none."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.errors import Closed, Invalid, NotFound
from bot.ids import MemberId, NetworkId, QuoteImportId
from bot.people import Person
from bot.search.entry import Collection
from bot.search.words import fold
from bot.themes.model import Vocabulary
from bot.wisdom.importing.doubles import Known, Others
from bot.wisdom.importing.model import Candidate, NearDouble, Progress
from bot.wisdom.model import (
    CONSENT_TEXT,
    MOST_THEMES,
    NAMES,
    Brought,
    Consent,
    Details,
    Given,
    How,
    LeftOut,
    Perspective,
    QuoteImport,
    QuoteState,
    Source,
    words_of_quote,
)
from bot.wisdom.service.means import Means
from bot.wisdom.store import bringing as store
from bot.wisdom.store import consent as consents
from bot.wisdom.store import decision as decisions
from bot.wisdom.store import quote as quotes
from bot.wisdom.store import trail

_TO_DO = "bring in quotes"
_LIKE = 8
"""Published quotes that are looked at for each candidate."""
AT_ONCE = 200
"""Consents recorded in one transaction: others wait to write meanwhile."""
LONGEST_HEADING = 200

NO_SUCH_NETWORK = (
    "No network has that id here. “coproduction-bot stats --each” names those that there are."
)
NO_SUCH_IMPORT = "I can't find that file's quotes any more. They may have been left out already."


class Bringing:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def must_be_allowed(self, *, by: Person) -> None:
        """Before anybody's file is fetched and read."""
        by.must_be_moderator(_TO_DO)

    async def bring_in(
        self,
        found: Sequence[Candidate],
        *,
        by: Person,
        keep_alike: bool = False,
        progress: Progress | None = None,
    ) -> Brought:
        """Keep what a file holds, but for what says nearly the same as something here.

        With *keep_alike* only what says just the same is left out.
        """
        by.must_be_moderator(_TO_DO)
        compared = await self._compared(by.network_id, found, progress)
        return await self._keep(by.network_id, compared, by.member_id, keep_alike=keep_alike)

    async def bring_in_as_operator(
        self,
        found: Sequence[Candidate],
        network_id: NetworkId,
        *,
        keep_alike: bool = False,
        progress: Progress | None = None,
    ) -> Brought:
        """Raises `Invalid`: no such network."""
        compared = await self.compared(found, network_id, progress)
        return await self._keep(network_id, compared, None, keep_alike=keep_alike)

    async def compared(
        self, found: Sequence[Candidate], network_id: NetworkId, progress: Progress | None = None
    ) -> list[Candidate]:
        """For an operator: the candidates with what they nearly double, and nothing is kept.

        Raises:
            Invalid: no such network.
        """
        if not await store.is_known(self._means.db, network_id):
            raise Invalid(NO_SUCH_NETWORK)
        return await self._compared(network_id, found, progress)

    async def waiting(
        self, *, by: Person, skip: int = 0, most: int = 5
    ) -> tuple[Sequence[QuoteImport], int]:
        """Files of which something waits for consent to be recorded, newest first."""
        by.must_be_moderator("look at what was brought in")
        return await store.waiting(self._means.db, by.network_id, skip, most)

    async def get(self, import_id: QuoteImportId, *, by: Person) -> QuoteImport:
        """Raises `Closed`: nothing of it waits any more."""
        by.must_be_moderator("look at what was brought in")
        found = await store.find(self._means.db, import_id)
        if found is None or found.network_id != by.network_id:
            raise NotFound(NO_SUCH_IMPORT)
        if not found.to_record:
            raise Closed("Nothing of that file waits for consent any more.")
        return found

    async def record_all(self, import_id: QuoteImportId, consent: Consent, *, by: Person) -> int:
        """Write down that the network has published all of a file with this consent.

        Raises:
            Invalid: it would put one name under the words of many.
        """
        by.must_be_moderator("record consent")
        if consent.credit in NAMES:
            raise Invalid(
                "One name can't stand with all of them. Please choose no name or the perspective, "
                "and use /review to record those that carry a name one by one."
            )
        await self.get(import_id, by=by)
        done = 0
        while some := await self._record_some(import_id, consent, by.member_id):
            done += some
        return done

    async def leave_out_all(self, import_id: QuoteImportId, *, by: Person) -> int:
        """Delete all of a file that nobody has agreed to yet, and say how many those were."""
        await self.get(import_id, by=by)
        async with self._means.db.write() as tx:
            return await store.leave_out(tx, import_id)

    async def _compared(
        self, network_id: NetworkId, found: Sequence[Candidate], progress: Progress | None
    ) -> list[Candidate]:
        means = self._means
        beside = await store.known_beside_search(means.db, network_id)
        others = await asyncio.to_thread(Others, beside)  # there may be thousands
        compared: list[Candidate] = []
        for number, each in enumerate(found, start=1):
            alike = [
                *Others(await self._found_like(network_id, each.words)).nearly_double(each.words),
                *others.nearly_double(each.words),
            ]
            alike.sort(key=lambda double: -double.likeness)
            here = [double for double in each.nearly_doubles if not double.is_kept]
            compared.append(replace(each, nearly_doubles=(*alike, *here)))
            if progress is not None:
                progress(number, len(found))
        return compared

    async def _found_like(self, network_id: NetworkId, words: str) -> Sequence[Known]:
        means = self._means
        like = await means.search.like(network_id, Collection.QUOTE, words, most=_LIKE)
        return await store.known(means.db, network_id, (*like.doubles, *like.similar))

    async def _keep(
        self,
        network_id: NetworkId,
        found: Sequence[Candidate],
        by: MemberId | None,
        *,
        keep_alike: bool,
    ) -> Brought:
        means, now = self._means, self._means.clock.now()
        vocabulary = await means.themes.vocabulary(network_id)
        network = await means.networks.get(network_id)
        this_year = now.astimezone(network.zone).year
        chosen, left_out = chosen_of(found, keep_alike=keep_alike)
        had_names = any(each.credit for each in found)
        async with means.db.write() as tx:
            await means.networks.must_exist(tx, network_id)
            # Somebody else may be bringing in the same file.
            there = await store.words_there(tx, network_id, [each.words for each in chosen])
            chosen = [each for each in chosen if each.words not in there]
            if not chosen:
                return Brought(import_id=None, kept=0, left_out=left_out, had_names=had_names)
            import_id = await store.add(tx, network_id, by, now)
            for each in chosen:
                quote_id = await quotes.add(
                    tx,
                    network_id,
                    each.words,
                    _details(each, vocabulary),
                    state=QuoteState.TO_RECORD,
                    speaker_id=None,
                    kept_by=by,
                    source=Source.IMPORTED,
                    year=each.year or this_year,
                    heading=each.heading[:LONGEST_HEADING] if each.heading else None,
                    now=now,
                    import_id=import_id,
                )
                await trail.add(tx, quote_id, "brought in", by, now)
        return Brought(
            import_id=import_id, kept=len(chosen), left_out=left_out, had_names=had_names
        )

    async def _record_some(self, import_id: QuoteImportId, consent: Consent, by: MemberId) -> int:
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            some = await store.to_record(tx, import_id, AT_ONCE)
            for quote_id, wording in some:
                given = Given(
                    consent=consent,
                    wording=wording,
                    how=How.PUBLISHED,
                    shown=CONSENT_TEXT,
                    given_by=by,
                    given_at=now,
                    expires_at=consent.lasting.ends(now),
                )
                await consents.add(tx, quote_id, given)
                await decisions.wait_for_moderator(tx, quote_id)
                await trail.add(tx, quote_id, "consent recorded", by, now)
            tx.after_commit(partial(means.ending_changed.ring, None))
        return len(some)


def chosen_of(
    found: Sequence[Candidate], *, keep_alike: bool
) -> tuple[list[Candidate], list[LeftOut]]:
    """What to keep, in the order of the file, and what to leave out.

    Of those in the file that double each other, the longest stays: a post often leads with a
    quote cut short that it gives in full further down.
    """
    staying: set[int] = set()
    leaving: dict[int, LeftOut] = {}
    numbered = [(number, _kept_as(each)) for number, each in enumerate(found, start=1)]
    for number, each in sorted(numbered, key=lambda pair: (-len(pair[1].words), pair[0])):
        double = _double_of(each, staying, only_the_same=keep_alike)
        if double is None:
            staying.add(number)
        else:
            leaving[number] = LeftOut(words=each.words, like=double)
    return (
        [each for number, each in numbered if number in staying],
        [leaving[number] for number in sorted(leaving)],
    )


def _double_of(
    candidate: Candidate, staying: set[int], *, only_the_same: bool
) -> NearDouble | None:
    for double in candidate.nearly_doubles:
        counts = double.is_kept or double.number in staying
        if counts and (not only_the_same or fold(double.words) == fold(candidate.words)):
            return double
    return None


def _kept_as(candidate: Candidate) -> Candidate:
    """With its words as a quote has them. A part of a file is never longer than a quote may be."""
    return replace(candidate, words=words_of_quote(candidate.words))


def _details(candidate: Candidate, vocabulary: Vocabulary) -> Details:
    kind = next((each.id for each in vocabulary.kinds if each.slug == candidate.kind), None)
    by_name = {
        name.casefold(): each.id for each in vocabulary.themes for name in (each.slug, each.label)
    }
    themes = [by_name[name] for each in candidate.themes if (name := each.casefold()) in by_name]
    typed = "_".join(candidate.perspective.casefold().replace("-", " ").split())
    known = typed in {str(each) for each in Perspective}
    return Details(
        kind_id=kind,
        theme_ids=tuple(dict.fromkeys(themes))[:MOST_THEMES],
        perspective=Perspective(typed) if known else None,
    )
