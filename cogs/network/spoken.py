"""How the choices of a network are called on screen."""

from __future__ import annotations

from dataclasses import dataclass

from bot.network.model import ChannelUse, Duty, LinkTo
from bot.troubles.model import Trouble

CHANNELS = {
    ChannelUse.CONVERSATIONS: ("Conversations channel", "where conversations are announced"),
    ChannelUse.PRACTICE: ("Practice forum", "where people share what works"),
    ChannelUse.WISDOM: ("Wisdom channel", "where quotes are shown, with consent"),
    ChannelUse.MODERATION: ("Moderators' channel", "where moderators see what waits for them"),
}

ROLES = {
    Duty.ORGANISER: ("Organisers", "plan conversations"),
    Duty.MODERATOR: ("Moderators", "look after shared practice and quotes"),
}

ATTENDEES = "a role for everybody who is coming, taken off afterwards. None, if left empty"

LINKS = {
    LinkTo.JOINING: "Join the network",
    LinkTo.TICKETS: "Tickets",
    LinkTo.CONTACT: "Contact us",
    LinkTo.STARTING: "Getting started",
}

ZONES = (
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Athens",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Africa/Johannesburg",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/New_York",
    "America/Toronto",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "UTC",
)
"""Offered in the menu, which holds 25. Any other zone can be typed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    what: str
    mend: str


TROUBLES = {
    Trouble.LIST_NOT_ALLOWED: Finding(
        "I need **Create Events** in this server to show conversations in its events list.",
        "Give my role that in Server Settings, Roles. Cards and sign-up work without.",
    ),
    Trouble.LIST_FULL: Finding(
        "This server's events list is full: Discord holds 100 events.",
        "Delete events that nobody needs. I put the conversations there by myself within an hour.",
    ),
    Trouble.THREAD_NOT_ALLOWED: Finding(
        "I need **Create Public Threads** and **Send Messages in Threads** in the conversations "
        "channel to open a thread for each conversation.",
        "Give my role both in the channel's settings, under Permissions. Cards and sign-up work "
        "without.",
    ),
    Trouble.ROLE_GONE: Finding(
        "The attendee role has been deleted.",
        "Choose another one in /network setup, or none.",
    ),
    Trouble.ROLE_NOT_ALLOWED: Finding(
        "I can't give people the attendee role.",
        "In Server Settings, Roles, put my own role above it, and give mine **Manage Roles**. "
        "Sign-up works without.",
    ),
    Trouble.TAGS_NOT_ALLOWED: Finding(
        "I need **Manage Channels** in the practice forum to keep its tags in step with the kinds "
        "and themes.",
        "Give my role that in the forum's settings, under Permissions. All else works without.",
    ),
    Trouble.TAGS_DONT_FIT: Finding(
        "The practice forum has tags of its own, so not all of mine fit: Discord allows 20, and no "
        "two with one name.",
        "Rename or remove some of those tags in the forum's settings. Then I put mine there.",
    ),
}
