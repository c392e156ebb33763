"""The people of a conversation as a table, in a file that spreadsheets open."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Everybody, Guest, Listed, Look, Needs, SignUpState
from bot.ids import FORGOTTEN, ConversationId, MemberId
from bot.spreadsheet import table_file
from bot.ui.answering import hand_over
from bot.ui.text import counted
from cogs.asking import person_of, server_of
from cogs.conversations.access_needs import spoken_needs
from cogs.conversations.people import NOT_KNOWN

if TYPE_CHECKING:
    from bot.client import Interaction

FILE_NAME = "people.csv"  # ours: a title may not name a file
HAS_LEFT = "has left the server"
AT_ONCE = 100
"""How many members may be asked for by id, by Discord's own limit."""

COLUMNS = (
    "Name",
    "Answer",
    "Turn on the waitlist",
    "Has said again since it was moved",
    "Note about a guest",
    "Looked after by",
)
NEEDS_COLUMN = "Access needs"

ANSWERS = {
    SignUpState.GOING: "Going",
    SignUpState.SUPPORTING: "Coming as a supporter",
    SignUpState.WAITING: "On the waitlist",
    SignUpState.MAYBE: "Maybe",
    SignUpState.NOT_COMING: "Can't make it",
}


def people_file(
    everybody: Everybody, names: Mapping[MemberId, str], needs: Mapping[MemberId, Needs] | None
) -> bytes:
    """The file, with what people need where *needs* is given."""
    columns = COLUMNS if needs is None else (*COLUMNS, NEEDS_COLUMN)
    rows: list[list[str]] = []
    turn = 0
    for each in everybody.listed:
        if each.sign_up.state is SignUpState.WAITING:
            turn += 1
        cells = _cells(each, everybody, names, turn)
        if needs is not None:
            theirs = None if each.member_id is None else needs.get(each.member_id)
            cells.append("" if theirs is None else spoken_needs(theirs))
        rows.append(cells)
    return table_file(columns, rows)


def _cells(
    listed: Listed, everybody: Everybody, names: Mapping[MemberId, str], turn: int
) -> list[str]:
    state, guest = listed.sign_up.state, listed.guest
    name = names.get(listed.member_id, HAS_LEFT) if listed.member_id is not None else NOT_KNOWN
    said_again = ""
    if everybody.conversation.moves and state is SignUpState.GOING:
        said_again = "no" if listed.sign_up.asked_again else "yes"
    return [
        name if guest is None else guest.name,
        ANSWERS[state],
        str(turn) if state is SignUpState.WAITING else "",
        said_again,
        "" if guest is None else guest.note,
        "" if guest is None else _keeper(guest, names),
    ]


def _keeper(guest: Guest, names: Mapping[MemberId, str]) -> str:
    keeper = guest.looked_after_by
    return NOT_KNOWN if keeper == FORGOTTEN else names.get(keeper, HAS_LEFT)


async def names_of(server: discord.Guild, member_ids: Iterable[MemberId]) -> dict[MemberId, str]:
    """What people are called in *server*. Whoever has left it is missing."""
    wanted: Sequence[int] = sorted(set(member_ids) - {FORGOTTEN})
    names: dict[MemberId, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = list(wanted[start : start + AT_ONCE])
        found = await server.query_members(user_ids=some, limit=AT_ONCE, cache=False)
        names.update({MemberId(member.id): member.display_name for member in found})
    return names


async def give_people_file(
    interaction: Interaction, conversation_id: ConversationId, *, with_needs: bool
) -> None:
    by, services = await person_of(interaction), interaction.client.services
    everybody = await services.people.everybody(conversation_id, by=by)
    needs = None
    if with_needs:
        told = await services.access_needs.look(conversation_id, Look.FILE, by=by)
        needs = {each.member_id: each.needs for each in told.people}
    members = [each.member_id for each in everybody.listed if each.member_id is not None]
    hosts = [each.guest.looked_after_by for each in everybody.listed if each.guest is not None]
    names = await names_of(server_of(interaction), [*members, *hosts])
    # In a thread: there may be thousands of lines.
    made = await asyncio.to_thread(people_file, everybody, names, needs)
    people = counted(len(everybody.listed), "person", "people")
    await hand_over(
        interaction,
        _about(people, with_needs=with_needs),
        discord.File(io.BytesIO(made), FILE_NAME, description="A table of people"),
    )


def _about(people: str, *, with_needs: bool) -> str:
    text = f"Here is the list as a table, with {people}. Please keep it safe, and delete it when "
    if not with_needs:
        return f"{text}you no longer need it."
    return (
        f"{text}the conversation is over: people were told that what they need is then deleted. "
        "It is noted that you have asked for it."
    )
