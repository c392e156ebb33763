"""What worked for the invented people of the demo, shared in the months before anybody looks in."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import services
from bot.demo.sayings import Then, Told
from bot.ids import MemberId, NetworkId, PracticeId
from bot.people import Person
from bot.practice.model import Written
from bot.storage.database import Database

SAMPLE = Path(__file__).with_name("practice.toml")
AUTHORS = ("Aisha", "Bev", "Callum", "Dorota", "Farah", "Kwame")
SHARED, NOT_YET = 12, 2
"""How many a moderator has shared, and how many wait."""

FEATURED = (0, 5)
EVERY = timedelta(days=9)
"""Between two that are shared."""


async def share(
    path: Path, network_id: NetworkId, people: Mapping[str, MemberId], until: datetime
) -> None:
    """Fill the database at *path*, which the bot may be using, with what worked before *until*."""
    sample = tomllib.loads(SAMPLE.read_text("utf-8"))["practice"][: SHARED + NOT_YET]
    clock = Then(until)
    async with Database.open(path) as db:
        parts = services(db, clock)
        vocabulary = await parts.themes.vocabulary(network_id)
        kinds = {each.slug: each.id for each in vocabulary.kinds}
        themes = {each.slug: each.id for each in vocabulary.themes}
        jean = Person(network_id=network_id, member_id=people["Jean"], is_moderator=True)
        for number, told in enumerate(sample):
            clock.set(until - (len(sample) - number) * EVERY)
            author = Person(network_id=network_id, member_id=people[AUTHORS[number % len(AUTHORS)]])
            written = _written(told, kinds, themes)
            practice = await parts.practice.mine.draft(written, by=author)
            await parts.practice.mine.send(practice.id, by=author)
            if number < SHARED:
                clock.set(clock.now() + timedelta(hours=20))
                await parts.practice.review.share(practice.id, by=jean)
            if number in FEATURED:
                why = "people ask for it again and again"
                await parts.practice.curating.feature(PracticeId(practice.id), why, by=jean)
            await parts.notices.deliver_due(Told())


def _written(
    told: Mapping[str, Any], kinds: Mapping[str, Any], themes: Mapping[str, Any]
) -> Written:
    slugs: Sequence[str] = told["themes"]
    return Written.read(
        title=told["title"],
        did=told["did"],
        changed=told.get("changed", ""),
        tell_others=told.get("tell_others", ""),
        link=told.get("link"),
        kind_id=kinds[told["kind"]],
        theme_ids=[themes[each] for each in slugs],
    )
