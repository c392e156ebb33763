"""A page of quotes on a theme, to be put into a board paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.wisdom.exporting import ExportedQuote, plain_markdown, quoted_in_markdown, said_by

MOST = 12
"""Quotes that fit on about a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What is on the page."""

    theme: str
    network: str  # what it is called
    made_on: str  # a day in words
    how_to_ask: str  # whom to ask about using more, or elsewhere
    quotes: Sequence[ExportedQuote]

    @property
    def title(self) -> str:
        return f"What people say about {self.theme}"

    @property
    def consent(self) -> str:
        people = "The person" if len(self.quotes) == 1 else "The people"
        return (
            f"{people} quoted here agreed to these words being used in training and board papers, "
            "with the credit shown, and to nothing else. They can change their minds at any time: "
            "please make a new page before you use this one again."
        )

    @property
    def counted(self) -> str:
        number = "1 quote" if len(self.quotes) == 1 else f"{len(self.quotes)} quotes"
        return f"{number} kept by {self.network}. This page was made on {self.made_on}."


def markdown_page(pack: Pack) -> str:
    parts = [
        f"# {plain_markdown(pack.title)}",
        plain_markdown(pack.counted),
        "## Quotes",
        *map(quoted_in_markdown, pack.quotes),
        "## Consent",
        plain_markdown(pack.consent),
        "## How to ask",
        plain_markdown(pack.how_to_ask),
    ]
    return "\n\n".join(parts) + "\n"


def html_page(pack: Pack) -> str:
    """The same page for a browser or a word processor. Everything said in it is escaped."""
    return _PAGE.format(
        title=escape(pack.title),
        counted=escape(pack.counted),
        quotes="\n".join(map(_figure, pack.quotes)),
        consent=escape(pack.consent),
        how_to_ask=escape(pack.how_to_ask),
    )


def _figure(quote: ExportedQuote) -> str:
    paragraphs = "\n".join(
        f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in quote.words.split("\n\n")
    )
    note = (
        f"<p><strong>Content note:</strong> {escape(quote.content_note)}</p>\n"
        if quote.content_note
        else ""
    )
    return (
        f"<figure>\n{note}<blockquote>\n{paragraphs}\n</blockquote>\n"
        f"<figcaption>{escape(said_by(quote))}</figcaption>\n</figure>"
    )


_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 100%/1.5 sans-serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }}
body {{ color: #1b1b1b; background: #fff; }}
figure {{ margin: 1.5em 0; break-inside: avoid; }}
blockquote {{ margin: 0; padding-left: 1em; border-left: 0.25em solid #4a4a8a; }}
figcaption {{ margin-top: 0.5em; padding-left: 1.25em; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{counted}</p>
<section aria-labelledby="quotes">
<h2 id="quotes">Quotes</h2>
{quotes}
</section>
<section aria-labelledby="consent">
<h2 id="consent">Consent</h2>
<p>{consent}</p>
</section>
<section aria-labelledby="ask">
<h2 id="ask">How to ask</h2>
<p>{how_to_ask}</p>
</section>
</main>
</body>
</html>
"""
