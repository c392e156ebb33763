"""Pictures that people send, made safe to show: turned, scaled down, and without any metadata."""

from io import BytesIO

from PIL import Image, ImageOps

from bot.errors import Invalid

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""Before it is scaled down. A file of a few kilobytes can unfold to gigabytes."""
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""No others: every further decoder is one more that strangers' bytes can reach."""

_QUALITY = 85


def must_be_small_enough(size: int) -> None:
    """Raises `Invalid` for a file of *size* bytes that is too large to take."""
    if size > MOST_BYTES:
        raise Invalid(
            f"That picture is {-(-size // (1024 * 1024)):,} MB large. Please choose one of up to "
            f"{MOST_BYTES // 1024 // 1024} MB."
        )


def made_safe(sent: bytes) -> bytes:
    """*sent* as a WebP picture that says nothing but what it shows. Slow: call it in a thread.

    Of a picture that moves, this is the first frame.

    Raises:
        Invalid: it is no picture that we can open, or has too many pixels.
    """
    must_be_small_enough(len(sent))
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as picture:
            _must_have_few_enough_pixels(picture)
            return _encoded(_redrawn(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Invalid:
        raise
    except MemoryError:
        raise _too_many_pixels() from None
    except Exception as error:  # decoders stumble over broken bytes in many ways
        raise Invalid(
            "I can't open that picture: it may be broken, or not a picture at all. "
            "Please send a JPEG, PNG, WebP or GIF."
        ) from error


def _must_have_few_enough_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Invalid:
    return Invalid(
        f"That picture has more than {MOST_PIXELS // 1_000_000} million pixels, which is more "
        "than I can open. Please make it smaller, and send it again."
    )


def _redrawn(picture: Image.Image) -> Image.Image:
    """The pixels alone, on a canvas that never had any metadata."""
    picture = _in_full_colour(picture)
    # Scaled before it is turned: a JPEG is then read at a fraction of its size.
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.5)
    ImageOps.exif_transpose(picture, in_place=True)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    canvas = Image.new(mode, picture.size)
    canvas.paste(picture.convert(mode))
    return canvas


def _in_full_colour(picture: Image.Image) -> Image.Image:
    """*picture* in a mode that can be scaled smoothly."""
    if picture.mode.startswith("I"):  # 16 bits a pixel, of which 8 are kept
        wide = picture.convert("I")
        # Pillow's types name numpy's, which is not here.
        return wide.point(lambda value: value * (1 / 256)).convert("L")  # pyright: ignore[reportUnknownMemberType]
    if picture.mode in {"1", "P", "PA"}:
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def _encoded(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY)
    return out.getvalue()
