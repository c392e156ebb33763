"""How practice is said to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ids import NetworkId
from bot.practice.model import Practice, PracticeState, ShownPractice, Written
from bot.ui.text import as_typed, counted
from cogs.wisdom.wording import day, under

if TYPE_CHECKING:
    from bot.network.model import Network
    from bot.themes.model import Vocabulary

STATES = {
    PracticeState.DRAFT: "not sent yet",
    PracticeState.NEW: "waiting for a moderator",
    PracticeState.LOOKED_AT: "a moderator is looking at it",
    PracticeState.SHARED: "shared",
    PracticeState.FEATURED: "featured",
    PracticeState.ARCHIVED: "archived",
    PracticeState.NOT_NOW: "not for now",
}

MOST_BODY = 3000
"""Characters of what it says, on a card with more below it."""

LONGEST_PARTS = (1000, 800, 600, 450, 300, 200)
"""The first with which all parts of it fit a card. Only text made of special characters is cut."""

CUT = "-# Shortened here, as it has more special characters than a message can show."


def body(practice: ShownPractice | Written, *, with_title: bool = True) -> str:
    """All that it says, made safe, and never too long for a card."""
    texts = (_body(practice, longest, with_title=with_title) for longest in LONGEST_PARTS)
    return next(text for text in texts if len(text) <= MOST_BODY)


def _body(practice: ShownPractice | Written, longest: int, *, with_title: bool) -> str:
    lines = [f"## {as_typed(practice.title)}"] if with_title else []
    is_cut = False
    for heading, text in (
        ("What we did", practice.did),
        ("What changed", practice.changed),
        ("What we would tell others", practice.tell_others),
    ):
        if text:
            shown = as_typed(text[:longest])
            is_cut = is_cut or len(text) > longest
            lines.append(f"### {heading}\n{shown}{'…' * (len(text) > longest)}")
    return "\n".join([*lines, CUT] if is_cut else lines)


def sorted_under(practice: ShownPractice | Written, vocabulary: Vocabulary) -> str:
    """“Great example · Recruitment, Power & equality”: nothing if it is sorted under nothing."""
    return under(practice.kind_id, practice.theme_ids, vocabulary)


def more(practice: ShownPractice, network: Network) -> str:
    """What goes with it, in small print."""
    lines: list[str] = []
    if practice.is_template and practice.licence:
        lines.append(f"You may use it under: {as_typed(practice.licence)}")
    if practice.used_by:
        lines.append(f"{counted(practice.used_by, 'service uses', 'services use')} this.")
    if practice.checked_at is not None:
        lines.append(f"Its owner looked on {day(practice.checked_at, network)}: it is still right.")
    if practice.version > 1:
        lines.append(f"Version {practice.version}")
    who = f"<@{practice.named_id}>" if practice.named_id else "a member of the network"
    lines.append(f"Shared by {who}")
    return "\n".join(f"-# {line}" for line in lines)


def answers(practice: ShownPractice) -> str:
    said = [
        f"{counted(number, 'person', 'people')} {does}"
        for number, does in (
            (practice.recognised, "recognised this" if practice.recognised else ""),
            (practice.differently, "said they do it differently"),
        )
        if number
    ]
    return f"-# {', '.join(said)}." if said else ""


def address(network_id: NetworkId, thread_id: int) -> str:
    return f"https://discord.com/channels/{network_id}/{thread_id}"


def linked(practice: ShownPractice) -> str:
    """Its title, leading to its thread."""
    title = as_typed(practice.title).replace("[", r"\[").replace("]", r"\]")
    if practice.thread_id is None:
        return f"**{title}**"
    return f"[{title}]({address(practice.network_id, practice.thread_id)})"


def called(practice: Practice) -> str:
    return f"**{as_typed(practice.title)}**"
