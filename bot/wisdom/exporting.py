"""Quotes as files that other programs read. What may be in them is decided before."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.spreadsheet import harmless, table_file

COLUMNS = (
    *("number", "words", "kind", "themes", "credit", "perspective", "year"),
    *("content note", "uses"),
)
BETWEEN = "; "
"""What stands between the themes of one cell. The importer parts them there again."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
# At the start of a line: a list, a numbered one, or a line under a heading.
_BEGINS = re.compile(r"^(\d*)([-+=.)])", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedQuote:
    """A quote as its consent lets it be told: the credit is how its speaker wants to be named."""

    number: int
    words: str
    kind: str
    themes: tuple[str, ...] = ()
    credit: str = ""
    perspective: str = ""
    year: int | None = None
    content_note: str = ""
    uses: tuple[str, ...] = ()


def as_csv(quotes: Sequence[ExportedQuote]) -> bytes:
    return table_file(COLUMNS, map(_cells, quotes))


def _cells(quote: ExportedQuote) -> list[str]:
    return [
        str(quote.number),
        quote.words,
        quote.kind,
        BETWEEN.join(quote.themes),
        quote.credit,
        quote.perspective,
        "" if quote.year is None else str(quote.year),
        quote.content_note,
        BETWEEN.join(quote.uses),
    ]


def as_json(quotes: Sequence[ExportedQuote]) -> bytes:
    told: list[dict[str, Any]] = [
        {
            "number": each.number,
            "words": each.words,
            "kind": each.kind,
            "themes": each.themes,
            "credit": each.credit,
            "perspective": each.perspective,
            "year": each.year,
            "content_note": each.content_note,
            "uses": each.uses,
        }
        for each in quotes
    ]
    return (json.dumps({"quotes": told}, ensure_ascii=False, indent=2) + "\n").encode()


def as_markdown(quotes: Sequence[ExportedQuote], *, title: str = "Wisdom") -> bytes:
    parts = [f"# {plain_markdown(title)}", *map(quoted_in_markdown, quotes)]
    return ("\n\n".join(parts) + "\n").encode()


def quoted_in_markdown(quote: ExportedQuote) -> str:
    """A block quote, with who said it and its number below."""
    lines = [plain_markdown(line) for line in "\n".join(noted(quote)).split("\n")]
    said = f"— {plain_markdown(said_by(quote))}"
    return "\n".join(f"> {line}".rstrip() for line in (*lines, "", said))


def noted(quote: ExportedQuote) -> list[str]:
    """The words, with what they mention in front where somebody may want to know it first."""
    note = [f"Content note: {quote.content_note}", ""] if quote.content_note else []
    return [*note, quote.words]


def said_by(quote: ExportedQuote) -> str:
    """“Amina, commissioner, 2026 (quote 17)”, as much of it as is known."""
    known = [quote.credit, quote.perspective if quote.perspective != quote.credit else ""]
    year = "" if quote.year is None else str(quote.year)
    who = ", ".join(each for each in (*known, year) if each)
    return f"{who or 'Unnamed'} (quote {quote.number})"


def as_taguette_csv(quotes: Sequence[ExportedQuote], *, document: str = "Wisdom") -> bytes:
    """As Taguette writes its highlights: a row for each tag, and one without for no tag.

    Our kinds and themes are paths there (“theme.Leadership”), which its tree of tags can fold.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(("id", "document", "tag", "content"))
    for quote in quotes:
        tags = [f"kind.{quote.kind}"] if quote.kind else []
        tags += [f"theme.{theme}" for theme in quote.themes]
        for tag in tags or [""]:
            row = (str(quote.number), document, tag, quote.words)
            table.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode()  # without a mark in front: Taguette writes none


def plain_markdown(text: str) -> str:
    """*text* so that Markdown shows it as it is."""
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _BEGINS.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", lines))
