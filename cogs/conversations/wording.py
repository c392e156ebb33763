"""The words about a conversation that cards, lists and answers share."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import spoken, spoken_length
from bot.conversations.model import Answer, Conversation, Edited, GuestSignUp, Mine, SignUpState
from bot.ids import MemberId
from bot.network.model import LinkTo, Network
from bot.series.model import spoken_rule
from bot.ui.text import as_typed, counted, from_now, own_time
from cogs.network.spoken import LINKS


def when(conversation: Conversation, network: Network) -> str:
    """In the network's own time, which everybody can read aloud."""
    return spoken(conversation.starts_at, network.zone)


def series(conversation: Conversation, network: Network) -> str:
    """Of which series it is, or nothing."""
    happens = spoken_rule(conversation, network.zone)
    return f"Part of a series: {happens}." if happens else ""


def moved(conversation: Conversation, network: Network) -> str:
    """Where it was before, or nothing when it was never moved."""
    if conversation.moved_from is None:
        return ""
    return f"It was moved from {spoken(conversation.moved_from, network.zone)}."


def when_in_full(conversation: Conversation, network: Network) -> str:
    return (
        f"**{when(conversation, network)}**, for {spoken_length(conversation.details.minutes)}\n"
        f"On your own clock: {own_time(conversation.starts_at)}, {from_now(conversation.starts_at)}"
    )


def where(conversation: Conversation, *, has_place: bool) -> str:
    """Where it happens. The link is for people with a place, so *has_place* must be certain."""
    details = conversation.details
    lines: list[str] = []
    if details.venue_channel_id is not None:
        lines.append(f"Where: <#{details.venue_channel_id}>")
    if details.join_link is not None and has_place:
        lines.append(f"Your link to join: {details.join_link}")
    elif details.join_link is not None:
        lines.append("Where: online. People with a place are given the link.")
    return "\n".join(lines)


def hosted(conversation: Conversation) -> str:
    """Who hosts it, as far as somebody was named; nothing otherwise."""
    by = ", with ".join(f"<@{each}>" for each in conversation.named_hosts)
    return f"Hosted by {by}" if by else ""


def questions(conversation: Conversation) -> str:
    asked = conversation.more.questions
    if not asked:
        return ""
    return "\n".join(["**We will ask**", *(f"- {as_typed(each)}" for each in asked)])


def good_to_know(conversation: Conversation, network: Network) -> str:
    """Content note, what is offered, access, and the deadline, as far as they were given."""
    more = conversation.more
    closes = "" if more.closes_at is None else spoken(more.closes_at, network.zone)
    given = (
        ("Content note", as_typed(more.content_note)),
        ("Offered", as_typed(more.offered)),
        ("Access", as_typed(more.access_provided)),
        ("Sign-up closes", closes),
    )
    return "\n".join(f"**{called}:** {text}" for called, text in given if text)


def places(conversation: Conversation) -> str:
    """“9 coming, 3 places left”: counts, never names."""
    parts = [f"{conversation.going:,} coming"]
    left = conversation.places_left
    if left is None:
        parts.append("no limit on places")
    elif left:
        parts.append(f"{counted(left, 'place', 'places')} left")
    else:
        parts.append("full")
    if conversation.supporting:
        parts.append(counted(conversation.supporting, "supporter", "supporters"))
    if conversation.waiting:
        parts.append(f"{conversation.waiting:,} on the waitlist")
    if conversation.maybe:
        parts.append(f"{conversation.maybe:,} maybe")
    return ", ".join(parts)


def with_them(conversation: Conversation, named: Sequence[MemberId]) -> str:
    """“With them: @Amina, @Bryn and 3 more”, or nothing while nobody asked to be named."""
    if not named:
        return ""
    more = conversation.going + conversation.supporting - len(named)
    names = [f"<@{member_id}>" for member_id in named]
    last = f"{more:,} more" if more > 0 else names.pop()
    return f"With them: {', '.join(names)} and {last}" if names else f"With them: {last}"


def footer(network: Network) -> str:
    """The network's links, or nothing."""
    shown = [
        f"{LINKS[to]}: {address}"
        if "@" in address and "//" not in address
        else f"[{LINKS[to]}]({address})"
        for to, address in network.links.items()
        if to is not LinkTo.JOINING
    ]
    return "-# " + " · ".join(shown) if shown else ""


