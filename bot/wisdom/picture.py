"""A quote as a picture that people can show elsewhere: large, dark on light, and nothing else."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, features

WIDTH, MARGIN = 1200, 100
LEAST_HEIGHT, MOST_HEIGHT = 630, 1500
SIZES = (76, 64, 56, 48)
"""Pixels, of which the first that fits is taken. On a phone the last is still larger than what
Discord shows words in."""
SMALL = 36
_LEADING = 1.35
_PAPER, _INK, _BAR = "#fffdf7", "#1b1b1b", "#4a4a8a"
_BAR_WIDTH = 12

FONTS = ("NotoSans-Regular.ttf", "DejaVuSans.ttf", "LiberationSans-Regular.ttf")
"""Looked for where the system keeps its fonts. Pillow's own, which is always there, has English
letters and marks only: no accents, no pound sign."""
_NO_LETTER = "\U0010ffff"

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything goes, before anything is drawn."""

    font: Font
    small: Font
    note: Sequence[str]
    words: Sequence[str]
    credit: Sequence[str]
    is_from_right: bool

    @property
    def height(self) -> int:
        lines = _height(self.small, self.note) + _height(self.small, self.credit)
        return round(lines + _height(self.font, self.words) + _gaps(self) + 2 * MARGIN)


def laid_out(
    words: str, credit: str, note: str | None = None, fonts: Sequence[str] = FONTS
) -> Drawing | None:
    """None: too long to be read as a picture, or in letters for which no font is there."""
    said = f"“{words}”"
    above = f"Content note: {note}" if note else ""
    everything = said + credit + above
    from_right = _is_from_right(everything)
    if from_right and not features.check("raqm"):
        return None
    name = next((each for each in (*fonts, "") if _has_all(each, everything)), None)
    if name is None:
        return None
    small, room = _font(name, SMALL), WIDTH - 2 * MARGIN - 4 * _BAR_WIDTH
    for size in SIZES:
        font = _font(name, size)
        drawing = Drawing(
            font=font,
            small=small,
            note=list(_wrapped(above, small, room)) if above else [],
            words=list(_wrapped(said, font, room)),
            credit=list(_wrapped(credit, small, room)),
            is_from_right=from_right,
        )
        if drawing.height <= MOST_HEIGHT:
            return drawing
    return None


def drawn(drawing: Drawing) -> bytes:
    """A PNG file that says nothing but what it shows. Slow: call it in a thread."""
    height = max(LEAST_HEIGHT, drawing.height)
    picture = Image.new("RGB", (WIDTH, height), _PAPER)
    draw = ImageDraw.Draw(picture)
    top = (height - drawing.height) / 2 + MARGIN
    bar = WIDTH - MARGIN - _BAR_WIDTH if drawing.is_from_right else MARGIN
    draw.rectangle((bar, top, bar + _BAR_WIDTH, height - top), fill=_BAR)
    gap = drawing.small.size
    for lines, font in (
        (drawing.note, drawing.small),
        (drawing.words, drawing.font),
        (drawing.credit, drawing.small),
    ):
        for line in lines:
            _write(draw, line, top, font, from_right=drawing.is_from_right)
            top += font.size * _LEADING
        top += gap if lines else 0
    out = BytesIO()
    # A few colours are enough for letters, and a tenth of the bytes.
    picture.quantize(32, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _write(
    draw: ImageDraw.ImageDraw, line: str, top: float, font: Font, *, from_right: bool
) -> None:
    left = MARGIN + 4 * _BAR_WIDTH
    at = (WIDTH - left if from_right else left, top)
    draw.text(at, line, fill=_INK, font=font, anchor="ra" if from_right else "la")


def _gaps(drawing: Drawing) -> float:
    return drawing.small.size * (1 + bool(drawing.note))


def _height(font: Font, lines: Sequence[str]) -> float:
    return font.size * _LEADING * len(lines)


def _wrapped(text: str, font: Font, room: float) -> Iterator[str]:
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".lstrip()
            if font.getlength(longer) <= room:
                line = longer
                continue
            if line:
                yield line
            *whole, line = _cut(word, font, room)
            yield from whole
        yield line


def _cut(word: str, font: Font, room: float) -> Iterator[str]:
    """One word; in parts if it is wider than a line."""
    while font.getlength(word) > room:
        fitting = next(n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= room)
        yield word[:fitting]
        word = word[fitting:]
    yield word


def _is_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)


def _font(name: str, size: int) -> Font:
    if name:
        return ImageFont.truetype(name, size)
    own = ImageFont.load_default(size)
    if not isinstance(own, ImageFont.FreeTypeFont):
        raise OSError("This Pillow was built without FreeType.")
    return own


def _has_all(name: str, text: str) -> bool:
    """Whether that font is there, and has a shape for every letter of *text*."""
    try:
        font = _font(name, SMALL)
    except OSError:
        return False
    missing = _shape(font, _NO_LETTER)
    return all(_shape(font, each) != missing for each in set(text) if not each.isspace())


def _shape(font: Font, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)  # pyright: ignore[reportArgumentType]  # Pillow's types say less
