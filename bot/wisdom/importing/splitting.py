"""The one splitter: blocks of any format become candidate quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot import prose
from bot.errors import Invalid
from bot.wisdom.importing.headings import (
    guessed_kind,
    has_the_shape,
    is_after_the_end,
    says_it_is_one,
    without_number,
)
from bot.wisdom.importing.marks import marked, plain_marks, starts_with_mark
from bot.wisdom.importing.model import (
    LONGEST,
    MOST_CANDIDATES,
    Block,
    BlockKind,
    Candidate,
    FromTable,
)
from bot.wisdom.importing.quoting import quotes_in

_NOTE = re.compile(r"^(\(\d{1,3}\)|\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,3}|[†‡])\s*\S")
_MARKDOWN_NOTE = re.compile(r"^\[\^\w{1,20}\]:?")
_AS_A_SECTION, _DEEPEST = 2, 7
_CREDIT = re.compile(r"^[—–-]\s*\S")
_MOST_WORDS_CREDIT = 12
_LEAST_WORDS_SPOKEN = 8
"""Shorter turns of a transcript are “Thanks” and “Can you hear me?”."""
_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’']?\s+")


@dataclass(slots=True)
class _Section:
    """A heading, with the quotes under it."""

    heading: str | None = None
    kind: str | None = None
    is_title: bool = False
    candidates: list[Candidate] = field(default_factory=list[Candidate])


def candidates_in(blocks: Sequence[Block]) -> list[Candidate]:
    """The candidates of a file, in its order.

    Raises:
        Invalid: more than anybody could look at.
    """
    tidied = _with_headings(_without_notes([_tidy(each) for each in blocks]))
    sections = _sections(tidied)
    found = _placed(sections)
    if len(found) > MOST_CANDIDATES:
        raise Invalid(
            f"I found {len(found):,} quotes in this file, and can take {MOST_CANDIDATES:,} at a "
            "time. Please part it into smaller files."
        )
    return found


def _tidy(block: Block) -> Block:
    text = plain_marks(" ".join(prose.tidy(block.text).split()))
    return Block(
        kind=block.kind, text=text, level=block.level, turn=block.turn, beside=block.beside
    )


def _without_notes(blocks: Sequence[Block]) -> list[Block]:
    """Without footnotes: what begins with a mark that stands in the text before it."""
    kept: list[Block] = []
    seen: set[str] = set()
    for block in blocks:
        note = _NOTE.match(block.text)
        if _MARKDOWN_NOTE.match(block.text) or (note is not None and note[1] in seen):
            continue
        seen.update(re.findall(r"\(\d{1,3}\)|\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹†‡]|\*{1,3}", block.text))
        if block.text:
            kept.append(block)
    return kept


def _with_headings(blocks: Sequence[Block]) -> list[Block]:
    """With headings named that the file does not name as such."""
    after_quote = [
        index
        for index, block in enumerate(blocks)
        if index
        and _could_be_heading(blocks, index)
        and _is_quote(blocks[index - 1])
        and not says_it_is_one(block.text)
    ]
    quotes = sum(map(_is_quote, blocks))
    # Short lines below (almost) every quote say who spoke; below a few of them, they are headings.
    credits_ = set(after_quote) if len(after_quote) * 2 >= quotes else set[int]()
    return [
        Block(kind=BlockKind.HEADING, text=block.text, level=_level(block))
        if index not in credits_ and _could_be_heading(blocks, index)
        else block
        for index, block in enumerate(blocks)
    ]


def _level(block: Block) -> int:
    """A number in front says that it is one of several, and so no title."""
    is_numbered = block.kind is BlockKind.LIST_ITEM or without_number(block.text) != block.text
    return _AS_A_SECTION if is_numbered else 0


def _could_be_heading(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if not has_the_shape(block.text):
        return False
    if block.text.endswith("?") and not says_it_is_one(block.text):
        return False
    if block.kind is BlockKind.LIST_ITEM:  # a list of one is a heading with a number
        beside = (*blocks[max(index - 1, 0) : index], *blocks[index + 1 : index + 2])
        return all(each.kind is not BlockKind.LIST_ITEM for each in beside)
    return block.kind is BlockKind.PARAGRAPH


def _is_quote(block: Block) -> bool:
    return block.kind is BlockKind.QUOTE or starts_with_mark(block.text)


def _sections(blocks: Sequence[Block]) -> list[_Section]:
    sections = [_Section()]
    above: list[tuple[int, str | None]] = []
    stretch: list[Block] = []
    for index, block in enumerate(blocks):
        if is_after_the_end(block.text):
            break
        if block.kind is not BlockKind.HEADING:
            stretch.append(block)
            continue
        sections[-1].candidates += _quotes(stretch)
        stretch = []
        level = block.level or _AS_A_SECTION
        above = [each for each in above if each[0] < level]
        heading = without_number(block.text)
        above.append((level, guessed_kind(heading)))
        kind = next((kind for _, kind in reversed(above) if kind is not None), None)
        is_title = len(sections) == 1 and _is_title(block, blocks[index + 1 :], is_first=not index)
        sections.append(_Section(heading=heading, kind=kind, is_title=is_title))
    sections[-1].candidates += _quotes(stretch)
    return sections


def _is_title(block: Block, after: Sequence[Block], *, is_first: bool) -> bool:
    """Of the first heading: it stands above all the others, or at least in front of everything."""
    if not block.level:
        return is_first
    later = (each for each in after if each.kind is BlockKind.HEADING)
    return all(block.level < (each.level or _DEEPEST) for each in later)


def _placed(sections: Sequence[_Section]) -> list[Candidate]:
    """Every quote with its heading. What stands above the first section leads the post."""
    filled = [each for each in sections if each.candidates]
    below = any(each.heading is not None and not each.is_title for each in filled)
    found: list[Candidate] = []
    for section in filled:
        above_all = section.heading is None or (section.is_title and below)
        for each in section.candidates:
            found.append(
                Candidate(
                    words=each.words,
                    heading=None if above_all else section.heading,
                    kind=each.kind or (None if above_all else section.kind),
                    is_lead=above_all and below and not found,
                    themes=each.themes,
                    year=each.year,
                    perspective=each.perspective,
                    credit=each.credit,
                )
            )
    return found


def _quotes(blocks: Sequence[Block]) -> Iterator[Candidate]:
    running: list[str] = []
    for (kind, turn), group in groupby(blocks, key=lambda each: (each.kind, each.turn)):
        together = list(group)
        if kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            running += [each.text for each in together]
            continue
        yield from _from_running(running)
        running = []
        if kind is BlockKind.ROW:
            for each in together:
                yield from _candidates(_unmarked(each.text), each.beside)
        elif kind is BlockKind.CUE:
            spoken = " ".join(each.text for each in together)
            if len(spoken.split()) >= _LEAST_WORDS_SPOKEN:
                yield from _candidates(_unmarked(spoken))
        elif turn and any(starts_with_mark(each.text) for each in together):
            yield from _from_running([each.text for each in together])
        else:
            yield from _candidates("\n\n".join(_without_credit([each.text for each in together])))
    yield from _from_running(running)


def _from_running(paragraphs: Sequence[str]) -> Iterator[Candidate]:
    for _, words in quotes_in(paragraphs):
        yield from _candidates(words)


def _without_credit(paragraphs: Sequence[str]) -> Sequence[str]:
    last = paragraphs[-1]
    is_credit = _CREDIT.match(last) and len(last.split()) <= _MOST_WORDS_CREDIT
    return paragraphs[:-1] if is_credit and len(paragraphs) > 1 else paragraphs


def _unmarked(words: str) -> str:
    """*words* without the marks around the whole of them."""
    spans = marked(words).spans
    if len(spans) == 1 and spans[0].start == 1 and spans[0].end == len(words) - 1:
        return words[1:-1].strip()
    return words


def _candidates(words: str, beside: FromTable | None = None) -> Iterator[Candidate]:
    row = beside or FromTable()
    for part in _parted(words):
        if re.search(r"\w", part):
            yield Candidate(
                words=part,
                kind=guessed_kind(row.kind) if row.kind else None,
                themes=row.themes,
                year=row.year,
                perspective=row.perspective,
                credit=row.credit,
            )


def _parted(words: str) -> Iterator[str]:
    """*words* in parts that are not too long, each of whole sentences where that is possible."""
    while len(words) > LONGEST:
        ends = list(_END_OF_SENTENCE.finditer(words, 0, LONGEST))
        cut = ends[-1].end() if ends else words.rfind(" ", 0, LONGEST) + 1 or LONGEST
        yield words[:cut].strip()
        words = words[cut:].strip()
    if words:
        yield words
