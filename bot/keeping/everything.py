"""All that is kept about people, as each feature says it. A new feature joins here."""

from bot.conversations.store import kept as conversations
from bot.conversations.store import kept_of_hosts as hosts
from bot.kept import Holding, Kept
from bot.network import kept as network
from bot.notices.store import kept as notices
from bot.practice.store import kept as practice
from bot.reflections.store import kept as reflections
from bot.reminders.store import kept as reminders
from bot.search import kept as search
from bot.series.store import kept as series
from bot.themes import kept as themes
from bot.troubles import kept as troubles
from bot.wisdom.store import kept as wisdom

_OWN = Holding(
    kept=(
        Kept(
            what="that somebody was forgotten, and when, by their id or a guest's number alone",
            why="to forget them again if a backup from before is brought back",
            how_long="a year, in a file of its own beside the database and the backups; longer "
            "only while there is an older backup",
            forgetting="it stays: without it they would come back with a backup",
            columns=(),
        ),
    ),
    nobodys={
        "of the file itself, not of anybody in it": (
            "migration.name",
            "migration.digest",
        ),
    },
)

HOLDINGS = (
    Holding(kept=conversations.KEPT, nobodys=conversations.NOBODYS),
    Holding(kept=hosts.KEPT),
    Holding(kept=series.KEPT, nobodys=series.NOBODYS),
    Holding(kept=reminders.KEPT, nobodys=reminders.NOBODYS),
    Holding(kept=notices.KEPT, nobodys=notices.NOBODYS),
    Holding(kept=wisdom.KEPT, nobodys=wisdom.NOBODYS),
    Holding(kept=practice.KEPT, nobodys=practice.NOBODYS),
    Holding(kept=reflections.KEPT, nobodys=reflections.NOBODYS),
    Holding(kept=themes.KEPT, nobodys=themes.NOBODYS),
    Holding(kept=network.KEPT, nobodys=network.NOBODYS),
    Holding(kept=search.KEPT, nobodys=search.NOBODYS),
    Holding(kept=troubles.KEPT, nobodys=troubles.NOBODYS),
    _OWN,
)

KEPT: tuple[Kept, ...] = tuple(each for holding in HOLDINGS for each in holding.kept)
