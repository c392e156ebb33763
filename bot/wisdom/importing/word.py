"""Word files. A .docx is a zip of XML: looked at as hostile before any reader sees it."""

import io
import zipfile
import zlib
from typing import Any
from xml.parsers import expat

import mammoth  # pyright: ignore[reportMissingTypeStubs]

from bot.errors import Invalid

NOT_WORD = (
    "That is not a Word file in the .docx form. "
    "Please open it in Word, choose “Save as”, and then “Word document (.docx)”."
)
DAMAGED = "That Word file is damaged. Please open it in Word, save it again and try once more."
UNUSUAL = "That Word file is packed in a way that Word does not use, so I did not open it."
TOO_BIG_INSIDE = (
    "That Word file is much bigger inside than it looks. "
    "Please copy its text into a new file and try that."
)

MOST_ENTRIES = 2_000
MOST_INSIDE = 20_000_000
"""Bytes of all that is read, unpacked."""
MOST_RATIO = 200
"""Unpacked to packed. Word's own XML is 5 to 30 times as big unpacked."""
_SMALL = 1_000_000
_DEEPEST = 200
_PIECE = 65_536
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='heading 4'] => h5:fresh
p[style-name='Quote'] => blockquote:fresh > p:fresh
p[style-name='Intense Quote'] => blockquote:fresh > p:fresh
"""


def html_of_word(data: bytes) -> str:
    """Raises: Invalid, with what to do about it."""
    clean = _only_the_text(data)
    try:
        # The library has no types; what comes out is text.
        made: Any = mammoth.convert_to_html(  # pyright: ignore[reportUnknownMemberType]
            io.BytesIO(clean),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=_no_picture,
        )
    except Exception as error:  # the library raises whatever it stumbles over
        raise Invalid(DAMAGED) from error
    return str(made.value)


def _no_picture(_: object) -> list[object]:
    return []


def _only_the_text(data: bytes) -> bytes:
    """The same file with its XML and nothing else, every part of it looked through."""
    if not data.startswith(b"PK"):
        raise Invalid(NOT_WORD)
    out = io.BytesIO()
    inside = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as clean:
            entries = packed.infolist()
            _must_be_modest(entries)
            if not any(each.filename == "word/document.xml" for each in entries):
                raise Invalid(NOT_WORD)
            for entry in entries:
                if not _is_xml(entry):
                    continue
                part = _read(packed, entry, MOST_INSIDE - inside)
                inside += len(part)
                _must_be_harmless(part)
                clean.writestr(entry.filename, part)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError) as error:
        raise Invalid(DAMAGED) from error
    return out.getvalue()


def _must_be_modest(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory says. It may lie, so reading stops by itself as well."""
    if len(entries) > MOST_ENTRIES or len({each.filename for each in entries}) < len(entries):
        raise Invalid(UNUSUAL)
    if any(each.flag_bits & 1 for each in entries):
        raise Invalid("That Word file has a password. Please save it without one.")
    if sum(each.file_size for each in entries if _is_xml(each)) > MOST_INSIDE:
        raise Invalid(TOO_BIG_INSIDE)
    for each in entries:
        if each.file_size > _SMALL and each.file_size > MOST_RATIO * max(each.compress_size, 1):
            raise Invalid(TOO_BIG_INSIDE)


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith((".xml", ".rels"))


def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    part = bytearray()
    with packed.open(entry) as unpacking:
        while piece := unpacking.read(_PIECE):
            part += piece
            if len(part) > most:
                raise Invalid(TOO_BIG_INSIDE)
    return bytes(part)


def _must_be_harmless(part: bytes) -> None:
    """No entities, which can multiply, and no nesting deeper than the reader can follow."""
    depth = 0

    def opens(_: str, __: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Invalid(UNUSUAL)

    def closes(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declares(*_: object) -> None:
        raise Invalid(UNUSUAL)

    reader = expat.ParserCreate()
    reader.StartElementHandler = opens
    reader.EndElementHandler = closes
    reader.StartDoctypeDeclHandler = declares
    try:
        reader.Parse(part, True)
    except expat.ExpatError as error:
        raise Invalid(DAMAGED) from error
