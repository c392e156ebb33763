"""Names in private messages: there, a mention of somebody unknown shows as a bare number."""

from __future__ import annotations

import re

import discord

from bot.ui.parts import Card
from bot.ui.text import as_typed

_MENTION = re.compile(r"<@(\d{1,20})>")


async def write_names(card: Card, server: discord.Guild) -> None:
    """Put the name that people have in *server* in place of each mention of them on *card*.

    Only their mention is left of somebody who is no longer there.
    """
    texts = [each for each in card.walk_children() if isinstance(each, discord.ui.TextDisplay)]
    mentioned = {int(found) for each in texts for found in _MENTION.findall(each.content)}
    names = {member_id: await _name(server, member_id) for member_id in sorted(mentioned)}
    for each in texts:
        each.content = _MENTION.sub(lambda found: names[int(found[1])], each.content)


async def _name(server: discord.Guild, member_id: int) -> str:
    try:
        member = await server.fetch_member(member_id)
    except discord.NotFound:
        return f"<@{member_id}>"
    # With the name by which they can be found and written to: display names are not unique.
    return f"**{as_typed(member.display_name)}** ({as_typed(member.name)})"
