"""The SQL of consents: each given once, the last one counts."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import MemberId, QuoteId
from bot.storage.database import Queries, Transaction
from bot.wisdom.model import Given, Use


async def add(tx: Transaction, quote_id: QuoteId, given: Given) -> None:
    """In place of the one that counted until now, which is kept as ended."""
    await end(tx, quote_id, given.given_at)
    uses = given.consent.uses
    await tx.run(
        """
        INSERT INTO consent (quote_id, wording, in_discord, on_website, in_posts, in_training,
                             credit, credited_as, lasting, expires_at, how, shown, given_by,
                             given_at)
        VALUES (:quote_id, :wording, :in_discord, :on_website, :in_posts, :in_training,
                :credit, :credited_as, :lasting, :expires_at, :how, :shown, :given_by, :given_at)
        """,
        {
            "quote_id": quote_id,
            "wording": given.wording,
            "in_discord": Use.DISCORD in uses,
            "on_website": Use.WEBSITE in uses,
            "in_posts": Use.POSTS in uses,
            "in_training": Use.TRAINING in uses,
            "credit": given.consent.credit,
            "credited_as": given.consent.credited_as,
            "lasting": given.consent.lasting,
            "expires_at": None if given.expires_at is None else to_text(given.expires_at),
            "how": given.how,
            "shown": given.shown,
            "given_by": given.given_by,
            "given_at": to_text(given.given_at),
        },
    )


async def end(tx: Transaction, quote_id: QuoteId, now: datetime) -> None:
    """The name that was to stand with the words goes at once."""
    await tx.run(
        """
        UPDATE consent SET ended_at = :now, credited_as = NULL
        WHERE quote_id = :quote_id AND ended_at IS NULL
        """,
        {"quote_id": quote_id, "now": to_text(now)},
    )


async def forget_who(tx: Transaction, quote_id: QuoteId) -> None:
    """Keep that and when consent was given, and not by whom."""
    await tx.run(
        "UPDATE consent SET given_by = NULL WHERE quote_id = :quote_id", {"quote_id": quote_id}
    )


async def first_expiry(db: Queries) -> datetime | None:
    row = await db.only(
        """
        SELECT min(expires_at) AS at FROM consent
        WHERE ended_at IS NULL AND expires_at IS NOT NULL
        """
    )
    return None if row["at"] is None else from_text(row["at"])


async def expired(db: Queries, now: datetime, most: int) -> list[QuoteId]:
    rows = await db.all(
        """
        SELECT quote_id FROM consent
        WHERE ended_at IS NULL AND expires_at IS NOT NULL AND expires_at <= :now
        ORDER BY expires_at LIMIT :most
        """,
        {"now": to_text(now), "most": most},
    )
    return [QuoteId(row["quote_id"]) for row in rows]


async def ending_between(
    db: Queries, after: datetime, until: datetime
) -> list[tuple[QuoteId, MemberId, int, datetime]]:
    """(quote, speaker, id of the consent, its end) of those whose speaker can be asked."""
    rows = await db.all(
        """
        SELECT quote_id, speaker_id, consent.id, expires_at
        FROM consent JOIN quote ON quote.id = quote_id
        WHERE consent.ended_at IS NULL AND expires_at > :after AND expires_at <= :until
          AND speaker_id IS NOT NULL AND NOT is_end_told
        ORDER BY expires_at
        """,
        {"after": to_text(after), "until": to_text(until)},
    )
    return [
        (
            QuoteId(row["quote_id"]),
            MemberId(row["speaker_id"]),
            row["id"],
            from_text(row["expires_at"]),
        )
        for row in rows
    ]


async def mark_end_told(tx: Transaction, consent_id: int) -> None:
    await tx.run("UPDATE consent SET is_end_told = 1 WHERE id = :id", {"id": consent_id})
