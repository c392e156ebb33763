"""What is kept about one person: to be shown to them, and to be taken away by them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.clock import to_text
from bot.conversations.store.kept_of_hosts import A_GUEST
from bot.ids import MemberId, NetworkId
from bot.keeping.everything import KEPT
from bot.kept import Kept
from bot.storage.database import Queries, Row, Value

Found: TypeAlias = Sequence[Mapping[str, Value]]

FOR_PROGRAMS = "===== The same for programs, as JSON ====="


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One sort of thing, and all there is of it about one person."""

    kept: Kept
    rows: Found


class Privacy:
    """Only ever asked by the person themselves, or by an operator on their behalf."""

    def __init__(self, db: Queries) -> None:
        self._db = db

    async def about(self, network_id: NetworkId, member_id: MemberId) -> list[About]:
        """Everything that is kept of this person in this network; nothing of anybody else."""
        found = [
            About(kept=kept, rows=await self._rows(kept, network_id, member_id))
            for kept in KEPT
            if kept.rows
        ]
        return [each for each in found if each.rows]

    async def about_guest(self, network_id: NetworkId, whom: str) -> list[About]:
        """What is kept of somebody without Discord: each guest of that number or name."""
        rows = await self._db.all(A_GUEST, {"network": network_id, "whom": whom})
        kept = next(each for each in KEPT if "guest.name" in each.columns)
        return [About(kept=kept, rows=_named(rows))] if rows else []

    async def _rows(self, kept: Kept, network_id: NetworkId, member_id: MemberId) -> Found:
        rows = await self._db.all(kept.rows, {"network": network_id, "member": member_id})
        return _named(rows)


def _named(rows: Sequence[Row]) -> Found:
    return [{name: row[name] for name in row.keys()} for row in rows]  # noqa: SIM118  # not a dict


def as_text(found: Sequence[About]) -> str:
    """For people. What is empty or unknown is left out."""
    if not found:
        return "Nothing is kept here about that person."
    return "\n\n".join(_in_words(each) for each in found)


def as_file(
    found: Sequence[About], network_id: NetworkId, whom: MemberId | str, now: datetime
) -> str:
    """One file about a member or a guest: first in words, and then the same for programs."""
    told = {
        "network": network_id,
        "whom": whom,
        "at": to_text(now),
        "kept": [
            {
                "what": each.kept.what,
                "why": each.kept.why,
                "how_long": each.kept.how_long,
                "rows": each.rows,
            }
            for each in found
        ],
    }
    return (
        f"What the co-production bot keeps about {whom}, in the server "
        f"{network_id}\nAll times are UTC. Written at {to_text(now)}.\n\n"
        f"{as_text(found)}\n\n{FOR_PROGRAMS}\n"
        f"{json.dumps(told, ensure_ascii=False, indent=2)}\n"
    )


def _in_words(about: About) -> str:
    kept = about.kept
    lines = [f"{kept.what[0].upper()}{kept.what[1:]}", f"  Why: {kept.why}."]
    lines.append(f"  How long: {kept.how_long}.")
    for number, row in enumerate(about.rows, 1):
        said = [f"{name.replace('_', ' ')}: {value}" for name, value in row.items() if _says(value)]
        lines.append(f"  {number}. {'; '.join(said)}")
    return "\n".join(lines)


def _says(value: Value) -> bool:
    return value is not None and value != ""
