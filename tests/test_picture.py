"""Pictures from people: made safe, or refused in a sentence."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.conversations.picture import LONGEST_SIDE, MOST_BYTES, made_safe
from bot.errors import Invalid
from tests.pictures import BLUE, RED, encoded, opened, photo_with_a_place, picture

BROKEN = (
    "I can't open that picture: it may be broken, or not a picture at all. "
    "Please send a JPEG, PNG, WebP or GIF."
)
TOO_MANY = (
    "That picture has more than 40 million pixels, which is more than I can open. "
    "Please make it smaller, and send it again."
)


def png_that_says(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


# 38 bytes that unfold to 12,000 by 6,000 pixels.
VAST_WEBP = bytes.fromhex(
    "524946461e000000574542505650384c110000002fdfeedb0507d0842634a1ff8188e87f0000"
)


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(found, wanted, strict=False))


def pixel(shown: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = shown.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(value) for value in found)


def test_a_photo_is_turned_and_says_nothing_of_where_or_with_what_it_was_taken() -> None:
    sent = photo_with_a_place()
    assert opened(sent).getexif().get_ifd(0x8825), "the photo does carry its place"

    safe = made_safe(sent)

    shown = opened(safe)
    assert shown.format == "WEBP"
    assert shown.size == (40, 80)
    assert near(pixel(shown, 20, 10), RED)
    assert near(pixel(shown, 20, 70), BLUE)
    assert not dict(shown.getexif())
    assert set(shown.info) <= {"loop", "background", "timestamp", "duration"}
    for secret in (b"SECRET", b"Exif", b"EXIF", b"XMP", b"ICCP"):
        assert secret not in safe


def test_a_large_picture_is_scaled_down_and_keeps_its_shape() -> None:
    shown = opened(made_safe(picture((4000, 1000), kind="JPEG")))

    assert shown.size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_a_small_picture_is_not_blown_up() -> None:
    assert opened(made_safe(picture((7, 5)))).size == (7, 5)


def test_of_a_picture_that_moves_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE, BLUE)]
    for kind in ("GIF", "WEBP", "PNG"):
        moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)

        shown = opened(made_safe(moving))

        assert getattr(shown, "n_frames", 1) == 1
        assert near(pixel(shown, 30, 20), RED), kind


def test_what_can_be_seen_through_still_can() -> None:
    shown = opened(made_safe(picture(mode="RGBA", colour=(0, 0, 0, 0))))

    assert shown.mode == "RGBA"
    assert shown.getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(
    ("mode", "colour", "kind", "expected"),
    [
        ("1", 1, "PNG", (255, 255, 255)),
        ("L", 120, "PNG", (120, 120, 120)),
        ("LA", (120, 255), "PNG", (120, 120, 120)),
        ("P", 0, "PNG", (0, 0, 0)),
        ("I;16", 30_000, "PNG", (117, 117, 117)),
        ("CMYK", (0, 255, 255, 0), "JPEG", (255, 0, 0)),
        ("L", 120, "JPEG", (120, 120, 120)),
        ("RGB", RED, "WEBP", RED),
    ],
)
def test_every_way_to_store_colours_is_understood(mode, colour, kind, expected) -> None:
    shown = opened(made_safe(picture(mode=mode, colour=colour, kind=kind)))

    assert near(pixel(shown, 5, 5), expected)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"Dear all, please find the picture attached.",
        picture()[:60],
        picture((300, 300), kind="JPEG")[:400],
        picture(kind="BMP"),
        picture(kind="TIFF"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png_that_says(1000, 1000),
    ],
    ids=["empty", "text", "cut", "cut-jpeg", "bmp", "tiff", "postscript", "svg", "half"],
)
def test_what_is_no_picture_that_we_open_is_refused(sent: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        made_safe(sent)

    assert str(refused.value) == BROKEN


@pytest.mark.parametrize("side", [6400, 12_000, 30_000, 2**31 - 1])
def test_a_small_file_that_unfolds_to_too_many_pixels_is_refused_before_it_does(side: int) -> None:
    with pytest.raises(Invalid) as refused:
        made_safe(png_that_says(side, side))

    assert str(refused.value) == TOO_MANY


def test_so_is_one_of_another_kind() -> None:
    with pytest.raises(Invalid) as refused:
        made_safe(VAST_WEBP)

    assert str(refused.value) == TOO_MANY


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        made_safe(b"\0" * (30 * 1024 * 1024))

    assert str(refused.value) == ("That picture is 30 MB large. Please choose one of up to 8 MB.")
    with pytest.raises(Invalid, match="That picture is 9 MB large"):
        made_safe(b"\0" * (MOST_BYTES + 1))
    with pytest.raises(Invalid, match="it may be broken"):
        made_safe(b"\0" * MOST_BYTES)


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]),
    where=st.integers(0, 600),
    what=st.binary(min_size=1, max_size=40),
    end=st.integers(0, 800),
)
def test_broken_bytes_are_refused_or_shown_and_nothing_else(kind, where, what, end) -> None:
    sent = bytearray(picture((24, 24), kind=kind))
    sent[where : where + len(what)] = what
    try:
        outcome = opened(made_safe(bytes(sent[: max(end, 20)]))).format
    except Invalid as refused:
        outcome = str(refused)

    assert outcome in {"WEBP", BROKEN, TOO_MANY}
