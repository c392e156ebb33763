"""What people do with reflections, a module for each sort of use."""

from dataclasses import dataclass
from typing import Self

from bot.bell import Bell
from bot.ids import ReflectionId
from bot.reflections.service.actions import Actions
from bot.reflections.service.drafts import Drafts
from bot.reflections.service.forgetting import ForgettingOfReflections
from bot.reflections.service.means import Means
from bot.reflections.service.notes import Notes
from bot.reflections.service.posts import Posts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReflectionServices:
    notes: Notes
    drafts: Drafts
    posts: Posts
    actions: Actions
    forgetting: ForgettingOfReflections
    changed: Bell[ReflectionId]

    @classmethod
    def of(cls, means: Means) -> Self:
        drafts = Drafts(means)
        return cls(
            notes=Notes(means),
            drafts=drafts,
            posts=Posts(means, drafts),
            actions=Actions(means),
            forgetting=ForgettingOfReflections(),
            changed=means.changed,
        )
