"""A post as files that paste into a website. What may be in them is decided before."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.wisdom.exporting import plain_markdown

ASKS = "What do you think?"
DID = "You said, we did"
NOTES = "Notes"
LINKS = "Links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote, as its speaker agreed that it is shown."""

    words: str
    credit: str = ""
    content_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section, with its number in front of its heading."""

    heading: str
    commentary: str
    quotes: Sequence[Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    called: str
    leads_to: str  # a web address, or an email address

    @property
    def href(self) -> str:
        return f"mailto:{self.leads_to}" if "@" in self.leads_to else self.leads_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All words of a post, ready to be read."""

    title: str
    lead: Said | None
    intro: str
    parts: Sequence[Part]
    did: Sequence[str]
    asks: str
    links: Sequence[Link]
    footnotes: Sequence[str]


def markdown_post(page: Page) -> str:
    blocks = [f"# {plain_markdown(page.title)}"]
    if page.lead is not None:
        blocks += _quoted(page.lead)
    blocks += _paragraphs(page.intro)
    for number, part in enumerate(page.parts, start=1):
        blocks.append(f"## {number}. {plain_markdown(part.heading)}")
        blocks += _paragraphs(part.commentary)
        for each in part.quotes:
            blocks += _quoted(each)
    if page.did:
        items = "\n".join(f"- {plain_markdown(each)}" for each in page.did)
        blocks += [f"## {DID}", items]
    blocks += [f"## {ASKS}", *_paragraphs(page.asks)]
    if page.links:
        items = (f"- [{plain_markdown(each.called)}](<{each.href}>)" for each in page.links)
        blocks += [f"## {LINKS}", "\n".join(items)]
    if page.footnotes:
        blocks += [f"## {NOTES}", *map(plain_markdown, page.footnotes)]
    return "\n\n".join(blocks) + "\n"


def _paragraphs(text: str) -> list[str]:
    """Line by line: Markdown would run single lines together."""
    return [plain_markdown(each).replace("\n", "  \n") for each in text.split("\n\n") if each]


def _quoted(said: Said) -> list[str]:
    """The note stands in front of the quote, and not in it: it is not what somebody said."""
    note = [f"*Content note: {plain_markdown(_sentence(said))}*"] if said.content_note else []
    lines = plain_markdown(said.words).split("\n")
    if said.credit:
        lines += ["", f"— {plain_markdown(said.credit)}"]
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return [*note, quoted]


def _sentence(said: Said) -> str:
    """The content note with a full stop: a short line without one is read as a heading."""
    return f"{said.content_note.rstrip('.')}."


def html_post(page: Page) -> str:
    """A whole page; what is in its `article` is for the website. Everything said is escaped."""
    parts = [
        _section(f"part-{number}", f"{number}. {part.heading}", _part(part))
        for number, part in enumerate(page.parts, start=1)
    ]
    if page.did:
        parts.append(_section("did", DID, _list([escape(each) for each in page.did])))
    asks = _paragraphs_in_html(page.asks)
    if page.links:
        asks += "\n" + _list(
            [f'<a href="{escape(each.href)}">{escape(each.called)}</a>' for each in page.links]
        )
    parts.append(_section("asks", ASKS, asks))
    if page.footnotes:
        notes = "\n".join(f"<p>{escape(each)}</p>" for each in page.footnotes)
        parts.append(_section("notes", NOTES, notes))
    begin = [_figure(page.lead)] if page.lead is not None else []
    if page.intro:
        begin.append(_paragraphs_in_html(page.intro))
    return _PAGE.format(title=escape(page.title), body="\n".join([*begin, *parts]))


def _section(name: str, heading: str, inside: str) -> str:
    body = f"\n{inside}" if inside else ""
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(heading)}</h2>'
        f"{body}\n</section>"
    )


def _part(part: Part) -> str:
    inside = [_paragraphs_in_html(part.commentary)] if part.commentary else []
    return "\n".join([*inside, *map(_figure, part.quotes)])


def _figure(said: Said) -> str:
    note = (
        f"<p><strong>Content note:</strong> {escape(_sentence(said))}</p>\n"
        if said.content_note
        else ""
    )
    credit = f"\n<figcaption>— {escape(said.credit)}</figcaption>" if said.credit else ""
    quoted = f"<blockquote>\n{_paragraphs_in_html(said.words)}\n</blockquote>"
    return f"<figure>\n{note}{quoted}{credit}\n</figure>"


def _paragraphs_in_html(text: str) -> str:
    return "\n".join(
        f"<p>{escape(each).replace(chr(10), '<br>')}</p>" for each in text.split("\n\n") if each
    )


def _list(items: Sequence[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{each}</li>" for each in items) + "\n</ul>"


_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 100%/1.5 sans-serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }}
body {{ color: #1b1b1b; background: #fff; overflow-wrap: break-word; }}
figure {{ margin: 1.5em 0; break-inside: avoid; }}
blockquote {{ margin: 0; padding-left: 1em; border-left: 0.25em solid #4a4a8a; }}
figcaption {{ margin-top: 0.5em; padding-left: 1.25em; }}
</style>
</head>
<body>
<main>
<article>
<h1>{title}</h1>
{body}
</article>
</main>
</body>
</html>
"""
