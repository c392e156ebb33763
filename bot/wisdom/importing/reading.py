"""A file to its candidates. Pure, and for a process of its own: see `apart`."""

from collections.abc import Callable, Iterable
from pathlib import PurePath

from bot.errors import Invalid
from bot.wisdom.importing.doubles import Known, with_doubles
from bot.wisdom.importing.encoding import text_of
from bot.wisdom.importing.markup import blocks_of_html, blocks_of_markdown
from bot.wisdom.importing.model import BIGGEST_FILE, Block, Candidate, Progress
from bot.wisdom.importing.plain import blocks_of_text
from bot.wisdom.importing.splitting import candidates_in
from bot.wisdom.importing.tables import blocks_of_table
from bot.wisdom.importing.transcripts import blocks_of_talk, blocks_of_transcript
from bot.wisdom.importing.word import html_of_word

_READERS: dict[str, Callable[[bytes], list[Block]]] = {
    ".txt": lambda data: _post_or_talk(text_of(data)),
    ".md": lambda data: blocks_of_markdown(text_of(data)),
    ".html": lambda data: blocks_of_html(text_of(data, is_html=True)),
    ".docx": lambda data: blocks_of_html(html_of_word(data)),
    ".vtt": lambda data: blocks_of_transcript(text_of(data), "vtt"),
    ".srt": lambda data: blocks_of_transcript(text_of(data), "srt"),
    ".csv": lambda data: blocks_of_table(text_of(data)),
}
_ALSO = {".htm": ".html", ".markdown": ".md", ".text": ".txt"}
FORMATS = tuple(_READERS)

NO_QUOTES = (
    "I found no quotes in this file. Quotes are words between quotation marks, "
    "turns of a transcript, or rows of a table with a column called “quote”."
)


def _post_or_talk(text: str) -> list[Block]:
    return blocks_of_talk(text) or blocks_of_text(text)


def form_of(name: str) -> str:
    """The ending that says how to read the file called *name*.

    Raises:
        Invalid: one that is not known, or none.
    """
    ending = PurePath(name.replace("\\", "/")).suffix.casefold()
    ending = _ALSO.get(ending, ending)
    if ending not in _READERS:
        raise Invalid(
            f"I can read files that end in {', '.join(FORMATS[:-1])} or {FORMATS[-1]}. "
            "Please save the file as one of these."
        )
    return ending


def must_not_be_too_big(size: int) -> None:
    """Asked before the file is fetched, and again of what came."""
    if size > BIGGEST_FILE:
        raise Invalid(
            f"That file is too big: {size / 1_000_000:.1f} MB, and the most is "
            f"{BIGGEST_FILE // 1_000_000} MB. Please part it into smaller files."
        )


def read(
    name: str, data: bytes, kept: Iterable[Known] = (), progress: Progress | None = None
) -> list[Candidate]:
    """The candidates in the file called *name*, with what they nearly double.

    Raises:
        Invalid: it can't be read, or there is nothing in it, and what to do about it.
    """
    reader = _READERS[form_of(name)]
    must_not_be_too_big(len(data))
    if not data.strip():
        raise Invalid("That file is empty.")
    try:
        candidates = candidates_in(reader(data))
    except RecursionError as error:
        raise Invalid("That file is nested too deeply to be read.") from error
    if not candidates:
        raise Invalid(NO_QUOTES)
    return with_doubles(candidates, kept, progress)
