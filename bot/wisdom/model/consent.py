"""What a speaker agrees to: use by use, with a credit and an end."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import prose
from bot.errors import Invalid
from bot.ids import MemberId

LONGEST_NAME = 60

CONSENT_TEXT = "2026-2"
"""Which text the consent form shows today. It is kept with each consent: give it a new name
whenever the form comes to say something else."""


class Use(StrEnum):
    DISCORD = "discord"  # in this server, where people search and the quote of the week is posted
    WEBSITE = "website"
    POSTS = "posts"  # reflections posts
    TRAINING = "training"  # training, and papers for boards


class Credit(StrEnum):
    ANONYMOUS = "anonymous"
    PERSPECTIVE = "perspective"  # “a commissioner”, and nothing else
    FIRST_NAME = "first_name"  # or an alias: whatever they type
    NAMED = "named"  # their full name, as they type it


NAMES = (Credit.FIRST_NAME, Credit.NAMED)


class Lasting(StrEnum):
    ONE_YEAR = "one_year"
    TWO_YEARS = "two_years"
    OPEN = "open"  # until they say otherwise

    def ends(self, given_at: datetime) -> datetime | None:
        """The same day of the year, a year or two later; None when it has no end."""
        years = {Lasting.ONE_YEAR: 1, Lasting.TWO_YEARS: 2}.get(self)
        if years is None:
            return None
        year = given_at.year + years
        day = min(given_at.day, calendar.monthrange(year, given_at.month)[1])
        return given_at.replace(year=year, day=day)


class How(StrEnum):
    """The way in which consent was given."""

    FORM = "form"  # in Discord, by the speaker
    SPOKEN = "spoken"
    WRITTEN = "written"
    PUBLISHED = "published"  # to the network, which has already published the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """An answer to the form, whoever gave or recorded it."""

    uses: frozenset[Use]
    credit: Credit
    credited_as: str | None
    lasting: Lasting

    @classmethod
    def read(
        cls, *, uses: Collection[str], credit: str | None, credited_as: str, lasting: str | None
    ) -> "Consent":
        """Raises `Invalid`: something that nobody may decide for them was left open."""
        if not uses:
            raise Invalid(
                "You ticked no use, so nothing is kept. If you want your words to be kept, please "
                "tick at least one way in which they may be used."
            )
        if lasting is None:
            raise Invalid("Please choose how long your words may be used.")
        chosen = Credit(credit) if credit else Credit.ANONYMOUS
        name = prose.line(credited_as, called="name", at_most=LONGEST_NAME) if credited_as else None
        if chosen in NAMES and name is None:
            raise Invalid(
                "Please type the name that should stand with your words, or choose to stay without "
                "a name."
            )
        if name is not None and chosen not in NAMES:
            raise Invalid(
                "You typed a name, but chose that none is shown. Please choose one of the two, so "
                "that I don't show a name by mistake."
            )
        return cls(
            uses=frozenset(Use(each) for each in uses),
            credit=chosen,
            credited_as=name,
            lasting=Lasting(lasting),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A consent as it was given."""

    consent: Consent
    wording: int  # of the quote: it is for these words
    how: How
    shown: str  # which text was read; see `CONSENT_TEXT`
    given_by: MemberId | None
    given_at: datetime
    expires_at: datetime | None

    def lives(self, now: datetime) -> bool:
        return self.expires_at is None or now < self.expires_at

    def allows(self, use: Use, now: datetime) -> bool:
        return use in self.consent.uses and self.lives(now)
