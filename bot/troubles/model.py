"""What can stand in the bot's way on Discord, and be mended by people there."""

from enum import StrEnum


class Trouble(StrEnum):
    LIST_NOT_ALLOWED = "list_not_allowed"  # the events list, for want of a permission
    LIST_FULL = "list_full"  # Discord holds so many events, and no more
    THREAD_NOT_ALLOWED = "thread_not_allowed"
    ROLE_GONE = "role_gone"  # the attendee role was deleted
    ROLE_NOT_ALLOWED = "role_not_allowed"  # it stands above the bot's own, or Manage Roles lacks
    TAGS_NOT_ALLOWED = "tags_not_allowed"  # the practice forum's, for want of a permission
    TAGS_DONT_FIT = "tags_dont_fit"  # it has others of its own


ABOUT_LIST = (Trouble.LIST_NOT_ALLOWED, Trouble.LIST_FULL)
ABOUT_ROLE = (Trouble.ROLE_GONE, Trouble.ROLE_NOT_ALLOWED)
ABOUT_TAGS = (Trouble.TAGS_NOT_ALLOWED, Trouble.TAGS_DONT_FIT)
