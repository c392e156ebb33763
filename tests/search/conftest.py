"""A network with a few quotes that can be found, and a ring or two."""

from collections.abc import Awaitable, Callable

import pytest

from bot.ids import NetworkId, ThemeId
from bot.search.entry import Collection, Entry, Facets
from bot.search.rings import Ring, Rings
from bot.search.service import Search
from bot.storage.database import Database
from tests.conftest import AWAY, HOME

RECRUITMENT, COMMISSIONING, TOKENISM = ThemeId(1), ThemeId(2), ThemeId(3)
RINGS = Rings(
    [
        Ring("Recruitment", ("recruitment", "hiring", "interview panel"), RECRUITMENT),
        Ring("Commissioning", ("commissioner", "procurement", "tender"), COMMISSIONING),
        Ring("Tokenism", ("tokenism", "tick box", "lip service"), TOKENISM),
        Ring("people", ("customer", "service user", "lived experience", "resident")),
    ]
)

Put = Callable[..., Awaitable[None]]


@pytest.fixture
def search(db: Database) -> Search:
    return Search(db)


@pytest.fixture
async def put(db: Database, search: Search) -> Put:
    """Lets a text be found: `await put(7, "We chose the manager together")`."""
    async with db.write() as tx:
        for network in (HOME, AWAY):
            await tx.run("INSERT INTO network (id) VALUES (:id)", {"id": network})

    async def put(
        item_id: int,
        words: str,
        *,
        heading: str = "",
        network: NetworkId = HOME,
        collection: Collection = Collection.QUOTE,
        **facets: object,
    ) -> None:
        entry = Entry(
            network_id=network,
            collection=collection,
            item_id=item_id,
            heading=heading,
            words=words,
            facets=Facets(**facets),  # type: ignore[arg-type]
        )
        async with db.write() as tx:
            await search.put(tx, entry)

    return put
