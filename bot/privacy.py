"""`coproduction-bot privacy`: for people without Discord, or who would rather ask somebody."""

import asyncio
from pathlib import Path

from bot.app import services
from bot.clock import Clock, SystemClock
from bot.errors import Invalid, Misconfigured, Refusal
from bot.ids import GuestId, MemberId, NetworkId
from bot.keeping.privacy import About, Privacy, as_file, as_text
from bot.storage.database import Database, look_into
from bot.storage.instance import only_copy
from bot.storage.migrate import pending


def show(database: Path, network_id: NetworkId, whom: str, *, is_guest: bool) -> str:
    """What is kept about somebody, in words; a guest may be named as well as numbered."""
    return as_text(_found(database, network_id, whom, is_guest=is_guest))


def export(
    database: Path,
    network_id: NetworkId,
    whom: str,
    file: Path,
    *,
    is_guest: bool,
    clock: Clock | None = None,
) -> None:
    """The same as a file to hand over.

    Raises:
        Misconfigured: *file* is there already, or can't be written.
    """
    now = (clock or SystemClock()).now()
    found = _found(database, network_id, whom, is_guest=is_guest)
    made = as_file(found, network_id, whom, now)
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(made)
    except FileExistsError as error:
        raise Misconfigured(f"{file} is there already. I write over nothing.") from error
    except OSError as error:
        raise Misconfigured(f"{file} can't be written ({error.strerror}).") from error


def forget(
    database: Path,
    network_id: NetworkId,
    whom: str,
    *,
    is_guest: bool,
    clock: Clock | None = None,
) -> None:
    """Forget somebody for good. Messages in Discord follow when the bot is started again.

    Raises:
        Misconfigured: a copy of the bot is running.
        Invalid: there is nobody of that number, or it is none.
    """
    id_ = _number(whom)
    with only_copy(database):
        _must_be_current(database)
        asyncio.run(_forget(database, network_id, id_, clock or SystemClock(), is_guest=is_guest))


async def _forget(
    database: Path, network_id: NetworkId, id_: int, clock: Clock, *, is_guest: bool
) -> None:
    async with Database.open(database) as db:
        forgetting = services(db, clock).forgetting
        try:
            if is_guest:
                await forgetting.forget_guest(network_id, GuestId(id_))
            else:
                await forgetting.forget(network_id, MemberId(id_))
        except Refusal as refusal:
            raise Invalid(str(refusal)) from refusal


def _found(database: Path, network_id: NetworkId, whom: str, *, is_guest: bool) -> list[About]:
    _must_be_current(database)

    async def look() -> list[About]:
        async with look_into(database) as db:
            privacy = Privacy(db)
            if is_guest:
                return await privacy.about_guest(network_id, whom)
            return await privacy.about(network_id, MemberId(_number(whom)))

    return asyncio.run(look())


def _number(whom: str) -> int:
    if not whom.isdecimal() or int(whom) >= 2**63:
        raise Invalid(
            f"“{whom}” is not a number. Discord's id of a person is one of 17 to 20 digits."
        )
    return int(whom)


def _must_be_current(database: Path) -> None:
    if pending(database):
        raise Misconfigured(f"{database} is not up to date. Run “migrate” or “run”.")
