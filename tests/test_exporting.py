"""Quotes as files, each read back by a reader of such files."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.spreadsheet import as_written, harmless, table_file
from bot.wisdom.exporting import (
    COLUMNS,
    ExportedQuote,
    as_csv,
    as_json,
    as_markdown,
    as_taguette_csv,
    said_by,
)
from bot.wisdom.importing.reading import read
from bot.wisdom.pack import Pack, html_page, markdown_page

EVIL = "<script>alert(1)</script> & *stars* _lines_ `code` [link](x) # | ~~no~~ ![p](q) \\ @here"
QUOTES = (
    ExportedQuote(
        number=3,
        words='We asked, “why?”\nand they said; "because".\n\nThen we stopped.',
        kind="Great example",
        themes=("Recruitment", "Buy-in"),
        credit="Amina",
        perspective="commissioner",
        year=2025,
        content_note="mentions an eviction",
        uses=("in Discord", "on the website"),
    ),
    ExportedQuote(number=17, words=EVIL, kind="Challenge", credit=EVIL),
    ExportedQuote(
        number=18, words="=1+1", kind="Question", themes=("@sum",), perspective="+tenant"
    ),
    ExportedQuote(number=19, words="'=1+1\n- one\n1. two\n# three\n    four", kind=""),
)
FORMULAS = tuple("=+-@＝＋－＠")  # noqa: RUF001  # also in full width
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).map(
    str.strip
)


def rows(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_a_table_of_quotes_reads_back_equal() -> None:
    back = rows(as_csv(QUOTES))

    assert tuple(back[0]) == COLUMNS
    for row, quote in zip(back, QUOTES, strict=True):
        as_it_was = {name: as_written(cell) for name, cell in row.items()}
        assert as_it_was == {
            "number": str(quote.number),
            "words": quote.words,
            "kind": quote.kind,
            "themes": "; ".join(quote.themes),
            "credit": quote.credit,
            "perspective": quote.perspective,
            "year": "" if quote.year is None else str(quote.year),
            "content note": quote.content_note,
            "uses": "; ".join(quote.uses),
        }


def test_no_cell_of_a_table_is_a_formula() -> None:
    for made in (as_csv(QUOTES), as_taguette_csv(QUOTES)):
        for row in rows(made):
            assert not any(cell.lstrip().startswith(FORMULAS) for cell in row.values())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_what_is_made_harmless_can_always_be_had_as_it_was(cell: str) -> None:
    assert as_written(harmless(cell)) == cell
    assert not harmless(cell).lstrip().startswith(FORMULAS)
    (_, row) = csv.reader(
        io.StringIO(table_file(["a"], [[cell, "b"]]).decode("utf-8-sig"), newline="")
    )
    assert [as_written(each) for each in row] == [cell, "b"]


def test_a_table_that_was_exported_can_be_imported() -> None:
    first, *_ = found = read("wisdom.csv", as_csv((QUOTES[0], QUOTES[1])))

    assert [each.words for each in found] == [" ".join(quote.words.split()) for quote in QUOTES[:2]]
    assert (first.kind, first.themes, first.year) == ("example", ("Recruitment", "Buy-in"), 2025)
    assert (first.credit, first.perspective) == ("Amina", "commissioner")


def test_json_reads_back_equal() -> None:
    back = [
        ExportedQuote(**{**each, "themes": tuple(each["themes"]), "uses": tuple(each["uses"])})
        for each in json.loads(as_json(QUOTES))["quotes"]
    ]

    assert tuple(back) == QUOTES


def quoted(html: str) -> list[str]:
    return [
        " ".join(each.get_text().split())
        for each in BeautifulSoup(html, "html.parser").find_all("blockquote")
    ]


def expected(quote: ExportedQuote) -> str:
    note = f"Content note: {quote.content_note} " if quote.content_note else ""
    return " ".join(f"{note}{quote.words} — {said_by(quote)}".split())


def test_markdown_shows_the_words_and_nothing_they_would_do() -> None:
    html = str(
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(as_markdown(QUOTES, title="Wisdom of *us*").decode())
    )

    assert quoted(html) == [expected(quote) for quote in QUOTES]
    page = BeautifulSoup(html, "html.parser")
    assert page.h1 is not None
    assert page.h1.get_text() == "Wisdom of *us*"
    assert not page.find_all(["script", "em", "strong", "a", "img", "code", "ul", "ol", "s", "pre"])


@given(
    st.lists(TEXT | st.sampled_from(["1.", "---", "===", "- a", "\ta", ""])).map("\n".join), TEXT
)
def test_any_words_stay_as_they_are_in_markdown(words: str, credit: str) -> None:
    quote = ExportedQuote(number=1, words=words.strip() or "a", kind="", credit=credit)
    html = str(MarkdownIt("commonmark").render(as_markdown([quote]).decode()))

    assert quoted(html) == [expected(quote)]


def test_a_table_for_taguette_has_its_columns_and_a_row_for_each_tag() -> None:
    made = as_taguette_csv(QUOTES, document="Wisdom, spring")

    assert made.startswith(b"id,document,tag,content\r\n")
    back = rows(made)
    assert [(row["id"], row["tag"]) for row in back] == [
        ("3", "kind.Great example"),
        ("3", "theme.Recruitment"),
        ("3", "theme.Buy-in"),
        ("17", "kind.Challenge"),
        ("18", "kind.Question"),
        ("18", "theme.@sum"),
        ("19", ""),
    ]
    words = {str(quote.number): quote.words for quote in QUOTES}
    assert all(as_written(row["content"]) == words[row["id"]] for row in back)
    assert {row["document"] for row in back} == {"Wisdom, spring"}


def test_an_empty_export_is_still_a_file_of_its_kind() -> None:
    assert rows(as_csv([])) == rows(as_taguette_csv([])) == []
    assert json.loads(as_json([])) == {"quotes": []}
    assert as_markdown([]) == b"# Wisdom\n"


PACK = Pack(
    theme="Buy-in <b>",
    network="A & B network",
    made_on="Monday 23 November 2026",
    how_to_ask="Ask “the moderators” of <A & B>.",
    quotes=QUOTES,
)


class Balanced(HTMLParser):
    """Complains of any tag that is not closed where it should be."""

    EMPTY = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_pack_is_a_page_that_any_browser_can_read() -> None:
    html = html_page(PACK)

    balanced = Balanced()
    balanced.feed(html)
    balanced.close()
    assert balanced.open == []
    page = BeautifulSoup(html, "html.parser")
    assert html.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert not page.find_all(["script", "b", "a"])
    assert page.title is not None
    assert page.title.string == "What people say about Buy-in <b>"
    assert [each.name for each in page.find_all(["h1", "h2", "h3"])] == ["h1", "h2", "h2", "h2"]
    ids = [each["id"] for each in page.find_all(id=True)]
    assert ids == [each["aria-labelledby"] for each in page.find_all("section")]
    figures = page.find_all("figure")
    assert [" ".join(each.blockquote.get_text(" ").split()) for each in figures] == [
        " ".join(quote.words.split()) for quote in QUOTES
    ]
    assert [each.figcaption.get_text() for each in figures] == [said_by(each) for each in QUOTES]
    assert "mentions an eviction" in figures[0].get_text()


@pytest.mark.parametrize("make", [html_page, markdown_page])
def test_a_pack_says_what_was_agreed_and_how_to_ask(make) -> None:
    text = make(PACK)
    if make is markdown_page:
        text = str(MarkdownIt("commonmark").render(text))
    said = " ".join(BeautifulSoup(text, "html.parser").get_text(" ").split())

    assert "4 quotes kept by A & B network. This page was made on Monday 23 November 2026." in said
    assert "agreed to these words being used in training and board papers" in said
    assert "Ask “the moderators” of <A & B>." in said
    assert "Amina, commissioner, 2025 (quote 3)" in said
    assert "Unnamed (quote 19)" in said
