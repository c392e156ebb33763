"""One way to find things, for everything a network may find."""

import logging
from dataclasses import replace

from bot.ids import NetworkId
from bot.search import store, upkeep
from bot.search.alike import alike
from bot.search.completing import completed
from bot.search.entry import Collection, Entry, Filters, Shelf
from bot.search.finding import Finding
from bot.search.found import Alike, Found
from bot.search.rings import Rings
from bot.storage.database import Database, IndexDiffers, Transaction

log = logging.getLogger(__name__)


class Search:
    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, tx: Transaction, entry: Entry) -> None:
        """Let *entry* be found, from the moment that its transaction is committed."""
        await store.put(tx, entry)

    async def take_out(self, tx: Transaction, collection: Collection, item_id: int) -> None:
        """Let it be found no more. Where it must never be forgotten, a trigger does this."""
        await store.take_out(tx, collection, item_id)

    async def find(
        self,
        network_id: NetworkId,
        collection: Collection,
        typed: str,
        *,
        rings: Rings | None = None,
        filters: Filters | None = None,
        page: int = 1,
        per_page: int = 5,
        may_respell: bool = True,
    ) -> Found:
        """A page of what was found for whatever somebody typed, best first.

        Says what was tried, and what is near when that was nothing. It raises nothing, whatever
        was typed; a page that is not there becomes the nearest that is.
        """
        shelf, rings, filters = (
            Shelf(network_id, collection),
            rings or Rings(),
            filters or Filters(),
        )
        finding = Finding(self._db, shelf, rings, filters, may_respell=may_respell)
        items, found = await finding.find(typed)
        if not items and filters != Filters():
            finding = Finding(self._db, shelf, rings, Filters(), may_respell=may_respell)
            _, freely = await finding.find(typed)
            return replace(found, without_filters=freely.how_many)
        pages = max(1, -(-len(items) // per_page))
        page = min(max(1, page), pages)
        first = (page - 1) * per_page
        shown = tuple(items[first : first + per_page])
        return replace(found, item_ids=shown, page=page, pages=pages)

    async def like(
        self,
        network_id: NetworkId,
        collection: Collection,
        text: str,
        *,
        most: int = 3,
        but: int | None = None,
    ) -> Alike:
        """What is there already that says the same, or something like it. Not item *but*."""
        return await alike(self._db, Shelf(network_id, collection), text, most=most, but=but)

    async def complete(
        self, network_id: NetworkId, collection: Collection, typed: str, *, most: int = 10
    ) -> list[str]:
        """What somebody may be about to type, each of which finds something."""
        return await completed(self._db, Shelf(network_id, collection), typed, most=most)

    async def check(self) -> bool:
        """Whether the index and the list of words are what the entries make them."""
        try:
            async with self._db.write() as tx:
                await upkeep.check_index(tx)
                return await upkeep.are_words_right(tx)
        except IndexDiffers:
            return False

    async def mend(self) -> bool:
        """At a start: look, and put right what is wrong. Whether anything was."""
        if await self.check():
            return False
        log.warning("The search index was not what it should be")
        await self.rebuild()
        return True

    async def rebuild(self) -> None:
        """From the entries, which are never in doubt."""
        async with self._db.write() as tx:
            await upkeep.rebuild(tx)
        log.info("Built the search index anew")

    async def is_to_be_wiped(self) -> bool:
        """Whether something was taken out that may still be in a file."""
        return await upkeep.is_to_be_wiped(self._db)

    async def wipe(self) -> bool:
        """Leave no trace of what was taken out: not in free pages, the index or the log.

        Writes everything anew, and others wait to write meanwhile. False: a reader kept the log
        from being emptied, so please ask again later.
        """
        async with self._db.write() as tx:
            deletions = await upkeep.write_anew(tx)
        if not await self._db.empty_log():
            return False
        async with self._db.write() as tx:
            await upkeep.mark_wiped(tx, deletions)
        return True