_CHANGE_OF_MIND = (
    "If you find that you can't come, please press **I can't make it**, so that somebody else can."
)


def answered(answer: Answer, network: Network) -> str:
    """What a person reads after pressing one of the three buttons."""
    conversation = answer.conversation
    title = f"**{as_typed(conversation.title)}**"
    if not answer.changed:
        return f"{title}\n{_UNCHANGED[answer.sign_up.state]}"
    match answer.sign_up.state:
        case SignUpState.GOING:
            return "\n".join(
                line
                for line in (
                    f"You have a place: {title}, {when(conversation, network)}.",
                    where(conversation, has_place=True),
                    _CHANGE_OF_MIND,
                )
                if line
            )
        case SignUpState.WAITING:
            return (
                f"{title}\nIt is full, so you are on the waitlist: number "
                f"{conversation.waiting:,}.\n"
                "If a place comes up, it is yours, and I'll tell you in a private message."
            )
        case SignUpState.MAYBE:
            return (
                f"{title}\nYou are down as maybe. {_gave_up(answer)}A maybe keeps no place for "
                "you: press **Sign up** when you know."
            )
        case SignUpState.SUPPORTING:
            return f"{title}\n{_UNCHANGED[SignUpState.SUPPORTING]}"
        case SignUpState.NOT_COMING:
            return f"{title}\nThank you for letting us know. {_gave_up(answer)}".rstrip()


def _gave_up(answer: Answer) -> str:
    if answer.before is SignUpState.GOING:
        return "Your place is free for somebody else. "
    if answer.before is SignUpState.WAITING:
        return "You are off the waitlist. "
    return ""


_UNCHANGED = {
    SignUpState.GOING: "You already have a place. Nothing has changed.",
    SignUpState.WAITING: "You are already on the waitlist. Nothing has changed.",
    SignUpState.SUPPORTING: (
        "You come as somebody's supporter, and need no place of your own. Nothing has changed."
    ),
    SignUpState.MAYBE: "You are already down as maybe. Nothing has changed.",
    SignUpState.NOT_COMING: "You had already told us. Nothing has changed.",
}


def standing(mine: Mine) -> str:
    """How a person stands with one conversation."""
    match mine.sign_up.state:
        case SignUpState.GOING:
            return "You have a place."
        case SignUpState.WAITING:
            return f"You are on the waitlist: number {mine.ahead_in_line + 1:,}."
        case SignUpState.MAYBE:
            return "You are down as maybe, without a place."
        case SignUpState.SUPPORTING:
            return "You come as somebody's supporter. That takes no place."
        case SignUpState.NOT_COMING:
            return "You said that you can't make it."


def guest_added(conversation: Conversation, guest: GuestSignUp, keeper: str) -> str:
    """What an organiser reads after adding a guest. *keeper* is a mention, and pings nobody."""
    name, title = as_typed(guest.guest.name), as_typed(conversation.title)
    stands = (
        "has a place at" if guest.sign_up.state is SignUpState.GOING else "is on the waitlist for"
    )
    return (
        f"**{name}** {stands} **{title}**. {keeper} looks after them: I write to {keeper} "
        "whenever there is something to pass on."
    )


def taken_off(mention: str, conversation: Conversation, moved_up: int) -> str:
    """What an organiser reads after taking somebody off. *mention* pings nobody."""
    text = f"{mention} is off the list for **{as_typed(conversation.title)}**, and will be told."
    if moved_up:
        text += f" {counted(moved_up, 'person', 'people')} moved up from the waitlist."
    return text


def edited(outcome: Edited) -> str:
    """What an organiser reads after changing a conversation."""
    words = "Saved."
    if outcome.moved_up:
        words += (
            f" {counted(outcome.moved_up, 'person', 'people')} moved up from the waitlist and "
            "will be told."
        )
    if over := outcome.conversation.over:
        words += (
            f" {outcome.conversation.going:,} are coming, which is {over:,} more than there are "
            "places now. Nobody loses their place; new people wait."
        )
    return words
