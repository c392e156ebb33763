"""A quote as a picture: large enough to read, or not at all."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from bot.wisdom.picture import MARGIN, MOST_HEIGHT, SIZES, WIDTH, Drawing, drawn, laid_out

BY = "A commissioner, 2026\nQuote 17"
SHORT = "Ask first, and then build."
LONG = ("We asked everybody who came what they would change, and they told us. " * 9).strip()
OWN: tuple[str, ...] = ()
"""No font of the system's: Pillow's own is left, which is the same on every machine."""


def must_fit(words: str) -> Drawing:
    drawing = laid_out(words, BY, fonts=OWN)
    assert drawing is not None
    return drawing


def test_what_is_said_stands_on_it_whole_and_in_order() -> None:
    drawing = must_fit(LONG)

    assert " ".join(drawing.words) == f"“{LONG}”"
    assert list(drawing.credit) == BY.split("\n")


def test_few_words_are_large_and_many_are_still_readable() -> None:
    assert must_fit(SHORT).font.size == SIZES[0]
    assert must_fit(LONG).font.size == SIZES[-1]


@pytest.mark.parametrize("words", [LONG * 2, "\n".join("word" for _ in range(40))])
def test_what_would_have_to_be_small_is_no_picture(words: str) -> None:
    assert laid_out(words, BY, fonts=OWN) is None


@pytest.mark.parametrize("words", ["It cost £5.", "Ysgol Gŵyr", "请先问", "🙂", "नमस्ते"])
def test_letters_that_would_be_empty_boxes_are_no_picture(words: str) -> None:
    assert laid_out(words, BY, fonts=OWN) is None


def test_a_font_of_the_system_is_taken_where_it_has_the_letters() -> None:
    try:
        ImageFont.truetype("DejaVuSans.ttf", 20)
    except OSError:
        pytest.skip("DejaVu is not installed")
    drawing = laid_out("It cost £5, à la carte.", BY, fonts=("no-such-font.ttf", "DejaVuSans.ttf"))
    assert drawing is not None
    assert drawing.font.getname()[0] == "DejaVu Sans"
    from_right = laid_out("سلام عليكم", BY, fonts=("DejaVuSans.ttf",))
    assert from_right is not None
    assert from_right.is_from_right


def test_it_is_dark_on_light_inside_its_margins_and_has_no_metadata() -> None:
    made = drawn(must_fit(SHORT))

    with Image.open(BytesIO(made)) as picture:
        assert picture.format == "PNG"
        assert picture.size[0] == WIDTH
        assert set(picture.info) <= {"transparency"}
        grey = picture.convert("L")
    assert grey.getpixel((5, 5)) > 245
    ink = grey.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert ink[0] >= MARGIN
    assert ink[2] <= WIDTH - MARGIN + 1
    assert min(grey.tobytes()) < 45, "as dark as ink"
    assert len(made) < 100_000


def test_a_content_note_stands_above_the_words() -> None:
    drawing = laid_out(SHORT, BY, "mentions an eviction", OWN)
    assert drawing is not None
    assert list(drawing.note) == ["Content note: mentions an eviction"]


@given(st.text(max_size=1500))
def test_whatever_somebody_wrote_fits_or_is_no_picture(words: str) -> None:
    drawing = laid_out(words, BY, fonts=OWN)
    if drawing is not None:
        assert drawing.height <= MOST_HEIGHT
        room = WIDTH - 2 * MARGIN
        assert all(drawing.font.getlength(line) <= room for line in drawing.words)
