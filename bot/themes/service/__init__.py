"""What people do with kinds and themes."""

from bot.themes.service.themes import AddAs, Renamed, Themes

__all__ = ("AddAs", "Renamed", "Themes")
