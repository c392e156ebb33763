"""Pictures for tests, made on the spot."""

from io import BytesIO
from typing import Any

from PIL import Image

RED, BLUE = (200, 20, 20), (20, 20, 200)
GPS = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)}
"""Where a photo was taken, as cameras write it."""


def encoded(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def picture(
    size: tuple[int, int] = (60, 40), colour: Any = RED, mode: str = "RGB", kind: str = "PNG"
) -> bytes:
    return encoded(Image.new(mode, size, colour), kind)


def photo_with_a_place() -> bytes:
    """A photo held sideways: red on the left as stored, so on top once it is turned."""
    photo = Image.new("RGB", (80, 40), BLUE)
    photo.paste(RED, (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010F] = "SECRET CAMERA"
    exif[0x8825] = GPS
    return encoded(photo, "JPEG", quality=95, exif=exif, comment=b"SECRET COMMENT")


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))
