"""What people do with practice, a module for each sort of use."""

from dataclasses import dataclass
from typing import Self

from bot.bell import Bell
from bot.ids import PracticeId
from bot.practice.service.adopting import Adopting
from bot.practice.service.curating import Curating
from bot.practice.service.forgetting import ForgettingOfPractice
from bot.practice.service.means import Means
from bot.practice.service.mine import Mine
from bot.practice.service.posts import Posts
from bot.practice.service.review import Review
from bot.practice.service.showing import Showing
from bot.practice.service.templates import Templates
from bot.practice.service.upkeep import Upkeep


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeServices:
    mine: Mine
    review: Review
    curating: Curating
    showing: Showing
    posts: Posts
    adopting: Adopting
    templates: Templates
    upkeep: Upkeep
    forgetting: ForgettingOfPractice
    changed: Bell[PracticeId]
    drafts_changed: Bell[None]

    @classmethod
    def of(cls, means: Means) -> Self:
        return cls(
            mine=Mine(means),
            review=Review(means),
            curating=Curating(means),
            showing=Showing(means),
            posts=Posts(means),
            adopting=Adopting(means),
            templates=Templates(means),
            upkeep=Upkeep(means),
            forgetting=ForgettingOfPractice(means),
            changed=means.practice_changed,
            drafts_changed=means.drafts_changed,
        )
