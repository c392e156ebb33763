"""Tables: a column of words, and perhaps what is known beside them."""

import csv
import io
import re

from bot.errors import Invalid
from bot.spreadsheet import as_written
from bot.wisdom.importing.model import Block, BlockKind, FromTable

_COLUMNS = {
    "words": ("quote", "quotes", "words", "text", "quotation", "content"),
    "kind": ("kind", "type"),
    "themes": ("theme", "themes", "tag", "tags"),
    "year": ("year",),
    "perspective": ("perspective", "role"),
    "credit": ("credit", "credited to"),
}
_FORMULA = re.compile(r"^=\s*(?:[A-Za-z.]+\s*\(|[^=]*[!|]|[-+]?\$?[A-Z]{1,3}\$?\d)")
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_SAMPLE = 20_000
_MOST_SHOWN, _LONGEST_SHOWN = 8, 30
_LONGEST_LABEL = 100


def blocks_of_table(text: str) -> list[Block]:
    """Raises: Invalid, saying which columns there are, or in which row the trouble is."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=False)
        no_row: list[str] = []
        header = next((row for row in rows if any(cell.strip() for cell in row)), no_row)
        columns = _columns(header)
        return [
            block
            for number, row in enumerate(rows, start=2)
            if (block := _block(row, columns, width=len(header), number=number)) is not None
        ]
    except csv.Error as error:
        raise Invalid(
            "I can't read that table. Please save it again as CSV, with commas between columns."
        ) from error


def _dialect(text: str) -> type[csv.Dialect] | csv.Dialect:
    """By the first line only: words have commas and semicolons of their own."""
    first = text[:_SAMPLE].lstrip().partition("\n")[0]
    try:
        sniffed = csv.Sniffer().sniff(first, delimiters=",;\t|")
    except csv.Error:
        return csv.excel()
    dialect = csv.excel()
    dialect.delimiter = sniffed.delimiter
    return dialect


def _columns(header: list[str]) -> dict[str, int]:
    names = [" ".join(cell.split()).casefold() for cell in header]
    columns: dict[str, int] = {}
    for what, called in _COLUMNS.items():
        place = next((names.index(name) for name in called if name in names), None)
        if place is not None:
            columns[what] = place
    if "words" not in columns:
        shown = [_short(name) for name in header if name.strip()][:_MOST_SHOWN]
        more = " and more" if len(header) > _MOST_SHOWN else ""
        found = (
            f"The first row of this table has: {', '.join(shown)}{more}."
            if shown
            else ("This table has no first row with names of columns.")
        )
        raise Invalid(f"{found} One of its columns must be called “quote”, “words” or “text”.")
    return columns


def _short(name: str) -> str:
    name = " ".join(name.split())
    return f"“{name if len(name) <= _LONGEST_SHOWN else name[:_LONGEST_SHOWN] + '…'}”"


def _block(row: list[str], columns: dict[str, int], *, width: int, number: int) -> Block | None:
    if any(cell.strip() for cell in row[width:]):
        raise Invalid(
            f"Row {number:,} has more cells than the first row. Perhaps a comma parts words that "
            "belong together. Please put them between quotation marks, or save it as CSV again."
        )

    def cell(what: str) -> str:
        place = columns.get(what)
        return "" if place is None or place >= len(row) else as_written(row[place].strip())

    words = cell("words")
    if not words:
        return None
    if _FORMULA.match(words):
        raise Invalid(
            f"Row {number:,} has a formula where words should be. "
            "Please save the table with values only."
        )
    year = _YEAR.search(cell("year"))
    return Block(
        kind=BlockKind.ROW,
        text=words,
        beside=FromTable(
            kind=cell("kind")[:_LONGEST_LABEL],
            themes=tuple(
                theme[:_LONGEST_LABEL]
                for each in re.split(r"[;|]", cell("themes"))
                if (theme := " ".join(each.split()))
            ),
            year=None if year is None else int(year[0]),
            perspective=" ".join(cell("perspective").split())[:_LONGEST_LABEL],
            credit=" ".join(cell("credit").split())[:_LONGEST_LABEL],
        ),
    )
