"""Transcripts: who spoke is used to part the turns, and then dropped."""

import re
from collections.abc import Iterable
from html import unescape

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Caption

from bot.errors import Invalid
from bot.wisdom.importing.marks import starts_with_mark
from bot.wisdom.importing.model import Block, BlockKind

_PAUSE = 3.0
"""Seconds of silence that part what nobody is named for."""
_VOICE = re.compile(r"<v(?:\.[^ <>]*)?[ \t]+([^<>]*)>")
_TAG = re.compile(r"</?[a-z0-9:.][^<>]*>", re.IGNORECASE)
_NAME = re.compile(
    r"""^(?:
        \[(?P<in_brackets>[^\]:]{1,40})\]:?
        | (?P<name>
            \S{1,60}@\S{1,60}
            | [\w-]{0,30}[\d_][\w-]{0,30}  # as people are called on a screen: amina_k, user42
            | (?:(?i:dr|mr|mrs|ms|prof)\.?[ ])? [A-Z0-9][\w.'’-]{0,40}
              (?:,?[ ](?:[A-Z0-9][\w.'’-]{0,40}|\([^():]{1,30}\)
                |de|la|van|der|bin|al|of|the|and)){0,6}
          )[ ]?:
    )\s+(?=\S)""",
    re.VERBOSE,
)
_TIME = re.compile(r"^\[?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?\]?(?: -)? ?")
_FEWEST_TURNS = 3
_NEXT_SPEAKER = re.compile(r"^(?:>>+|[-–—])\s*(?=\S)")
# Words that people say before a colon, and that are nobody's name.
_NOT_NAMES = """
note remember also question answer first second third finally example so yes no and but well now
okay ok because then look listen sorry plus thing things problem
"""
_NOBODY = frozenset(_NOT_NAMES.split())
_SOUND = re.compile(r"^[\[(][^\])]{0,60}[\])]$")


def blocks_of_transcript(text: str, form: str) -> list[Block]:
    """The cues of a transcript in *form*, "vtt" or "srt".

    Raises:
        Invalid: no such transcript, or one with nothing said in it.
    """
    try:
        cues = WebVTT.from_buffer(text.splitlines(), format=form).captions
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError) as error:
        raise Invalid(_broken(form)) from error
    if not cues:
        raise Invalid(_broken(form))
    return _turns(cues)


def _broken(form: str) -> str:
    return (
        f"I can't read that as a transcript (.{form}). Every part of one begins with its times, "
        "such as 00:01:02.000 --> 00:01:05.000. Please save the transcript again, or as .txt."
    )


def blocks_of_talk(text: str) -> list[Block] | None:
    """Turns of a transcript in plain text, where most lines begin with who speaks; else None."""
    lines = [_TIME.sub("", line) for each in text.splitlines() if (line := " ".join(each.split()))]
    names = [_named(line) for line in lines]
    # Somebody's name in front of words between marks is how posts quote people.
    begun = sum(each is not None and not starts_with_mark(each[1]) for each in names)
    if begun < _FEWEST_TURNS or begun * 3 < len(lines):
        return None
    blocks: list[Block] = []
    turn, speaker = 0, ""
    for line, named in zip(lines, names, strict=True):
        who, words = named or (speaker, line)
        turn += who != speaker
        speaker = who
        if turn and not _SOUND.match(words):  # what stands above the first turn is a title
            blocks.append(Block(kind=BlockKind.CUE, text=words, turn=turn))
    return blocks


def _turns(cues: Iterable[Caption]) -> list[Block]:
    blocks: list[Block] = []
    turn, speaker, ended = 0, "", 0.0
    for cue in cues:
        for who, words in _said(cue):
            if who is None:
                is_other = not speaker and cue.start_in_seconds - ended > _PAUSE
            else:
                is_other = who == "" or who != speaker
                speaker = who
            turn += is_other
            blocks.append(Block(kind=BlockKind.CUE, text=words, turn=turn))
        ended = cue.end_in_seconds
    return blocks


def _said(cue: Caption) -> list[tuple[str | None, str]]:
    """What is said in one cue, by whom: None for whoever spoke before, "" for somebody else."""
    said: list[tuple[str | None, str]] = []
    for line in cue.raw_text.splitlines():
        for who, words in _voices(line):
            text = " ".join(unescape(_TAG.sub("", words)).split())
            named = _named(text)
            if who is None and named is not None:
                who, text = named
            elif (other := _NEXT_SPEAKER.match(text)) is not None:
                text = text[other.end() :]
                if who is None:
                    who = ""
                if (named := _named(text)) is not None:
                    who, text = named
            if text and not _SOUND.match(text):
                said.append((who, text))
    return said


def _voices(line: str) -> list[tuple[str | None, str]]:
    before, *rest = _VOICE.split(line)
    voices: list[tuple[str | None, str]] = [(None, before)] if before.strip() else []
    return voices + list(zip(rest[::2], rest[1::2], strict=True))


def _named(text: str) -> tuple[str, str] | None:
    found = _NAME.match(text)
    if found is None:
        return None
    name = found["in_brackets"] or found["name"]
    if name.casefold() in _NOBODY or name.isdigit():
        return None
    return name, text[found.end() :]
