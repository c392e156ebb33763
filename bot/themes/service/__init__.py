"""What people do with kinds and themes."""

from bot.themes.service.forum_tags import ForumTags
from bot.themes.service.themes import AddAs, Renamed, Themes

__all__ = ("AddAs", "ForumTags", "Renamed", "Themes")
