"""Bytes to text, in whichever alphabet somebody's program wrote it."""

import codecs
import re

from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes

from bot.errors import Invalid

NOT_TEXT = (
    "That is not a text file, although its name says so. "
    "Please open it where it was written, and save it as text."
)
_MARKS = (  # UTF-32 first: its mark begins as that of UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY = ["cp1252", "mac_roman", "utf_16_le", "utf_16_be"]
# Beginnings of what people rename by mistake: PDF, zip and Word, old Word, RTF, pictures.
_SOMETHING_ELSE = (
    *(b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
    *(b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_FEW = 0.01


def text_of(data: bytes, *, is_html: bool = False) -> str:
    """Raises: Invalid, when these are not the bytes of a text."""
    if data.startswith(_SOMETHING_ELSE):
        raise Invalid(NOT_TEXT)
    text = _marked(data)
    if text is None:
        text = _unmarked(data, is_html=is_html)
    if len(_CONTROL.findall(text)) > len(text) * _FEW or "\x00" in text:
        raise Invalid(NOT_TEXT)
    return text


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Invalid(
                    "The file seems to be damaged: part of it can't be read. "
                    "Please save it again as text in UTF-8."
                ) from error
    return None


def _unmarked(data: bytes, *, is_html: bool) -> str:
    declared = EncodingDetector.find_declared_encoding(data, is_html=True) if is_html else None
    for encoding in ("utf-8", declared):
        text = None if encoding is None else _decoded(data, encoding)
        if text is not None and "\x00" not in text:
            return text
    best = from_bytes(data, cp_isolation=_LIKELY).best()
    if best is None:
        raise Invalid(NOT_TEXT)
    return str(best)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return text
