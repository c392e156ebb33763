"""The words about a series that its cards and answers share."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import spoken
from bot.conversations.model import Conversation
from bot.network.model import Network
from bot.series.model import Counts, Dated, Joined, Reshaped, Series, SeriesState
from bot.ui.text import as_typed, counted

MOST_NAMED = 6
"""Dates that an answer gives one by one."""


def happens(series: Series, network: Network) -> str:
    """The rule in words, as a sentence of its own."""
    said = series.rule.spoken(network.zone)
    return f"{said[0].upper()}{said[1:]}."


def announced(series: Series) -> str:
    weeks = counted(series.announce_weeks, "week", "weeks")
    return f"Each conversation is announced {weeks} before."


def state(series: Series) -> str:
    """Nothing while it runs."""
    if series.state is SeriesState.PAUSED:
        return "**This series is paused.** Nothing more is announced until it goes on."
    if series.state is SeriesState.ENDED:
        return "**This series has ended.**"
    return ""


def dated(each: Dated, network: Network) -> str:
    """“Thursday 3 December 2026, 2:00pm UK time: open for sign-up”."""
    when = spoken(each.starts_at, network.zone)
    conversation = each.conversation
    if each.is_skipped:
        return f"{when}: left out"
    if conversation is None:
        return when
    if conversation.is_cancelled:
        return f"{when}: cancelled"
    if conversation.moved_from is not None:
        return f"{when}: announced, and moved"
    return f"{when}: announced"


def dates(conversations: Sequence[Conversation], network: Network) -> str:
    """The starts of some conversations, in words, one on each line."""
    lines = [f"- {spoken(each.starts_at, network.zone)}" for each in conversations[:MOST_NAMED]]
    if len(conversations) > MOST_NAMED:
        lines.append(f"- and {len(conversations) - MOST_NAMED} more")
    return "\n".join(lines)


def messages(outcome: Reshaped) -> str:
    people = outcome.people_told
    if not people and not outcome.guests_told:
        return "Nobody had answered, so there is nobody to tell."
    said: list[str] = []
    if people == 1:
        said.append("1 private message is on its way to somebody who answered.")
    elif people:
        said.append(f"{people:,} private messages are on their way to those who answered.")
    if outcome.guests_told:
        guests = counted(outcome.guests_told, "guest", "guests")
        said.append(f"Whoever looks after {guests} is asked to pass it on.")
    return " ".join(said)


def reshaped(outcome: Reshaped, network: Network, *, did: str, silent: bool = False) -> str:
    """What became of the conversations ahead. *did*: “Moved”, “Cancelled”.

    *silent*: nobody is written to about such a change.
    """
    parts: list[str] = []
    if outcome.changed:
        parts.append(f"{did}:\n{dates(outcome.changed, network)}")
        if not silent:
            parts.append(messages(outcome))
    if outcome.moved_up:
        moved_up = counted(outcome.moved_up, "person", "people")
        parts.append(f"{moved_up} moved up from a waitlist and will be told.")
    if outcome.removed:
        dates_taken = counted(outcome.removed, "date that nobody had answered", "dates")
        taken = "is" if outcome.removed == 1 else "that nobody had answered are"
        parts.append(f"{dates_taken} {taken} taken away.")
    if outcome.left_edited:
        parts.append(
            "Left as they are, because somebody changed them by themselves, or hosts them:\n"
            + dates(outcome.left_edited, network)
        )
    if outcome.left_answered:
        parts.append(
            "Left as they are, because people have answered or host them, and the series has no "
            f"date for them now:\n{dates(outcome.left_answered, network)}\n"
            "If they should not take place, use /organise cancel."
        )
    return "\n".join(parts)


def joined(outcome: Joined, network: Network) -> str:
    """What a person reads after signing up to all of it."""
    title = f"**{as_typed(outcome.series.title)}**"
    parts = [
        f"You are signed up to the whole series {title}."
        if outcome.is_new
        else f"You were already signed up to the whole series {title}."
    ]
    if outcome.going:
        parts.append(f"You have a place:\n{dates(outcome.going, network)}")
    if outcome.waiting:
        parts.append(f"It is full, so you are on the waitlist:\n{dates(outcome.waiting, network)}")
    parts.append(
        "Each time one is announced I sign you up, in the order in which people asked, and tell "
        "you in a private message. There you can say in one press that you can't make it."
    )
    return "\n".join(parts)


def paused(outcome: Counts, network: Network) -> str:
    parts = [
        f"**{as_typed(outcome.series.title)}** is paused. Nothing more is made or announced until "
        "you use /series resume."
    ]
    if outcome.announced:
        parts.append(
            f"Already announced, and still taking place:\n{dates(outcome.announced, network)}\n"
            "If one should not, use /organise cancel."
        )
    if outcome.unannounced:
        parts.append(f"Waiting, unannounced:\n{dates(outcome.unannounced, network)}")
    return "\n".join(parts)


def resumed(outcome: Counts, network: Network) -> str:
    ahead = [*outcome.announced, *outcome.unannounced]
    title = as_typed(outcome.series.title)
    if not ahead:
        return f"**{title}** has no dates left, so it has ended."
    return (
        f"**{title}** goes on. {announced(outcome.series)} What went by during the pause is not "
        f"made up. Ahead:\n{dates(ahead, network)}"
    )
