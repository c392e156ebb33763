"""Five thousand people press Sign up at the same moment."""

import pytest

from tests.discord.conftest import text_of
from tests.discord.crowd import press_together
from tests.discord.test_card_refresher import edits

PLACES, PEOPLE = 50, 5000


@pytest.mark.simcord(settle_timeout=120.0)
async def test_five_thousand_people_press_at_once(world, db):
    card = await world.plan(places=PLACES)
    await world.env.advance_time(60)
    before = len(edits(world))

    pressed = await press_together(world, card, PEOPLE)

    rows = await db.all(
        "SELECT member_id, state FROM sign_up WHERE conversation_id = 1 ORDER BY number"
    )
    assert [row["member_id"] for row in rows] == pressed.user_ids, "in the order of pressing"
    assert [row["state"] for row in rows] == ["going"] * PLACES + ["waiting"] * (PEOPLE - PLACES)
    assert all(record.responded for record in pressed.records), "nobody is left unanswered"
    await world.env.advance_time(60)
    assert len(edits(world)) - before <= 3, "edits follow the keeper, not the presses"
    assert "50 coming, full, 4,950 on the waitlist" in text_of(world.card())
