"""What the network has gathered before anybody looks in: quotes, kept and published in years past.

They come in as they would anywhere: some by the form, most out of files of earlier meetings, each
with its consent. Only the clock is a pretended one, so that it all has happened at some time.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import services
from bot.client import Services
from bot.ids import MemberId, NetworkId, QuoteId
from bot.notices.model import Delivery, Notice
from bot.people import Person
from bot.storage.database import Database
from bot.wisdom.importing.model import Candidate
from bot.wisdom.model import Consent, Credit, Details, Lasting, Perspective, Quote, Use

SAMPLE = Path(__file__).with_name("wisdom.toml")

PERSPECTIVES = {"frontline-worker": Perspective.FRONTLINE, "carer-family": Perspective.CARER}
"""Those of the sample that are called otherwise in it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that one of the demo's people has shared with the form."""

    key: str
    who: str
    days_ago: int
    consent: Consent
    is_published: bool = True


def _agreed(
    *uses: Use, credit: Credit = Credit.ANONYMOUS, name: str | None = None, lasting: Lasting
) -> Consent:
    return Consent(uses=frozenset(uses), credit=credit, credited_as=name, lasting=lasting)


_HERE = _agreed(Use.DISCORD, lasting=Lasting.TWO_YEARS)
_POSTS = _agreed(Use.DISCORD, Use.POSTS, credit=Credit.PERSPECTIVE, lasting=Lasting.OPEN)
_ALL = _agreed(*Use, credit=Credit.PERSPECTIVE, lasting=Lasting.OPEN)

SHARED = (
    Shared("blazer", "Aisha", 330, _ALL),
    Shared("the-middle-one", "Aisha", 45, _HERE),
    Shared(
        "questions-early",
        "Dorota",
        210,
        _agreed(*Use, credit=Credit.FIRST_NAME, name="Dorota", lasting=Lasting.OPEN),
    ),
    Shared("washing-up", "Kwame", 120, _POSTS),
    Shared(
        "old-conviction",
        "Kwame",
        60,
        _agreed(Use.DISCORD, Use.TRAINING, lasting=Lasting.ONE_YEAR),
    ),
    Shared("sandwiches", "Farah", 20, _POSTS),
    Shared("fewer-meetings", "Bev", 1, _HERE, is_published=False),
    Shared("date-of-birth", "Errol", 2, _POSTS, is_published=False),
)
FILES = ((600, _ALL), (320, _POSTS), (100, _HERE))
"""How many days ago a file was brought in, and what the people in it had agreed to."""
NOT_YET = 4
"""Quotes of one more file, of which nobody has recorded consent yet."""
MOST_WAITING = 500
QUOTE_EVERY = timedelta(hours=7)
"""Between two that a moderator publishes."""


