"""Whatever people agree to and take back, no post and no file holds what may not be in it."""

import asyncio
import contextlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import services
from bot.client import Services
from bot.errors import Closed, NotFound
from bot.reflections.model import Form
from bot.storage.database import Database
from bot.wisdom.model import Lasting, Quote, Use
from tests.conftest import AMINA, NOW, ORGANISER, FakeClock
from tests.quotes import consent, published

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["share", "only here", "again", "take back", "a year", "gather", "export"]),
        st.integers(0, 5),
    ),
    min_size=3,
    max_size=14,
)
POSTS, HERE = consent(Use.DISCORD, Use.POSTS), consent(Use.DISCORD)
FOR_A_YEAR = consent(Use.POSTS, lasting=Lasting.ONE_YEAR)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_draft_post_or_file_ever_holds_a_quote_without_live_consent(
    migrated: bytes, steps: list[tuple[str, int]]
) -> None:
    asyncio.run(_play(migrated, steps))


async def _play(migrated: bytes, steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.db"
        path.write_bytes(migrated)
        clock = FakeClock(NOW)
        async with Database.open(path) as db:
            parts = services(db, clock)
            quotes = [await published(parts, "Quote number 0, here first.", agreed=POSTS)]
            first = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
            await parts.reflections.drafts.publish(first.draft.id, by=ORGANISER)
            for step, which in steps:
                await _step(parts, clock, quotes, step, which)
                await _look(parts, clock, db)


async def _step(
    parts: Services, clock: FakeClock, quotes: list[Quote], step: str, which: int
) -> None:
    quote = quotes[which % len(quotes)]
    match step:
        case "share":
            words = f"Quote number {len(quotes)}, among others."
            agreed = (POSTS, HERE, FOR_A_YEAR)[which % 3]
            quotes.append(await published(parts, words, agreed=agreed))
        case "only here" | "again":
            agreed = HERE if step == "only here" else POSTS
            with contextlib.suppress(Closed, NotFound):
                await parts.wisdom.mine.agree_to(quote.id, agreed, AMINA)
        case "take back":
            with contextlib.suppress(Closed, NotFound):
                await parts.wisdom.mine.withdraw(quote.id, AMINA)
        case "a year":
            clock.advance(days=366)
        case "gather":
            await parts.reflections.drafts.begin(None, None, by=ORGANISER)
        case _:
            with contextlib.suppress(Closed, NotFound):
                look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
                await parts.reflections.posts.export(look.draft.id, Form.HTML, by=ORGANISER)


async def _look(parts: Services, clock: FakeClock, db: Database) -> None:
    for listed in await parts.reflections.drafts.listed(by=ORGANISER):
        look = await parts.reflections.drafts.look(listed.id, by=ORGANISER)
        for each in look.usable:
            row = await db.only(
                """
                SELECT state, in_posts, consent.ended_at, expires_at
                FROM quote JOIN consent ON consent.quote_id = quote.id
                WHERE quote.id = :id ORDER BY consent.id DESC LIMIT 1
                """,
                {"id": each.id},
            )
            now = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
            assert (row["state"], row["in_posts"], row["ended_at"]) == ("published", 1, None)
            assert row["expires_at"] is None or row["expires_at"] > now
    # Whoever has a file hears of each that must go, and of nothing that may stay.
    await parts.reflections.posts.call_back()
    rows = await db.all(
        """
        SELECT held.quote_id FROM reflection_export_quote AS held
        WHERE gone_at IS NULL AND quote_id NOT IN (
            SELECT id FROM shown_quote
            WHERE in_posts = 1 AND (expires_at IS NULL OR expires_at > :now)
        )
        """,
        {"now": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    assert rows == []
