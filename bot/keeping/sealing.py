"""Backups that only the holder of a key can read, in the age format: https://age-encryption.org

The bot has the public half of the key, and cannot open what it sealed. Whoever steals the
machine or the disk with the backups cannot either.
"""

from pathlib import Path

import pyrage
from pyrage import x25519

from bot.errors import Misconfigured

SEALED = b"age-encryption.org/"


def must_be_key(text: str) -> None:
    """
    Raises:
        Misconfigured: *text* is not the public half of a key.
    """
    _recipient(text)


def seal(plain: Path, into: Path, key: str) -> None:
    # Unbuffered: pyrage lets other threads run only while it reads or writes.
    with plain.open("rb", buffering=0) as source, into.open("wb", buffering=0) as target:
        pyrage.encrypt_io(source, target, [_recipient(key)])


def is_sealed(file: Path) -> bool:
    with file.open("rb") as source:
        return source.read(len(SEALED)) == SEALED


def unseal(sealed: Path, into: Path, key_file: Path | None) -> None:
    """
    Raises:
        Misconfigured: the key is missing, or not the one, or the file was changed.
    """
    if key_file is None:
        raise Misconfigured(
            f"{sealed} is encrypted. Name the file with its secret key: --key FILE."
        )
    with sealed.open("rb", buffering=0) as source, into.open("wb", buffering=0) as target:
        try:
            pyrage.decrypt_io(source, target, _identities(key_file))
        except pyrage.DecryptError as error:
            raise Misconfigured(f"The key in {key_file} does not open {sealed}.") from error
        except OSError as error:
            if error.errno is not None:
                raise
            raise Misconfigured(f"{sealed} has been changed or cut short.") from error


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        # Not repeated: it may be the secret half, put there by mistake.
        raise Misconfigured(
            "COPRO_BACKUP_KEY is not the public half of an age key, which begins with “age1”."
        ) from error


def _identities(key_file: Path) -> list[x25519.Identity]:
    try:
        lines = key_file.read_text("utf-8").splitlines()
        found = [line.strip() for line in lines if line.strip().startswith("AGE-SECRET-KEY-")]
        identities = [x25519.Identity.from_str(line) for line in found]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise Misconfigured(f"{key_file} holds no secret key that I can read.") from error
    if not identities:
        raise Misconfigured(
            f"{key_file} holds no secret key. It has a line that begins with “AGE-SECRET-KEY-”."
        )
    return identities
