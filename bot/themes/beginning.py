"""The SQL that gives a network what networks begin with."""

from collections.abc import Sequence

from bot.ids import NetworkId
from bot.storage.database import Queries, Transaction
from bot.themes.model.beginning import Offer
from bot.themes.model.seeds import GROUPS, KINDS, THEMES
from bot.themes.store import add_ring, add_theme, add_words


async def seed(tx: Transaction, network_id: NetworkId) -> None:
    """The first version. What came later is offered to it as to those who began long ago."""
    await tx.run_many(
        """
        INSERT INTO kind (network_id, slug, label, position)
        VALUES (:network_id, :slug, :label, :position)
        """,
        [
            {"network_id": network_id, "slug": each.slug, "label": each.label, "position": position}
            for position, each in enumerate(KINDS)
        ],
    )
    for each in THEMES:
        theme_id = await add_theme(
            tx, network_id, slug=each.slug, label=each.label, is_tag=each.is_tag
        )
        ring_id = await add_ring(tx, network_id, each.label, theme_id)
        await add_words(tx, ring_id, each.words)
    for group in GROUPS:
        await add_words(tx, await add_ring(tx, network_id, group.label), group.words)
    await _note_version(tx, network_id, 1)


async def take_up(tx: Transaction, network_id: NetworkId, offer: Offer, version: int) -> None:
    for ring_id, words in offer.words.items():
        await add_words(tx, ring_id, words)
    for group in offer.groups:
        ring_id = await add_ring(tx, network_id, group.label, is_everyday=True)
        await add_words(tx, ring_id, group.words)
    await _note_version(tx, network_id, version)


async def words_taken_out(db: Queries, network_id: NetworkId) -> Sequence[str]:
    """All that moderators ever took out of a ring."""
    rows = await db.all(
        """
        SELECT before FROM vocabulary_change
        WHERE network_id = :id AND what = 'words_changed' AND before IS NOT NULL
        """,
        {"id": network_id},
    )
    return [word for row in rows for word in row["before"].split(", ")]


async def _note_version(tx: Transaction, network_id: NetworkId, version: int) -> None:
    await tx.run(
        """
        INSERT INTO vocabulary_start (network_id, version) VALUES (:network_id, :version)
        ON CONFLICT (network_id) DO UPDATE SET version = excluded.version
        """,
        {"network_id": network_id, "version": version},
    )
