"""Troubles are about a server, never about a person."""

from bot.kept import Kept

KEPT: tuple[Kept, ...] = ()

NOBODYS = {"what the bot may not do in a server": ("trouble.what",)}
