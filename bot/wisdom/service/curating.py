"""What goes out on pages for papers, and what was done with a quote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.ids import ThemeId
from bot.people import Person
from bot.wisdom.model import Change, ShownQuote, Use
from bot.wisdom.pack import MOST
from bot.wisdom.service.means import Means
from bot.wisdom.store import packing as store
from bot.wisdom.store import quote as quotes
from bot.wisdom.store import shown, trail

_BY_SPEAKER = "by its speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What is on a page, newest first."""

    quotes: Sequence[ShownQuote]
    of: int
    """How many there are: a page has room for some."""
    left_out: int
    """Quotes on the theme that everybody here can read, and that are not agreed for papers."""


class Curating:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def pack(self, theme_id: ThemeId, *, by: Person) -> Packed:
        """Quotes on a theme that are agreed for training and papers.

        Whoever looks after the network gets all of them. Others get those that they can read
        here: somebody who agreed to papers alone did not agree to every member reading it.
        """
        means, now = self._means, self._means.clock.now()
        vocabulary = await means.themes.vocabulary(by.network_id)
        themes = tuple(vocabulary.ids_of(theme_id))
        only_public = not (by.is_moderator or by.is_organiser)
        ids, of = await store.newest(
            means.db, by.network_id, themes, now, only_public=only_public, most=MOST
        )
        return Packed(
            quotes=await shown.those_of(means.db, by.network_id, ids, Use.TRAINING, now),
            of=of,
            left_out=await store.count_left_out(means.db, by.network_id, themes, now),
        )

    async def history(
        self, number: int, *, by: Person, skip: int = 0, most: int = 15
    ) -> tuple[Sequence[Change], int]:
        """What was done with the quote of that number, newest first, and how much there is.

        Moderators are named in it, and the speaker is not: who shared a quote is not for them.
        """
        by.must_be_moderator("look at what was done with a quote")
        quote = await quotes.get_numbered(self._means.db, by.network_id, number)
        changes = [
            replace(each, by_id=None) if each.what.endswith(_BY_SPEAKER) else each
            for each in await trail.of(self._means.db, quote.id)
        ]
        changes.reverse()
        return changes[skip : skip + most], len(changes)