class Then:
    """The clock of somebody who was there."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def set(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now.replace(microsecond=0)


class Told:
    """What was to be told at the time was told at the time."""

    async def send(self, notice: Notice) -> Delivery:
        return Delivery.SENT


async def gather(
    path: Path, network_id: NetworkId, people: Mapping[str, MemberId], until: datetime
) -> None:
    """Fill the database at *path*, which the bot may be using, with what was said before *until*.

    A quote of the week is chosen for the week of *until*, and posted by the bot when it looks.
    """
    sample: dict[str, dict[str, Any]] = {
        each["key"]: each for each in tomllib.loads(SAMPLE.read_text("utf-8"))["quote"]
    }
    clock = Then(until)
    async with Database.open(path) as db:
        past = _Past(services(db, clock), clock, network_id, people, until)
        for each in SHARED:
            await past.share(sample.pop(each.key), each)
        rest = list(sample.values())
        await past.bring_in(rest[:NOT_YET], 3)
        share = -(-(len(rest) - NOT_YET) // len(FILES))
        for number, (days_ago, consent) in enumerate(FILES):
            some = rest[NOT_YET + number * share : NOT_YET + (number + 1) * share]
            await past.bring_in(some, days_ago, consent)
        await past.choose_for_week()


class _Past:
    def __init__(
        self,
        parts: Services,
        clock: Then,
        network_id: NetworkId,
        people: Mapping[str, MemberId],
        until: datetime,
    ) -> None:
        self._parts, self._wisdom, self._clock = parts, parts.wisdom, clock
        self._network_id, self._people, self._until = network_id, people, until
        self._moderator = self._person("Jean", is_moderator=True)

    def _person(self, name: str, *, is_moderator: bool = False) -> Person:
        return Person(
            network_id=self._network_id,
            member_id=self._people[name],
            is_moderator=is_moderator,
        )

    async def share(self, said: Mapping[str, Any], how: Shared) -> None:
        speaker = self._person(how.who)
        self._clock.set(self._until - timedelta(days=how.days_ago))
        request = await self._wisdom.requests.begin(await self._details(said), by=speaker)
        quote = await self._wisdom.requests.agree(
            request.id, said["words"], how.consent, speaker.member_id
        )
        if how.is_published:
            await self._publish([quote.id])

    async def bring_in(
        self, said: Sequence[Mapping[str, Any]], days_ago: int, consent: Consent | None = None
    ) -> None:
        """All that *said* holds, as a file; with *consent*, recorded and published."""
        self._clock.set(self._until - timedelta(days=days_ago))
        moderator = self._moderator
        brought = await self._wisdom.bringing.bring_in(
            [_candidate(each) for each in said], by=moderator, keep_alike=True
        )
        if consent is None or brought.import_id is None:
            return
        await self._wisdom.bringing.record_all(brought.import_id, consent, by=moderator)
        waiting = await self._wisdom.review.waiting(by=moderator, most=MOST_WAITING)
        agreed = [each for each in waiting.quotes if each.speaker_id is None and each.given]
        await self._note(said, agreed)
        await self._publish([each.id for each in agreed])

    async def _note(self, said: Sequence[Mapping[str, Any]], quotes: Sequence[Quote]) -> None:
        """Say what a quote mentions where somebody may want to know it first."""
        noted = {each["words"]: each["content_note"] for each in said if "content_note" in each}
        for quote in quotes:
            if quote.words in noted:
                of = quote.details
                await self._wisdom.review.sort_under(
                    quote.id, of.kind_id, of.theme_ids, noted[quote.words], by=self._moderator
                )

    async def _publish(self, quote_ids: Sequence[QuoteId]) -> None:
        for quote_id in quote_ids:
            self._clock.set(min(self._clock.now() + QUOTE_EVERY, self._until))
            await self._wisdom.review.publish(quote_id, by=self._moderator)
        await self._parts.notices.deliver_due(Told())

    async def choose_for_week(self) -> None:
        network = await self._parts.networks.get(self._network_id)
        today = self._until.astimezone(network.zone)
        monday = today - timedelta(days=today.weekday())
        at = monday.replace(hour=10, minute=0, second=0)
        self._clock.set(at if at <= self._until else at - timedelta(weeks=1))
        await self._wisdom.weekly.run()

    async def _details(self, said: Mapping[str, Any]) -> Details:
        vocabulary = await self._parts.themes.vocabulary(self._network_id)
        themes = {each.slug: each.id for each in vocabulary.themes}
        return Details.read(
            kind_id={each.slug: each.id for each in vocabulary.kinds}[said["kind"]],
            theme_ids=[themes[each] for each in said["themes"]],
            perspective=_perspective(said),
            content_note=said.get("content_note", ""),
        )


def _candidate(said: Mapping[str, Any]) -> Candidate:
    return Candidate(
        words=said["words"],
        kind=said["kind"],
        themes=tuple(said["themes"]),
        year=said["year"],
        perspective=_perspective(said),
    )


def _perspective(said: Mapping[str, Any]) -> str:
    typed: str = said["perspective"]
    return PERSPECTIVES.get(typed) or Perspective(typed.replace("-", "_"))
