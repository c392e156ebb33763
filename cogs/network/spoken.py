"""How the choices of a network are called on screen."""

from __future__ import annotations

from bot.network.model import ChannelUse, Duty, LinkTo

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
