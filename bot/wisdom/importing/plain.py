"""Plain text: paragraphs between blank lines, wrapped by hand or not."""

import re
from collections.abc import Iterator, Sequence

from bot.wisdom.importing.headings import has_the_shape, says_it_is_one
from bot.wisdom.importing.model import Block, BlockKind

WIDEST_WRAP = 120
"""A line longer than this was not wrapped by hand: then every line is a paragraph."""
_ITEM = re.compile(r"^(?:[-*•◦▪·]|(?:\d{1,3}|[a-z])[.)])\s+(?=\S)")
_RULE = re.compile(r"^[=\-_~*#]{3,}$")
_OPENS = tuple('"“„«‘')
_ENDS = tuple(".!?…\"”’'»:")


def blocks_of_text(text: str) -> list[Block]:
    blocks: list[Block] = []
    lines: list[str] = []
    for each in (*text.splitlines(), ""):
        line = " ".join(each.split())
        if line:
            lines.append(line)
        elif lines:
            blocks += paragraphs_of(lines)
            lines = []
    return blocks


def paragraphs_of(lines: Sequence[str]) -> Iterator[Block]:
    """The paragraphs in *lines*, none of which is empty."""
    is_wrapped = all(len(line) <= WIDEST_WRAP for line in lines)
    together: list[str] = []
    for line in lines:
        if _RULE.match(line):
            if together:
                yield _block(together, is_underlined=len(together) == 1)
            together = []
            continue
        if together and (not is_wrapped or _begins_anew(line, together)):
            yield _block(together)
            together = []
        together.append(line)
    if together:
        yield _block(together)


def _begins_anew(line: str, before: Sequence[str]) -> bool:
    if _ITEM.match(line):
        return True
    last = before[-1]
    if line.startswith(_OPENS) and last.endswith(_ENDS):
        return True
    return line.startswith(_OPENS) and has_the_shape(last) and says_it_is_one(last)


def _block(lines: Sequence[str], *, is_underlined: bool = False) -> Block:
    text = " ".join(lines)
    if is_underlined and has_the_shape(text):
        return Block(kind=BlockKind.HEADING, text=text)
    item = _ITEM.match(text)
    if item is not None:
        return Block(kind=BlockKind.LIST_ITEM, text=text[item.end() :])
    return Block(kind=BlockKind.PARAGRAPH, text=text)
