# What bot/keeping/sealing.py uses of pyrage, which is written in Rust and ships no types.
from collections.abc import Sequence
from io import RawIOBase
from typing import BinaryIO

class DecryptError(Exception): ...
class IdentityError(Exception): ...
class RecipientError(Exception): ...

class x25519:  # noqa: N801  # a module, there
    class Recipient:
        @staticmethod
        def from_str(text: str) -> x25519.Recipient: ...

    class Identity:
        @staticmethod
        def from_str(text: str) -> x25519.Identity: ...

def encrypt_io(
    source: BinaryIO | RawIOBase,
    target: BinaryIO | RawIOBase,
    recipients: Sequence[x25519.Recipient],
) -> None: ...
def decrypt_io(
    source: BinaryIO | RawIOBase,
    target: BinaryIO | RawIOBase,
    identities: Sequence[x25519.Identity],
) -> None: ...
