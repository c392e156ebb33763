"""Damage on purpose."""

from pathlib import Path


def flip(file: Path, at: int, length: int = 1) -> None:
    """Turn the bits of *length* bytes of *file* over, as a dying disk does."""
    content = bytearray(file.read_bytes())
    content[at : at + length] = bytes(byte ^ 0xFF for byte in content[at : at + length])
    file.write_bytes(content)
