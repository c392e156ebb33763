"""Bringing the database up to date, with a backup of what it was before."""

import logging
from datetime import datetime

from bot.keeping.shelf import Shelf
from bot.storage.migrate import is_new, migrate, pending
from bot.storage.soundness import must_not_be_damaged

log = logging.getLogger(__name__)


def migrate_safely(shelf: Shelf, now: datetime) -> list[str]:
    """Name what was applied. Runs before the event loop starts.

    Raises:
        Misconfigured: the database is damaged, or not one that this version can use.
        Unavailable: there is no room for the backup, so nothing was changed.
    """
    must_not_be_damaged(shelf.database)
    if not is_new(shelf.database) and pending(shelf.database):
        log.info("A backup before the schema changes: %s", shelf.put(now).file.name)
    return migrate(shelf.database)
