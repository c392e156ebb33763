"""Web pages, and what other formats become on their way: HTML to blocks.

Walked with a stack of our own, because a page may be nested deeper than Python calls.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from markdown_it import MarkdownIt

from bot.wisdom.importing.headings import has_the_shape
from bot.wisdom.importing.model import Block, BlockKind
from bot.wisdom.importing.plain import paragraphs_of

_SKIPPED_TAGS = """
title head script style noscript template svg math iframe object embed canvas audio video form
button select textarea input nav footer aside cite del s
"""
_NEVER_TEXT = frozenset(_SKIPPED_TAGS.split())
_BLOCK_TAGS = """
html body main article section header div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote
figure figcaption table caption thead tbody tfoot tr td th pre hr address details summary
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOT_THE_POST = re.compile(
    r"^(?:comments?(?:-area|-list)?|respond|sharedaddy|related(?:-posts)?|footnotes?|"
    r"(?:.*-)?(?:foot|end)note-\d+|fn:?\d+)$"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What blogs keep about a post, above it: its title is in the post once more.
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.{0,5000}?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_NEW_LINE = "\u2028"
_BOLD = frozenset({"b", "strong"})

_Step = tuple[Literal["opens", "closes"], Tag] | tuple[Literal["text"], str]


def blocks_of_markdown(text: str) -> list[Block]:
    said = _FRONT_MATTER.sub("", text, count=1)
    return blocks_of_html(str(MarkdownIt("commonmark").enable("table").render(said)))


def blocks_of_html(html: str) -> list[Block]:
    # The <div> keeps the library from wondering whether this is the name of a file.
    page = BeautifulSoup(f"<div>{html}", "html.parser")
    gathering = _Gathering()
    for step in _steps(_the_post(page)):
        gathering.take(step)
    gathering.end_block()
    return gathering.blocks


def _the_post(page: BeautifulSoup) -> Tag:
    for name in ("main", "article"):
        found = page.find_all(name, limit=2)
        if len(found) == 1:
            return found[0]
    return page


def _steps(top: Tag) -> Iterator[_Step]:
    open_: list[tuple[Tag, Iterator[PageElement]]] = [(top, iter(top.contents))]
    while open_:
        tag, children = open_[-1]
        child = next(children, None)
        if child is None:
            open_.pop()
            yield "closes", tag
        elif isinstance(child, Tag):
            if not _is_hidden(child):
                yield "opens", child
                open_.append((child, iter(child.contents)))
        elif type(child) is NavigableString:  # and not a comment, which is a kind of one
            yield "text", str(child)


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _NEVER_TEXT or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(str(tag.get("style", ""))):
        return True
    if tag.name == "sup" and tag.find("a") is not None:
        return True
    names = [str(tag.get("id", "")), *(tag.get_attribute_list("class") or ())]
    return any(_NOT_THE_POST.match(str(name)) for name in names)


@dataclass(slots=True)
class _Gathering:
    """Text on its way into blocks, and inside what it stands."""

    blocks: list[Block] = field(default_factory=list[Block])
    _text: list[str] = field(default_factory=list[str])
    _bold_text: int = 0
    _all_text: int = 0
    _bold: int = 0
    _as_typed: int = 0
    _items: int = 0
    _quotes: int = 0
    _turn: int = 0
    _level: int = 0

    def take(self, step: _Step) -> None:
        if step[0] == "text":
            self._take_text(step[1])
            return
        opens, tag = step[0] == "opens", step[1]
        name, by = tag.name, 1 if opens else -1
        if name in _BLOCKS:
            self.end_block()
        elif name == "br" and opens:
            self._text.append(_NEW_LINE)
        elif name == "q":
            self._text.append("“" if opens else "”")
        if name in _BOLD:
            self._bold += by
        elif name == "pre":
            self._as_typed += by
        elif name == "li":
            self._items += by
        elif name == "blockquote":
            self._quotes += by
            self._turn += opens
        elif name in _HEADINGS:
            self._level = _HEADINGS[name] if opens else 0

    def _take_text(self, text: str) -> None:
        text = _NEW_LINE.join(text.split("\n")) if self._as_typed else text.replace(_NEW_LINE, " ")
        seen = len("".join(text.split()))
        self._all_text += seen
        self._bold_text += seen if self._bold else 0
        self._text.append(text)

    def end_block(self) -> None:
        lines = ("".join(self._text)).split(_NEW_LINE)
        is_bold = 0 < self._all_text == self._bold_text
        self._text, self._all_text, self._bold_text = [], 0, 0
        together: list[str] = []
        for line in (*(" ".join(each.split()) for each in lines), ""):
            if line:
                together.append(line)
            elif together:
                self.blocks += [self._as(each, is_bold=is_bold) for each in paragraphs_of(together)]
                together = []

    def _as(self, block: Block, *, is_bold: bool) -> Block:
        text = block.text
        if self._level:
            return Block(kind=BlockKind.HEADING, text=text, level=self._level)
        if self._quotes:
            return Block(kind=BlockKind.QUOTE, text=text, turn=self._turn)
        if self._items:
            return Block(kind=BlockKind.LIST_ITEM, text=text)
        if is_bold and has_the_shape(text):
            return Block(kind=BlockKind.HEADING, text=text)
        return block
