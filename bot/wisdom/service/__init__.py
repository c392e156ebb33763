"""What people do with wisdom, a module for each sort of use."""

from dataclasses import dataclass
from typing import Self

from bot.bell import Bell
from bot.ids import QuoteId
from bot.wisdom.service.bringing import Bringing
from bot.wisdom.service.curating import Curating
from bot.wisdom.service.ending import Ending
from bot.wisdom.service.forgetting import ForgettingOfWisdom
from bot.wisdom.service.means import Means
from bot.wisdom.service.mine import Mine
from bot.wisdom.service.posts import Posts
from bot.wisdom.service.requests import Requests
from bot.wisdom.service.review import Review
from bot.wisdom.service.showing import Showing
from bot.wisdom.service.weekly import Weekly


@dataclass(frozen=True, slots=True, kw_only=True)
class WisdomServices:
    requests: Requests
    mine: Mine
    review: Review
    bringing: Bringing
    curating: Curating
    showing: Showing
    posts: Posts
    weekly: Weekly
    ending: Ending
    forgetting: ForgettingOfWisdom
    changed: Bell[QuoteId]
    ending_changed: Bell[None]

    @classmethod
    def of(cls, means: Means) -> Self:
        ending = Ending(means)
        return cls(
            requests=Requests(means),
            mine=Mine(means),
            review=Review(means),
            bringing=Bringing(means),
            curating=Curating(means),
            showing=Showing(means, ending),
            posts=Posts(means),
            weekly=Weekly(means),
            ending=ending,
            forgetting=ForgettingOfWisdom(means),
            changed=means.quote_changed,
            ending_changed=means.ending_changed,
        )
