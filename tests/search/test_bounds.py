"""A search looks at a bounded part of the index at a time, newest first, and then stops."""

import pytest

from bot.search import finding
from bot.search.entry import Collection
from bot.search.service import Search
from tests.conftest import AWAY, HOME
from tests.search.conftest import Put

QUOTE = Collection.QUOTE


@pytest.fixture
async def many(put: Put) -> None:
    for item_id in range(40):
        await put(item_id, f"Trust number {item_id}", network=HOME if item_id % 2 else AWAY)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("stride", [1, 3, 7, 39, 40, 41])
async def test_stride_by_stride_nothing_is_left_out_and_nothing_comes_twice(
    search: Search, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    monkeypatch.setattr(finding, "STRIDE", stride)
    found = await search.find(HOME, QUOTE, "trust", per_page=100)
    assert found.item_ids == tuple(range(39, 0, -2))
    assert not found.is_more


@pytest.mark.usefixtures("many")
async def test_what_was_not_looked_at_in_time_is_said_to_be_more(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "STRIDE", 10)
    monkeypatch.setattr(finding, "DEADLINE", -1.0)
    found = await search.find(HOME, QUOTE, "trust", per_page=100)
    assert found.item_ids == (39, 37, 35, 33, 31)
    assert found.is_more


@pytest.mark.usefixtures("many")
async def test_the_newest_are_weighed_and_the_rest_is_said_to_be_more(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 6)
    found = await search.find(HOME, QUOTE, "trust", per_page=100)
    assert found.is_more
    assert found.how_many == 6
