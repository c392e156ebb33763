"""What was found is marked, whole words only, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.asking import Known, groups, read
from bot.search.entry import Collection
from bot.search.marking import Marks, bold, marks_of
from bot.search.rings import Rings
from bot.search.service import Search
from bot.search.words import fold
from bot.ui.text import as_typed
from tests.conftest import HOME
from tests.search.conftest import RINGS, Put


def marks(typed: str, rings: Rings = RINGS) -> Marks:
    return marks_of(groups(read(typed, rings), rings, Known(0), str))


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("customers", "A customer said", "A **customer** said"),
        ("kpi", "The KPI's, and KPIs.", "The **KPI's**, and **KPIs**."),
        ("don't", "I don\u2019t. Don't!", "I **don\u2019t**. **Don't**!"),
        ("coproduction", "co-production, co produced", "**co-production**, **co produced**"),
        ('"the wheel"', "the big wheel, the wheel", "the big wheel, **the wheel**"),
        ("reinvent wheel", "reinvent wheel, wheel", "**reinvent wheel**, **wheel**"),
        ("hiring", "our interview panel, a panel", "our **interview panel**, a panel"),
        ("tender", "A contender for a Tender", "A contender for a **Tender**"),
        ("cafe", "Café", "**Café**"),
        ("a", "a cat", "**a** cat"),
        ("", "a cat", "a cat"),
        ("example", "https://a.org/example, an example", "https://a.org/example, an **example**"),
        ("organisation", "An organization", "An **organization**"),
    ],
)  # fmt: skip
def test_what_was_meant_is_marked(typed: str, text: str, expected: str) -> None:
    assert bold(text, marks(typed), str) == expected


async def test_what_was_found_by_another_word_is_marked_too(search: Search, put: Put) -> None:
    text = "Leaders must listen"
    await put(1, text)
    found = await search.find(HOME, Collection.QUOTE, "leadership", rings=RINGS)
    assert bold(text, found.marks, as_typed) == "**Leaders** must listen"
    found = await search.find(HOME, Collection.QUOTE, "leadrs", rings=RINGS)
    assert bold(text, found.marks, as_typed) == "**Leaders** must listen"


def test_what_could_be_read_as_markdown_stays_as_it_was_typed() -> None:
    shown = bold("*very* kettle_ and **bold** kettles", marks("kettle"), as_typed)
    assert shown == r"\*very\* **kettle**\_ and \*\*bold\*\* **kettles**"


@given(typed=st.text(max_size=40), text=st.text(max_size=200))
def test_marking_adds_marks_and_nothing_else(typed: str, text: str) -> None:
    shown = bold(text, marks(typed), lambda part: part.replace("*", "·"))
    assert shown.replace("**", "") == text.replace("*", "·")
    assert shown.count("**") % 2 == 0
    for part in shown.split("**")[1::2]:
        assert fold(part)
