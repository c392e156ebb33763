"""Private messages about posts and actions. None carries any words of a quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.notices.model import Notice, NoticeKind
from bot.reflections.model import Form
from bot.typed_date.day import spoken_date
from bot.ui.parts import Card, card_of, words
from bot.ui.text import as_typed
from cogs.reflections import wording
from cogs.wisdom.wording import day

if TYPE_CHECKING:
    from bot.client import Composer, Services

FORMS = {Form.MARKDOWN: "as Markdown", Form.HTML: "as a web page"}


async def export_holds(services: Services, notice: Notice) -> Card | None:
    found = await services.reflections.posts.held(notice)
    if found is None:
        return None
    held, look = found
    network = await services.networks.get(notice.network_id)
    vocabulary = await services.themes.vocabulary(notice.network_id)
    title = as_typed(wording.title_of(look, vocabulary))
    return card_of(
        words(
            f"## Please take quote {held.number} out\nIts speaker has taken it back, or the time "
            f"that they agreed to is over. It was in “{title}”, which you took away "
            f"{FORMS[held.form]} on {day(held.exported_at, network)}. The thread here has "
            "followed by itself."
        ),
        words(
            "If you have put that file on a website or sent it to somebody, please take the quote "
            "out there, or take the post away again with `/reflections export`."
        ),
    )


async def action_news(services: Services, notice: Notice) -> Card | None:
    action = await services.reflections.actions.of_notice(notice)
    if action is None:
        return None
    return card_of(
        words(
            "## What came of your words\nYou are among those whose words began this, and hear of "
            f"it first:\n**{as_typed(wording.acted(action))}**\nThank you for saying it. "
            "`/action list` in the server shows all that came of what people said."
        ),
    )


async def action_yours(services: Services, notice: Notice) -> Card | None:
    action = await services.reflections.actions.of_notice(notice)
    if action is None or notice.member_id not in (action.owner_id, action.deputy_id):
        return None
    return card_of(
        words(
            f"## You are asked to look after an action\n**{as_typed(wording.acted(action))}**\n"
            "Members don't see that it is you. If it can't be you, please tell an organiser: "
            "nobody minds."
        ),
    )


async def action_overdue(services: Services, notice: Notice) -> Card | None:
    action = await services.reflections.actions.of_notice(notice)
    if action is None or not action.is_open:
        return None
    if notice.member_id not in (action.owner_id, action.deputy_id) or action.due_on is None:
        return None
    return card_of(
        words(
            f"## How does it stand?\n**{as_typed(wording.acted(action))}**\nIt was to be done by "
            f"{spoken_date(action.due_on)}. Things take the time they take: if it takes "
            "longer, or can't be done, an organiser can write that down with `/action update`, so "
            "that those who asked for it know."
        ),
    )


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.EXPORT_HOLDS: export_holds,
    NoticeKind.ACTION_NEWS: action_news,
    NoticeKind.ACTION_YOURS: action_yours,
    NoticeKind.ACTION_OVERDUE: action_overdue,
}
