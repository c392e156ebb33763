"""Not coming alone: asking for a supporter, finding a buddy. Only the person sees this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.conversations.model import MyCompany, Wish
from bot.errors import Invalid
from bot.ids import ConversationId, MemberId
from bot.ui.answering import open_form, say, show, show_in_place
from bot.ui.parts import Card, Form, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of, network_id_of

if TYPE_CHECKING:
    from bot.client import Interaction

WHAT_IT_IS = (
    "A **supporter** is somebody you know, such as a friend or a worker. They come with you and "
    "take no place.\n"
    "A **buddy** is somebody else who is coming, so that you know one person there.\n"
    "Nobody is told a name before both have said yes."
)


def company_panel(mine: MyCompany, member_id: MemberId) -> Card:
    title = as_typed(mine.conversation.title)
    parts: list[discord.ui.Item[Card]] = [
        words(f"## Not coming alone\n**{title}**"),
        words(WHAT_IT_IS),
    ]
    if standing := _standing(mine, member_id):
        parts.append(words("\n".join(standing)))
    if not mine.has_place:
        parts.append(words("You can ask for company once you have a place of your own."))
    else:
        parts.append(row_of(*_buttons(mine, member_id)))
    return card_of(*parts)


def _standing(mine: MyCompany, member_id: MemberId) -> list[str]:
    lines = [f"You come to support <@{each}>." for each in mine.supported(member_id)]
    if (asked := mine.asked_for(member_id)) is not None:
        if asked.is_agreed:
            lines.append(f"<@{asked.other_id}> comes with you as your supporter.")
        else:
            lines.append(
                f"You have asked <@{asked.other_id}> to be your supporter. They have not "
                "answered yet."
            )
    if buddy := _buddy(mine, member_id):
        lines.append(buddy)
    return lines


def _buddy(mine: MyCompany, member_id: MemberId) -> str:
    if (buddy := mine.buddy()) is not None:
        return f"Your buddy is <@{buddy.partner_of(member_id)}>."
    found = mine.found()
    if found is not None and found.has_agreed(member_id):
        return "I have found somebody, and you said yes. They have not answered yet."
    if found is not None:
        return "I have found somebody. Please answer my private message."
    if mine.wish is None:
        return ""
    wish = "would like a buddy" if mine.wish is Wish.HAVE_ONE else "would be somebody's buddy"
    return f"You {wish}. I am looking for somebody, and will write to you."


def _buttons(mine: MyCompany, member_id: MemberId) -> list[PersistentButton]:
    conversation_id = mine.conversation.id
    buttons: list[PersistentButton] = []
    if mine.asked_for(member_id) is None:
        buttons.append(AskSupporterButton(conversation_id))
    if mine.found() is None and mine.wish is not Wish.HAVE_ONE:
        buttons.append(LikeBuddyButton(conversation_id))
    if mine.found() is None and mine.wish is not Wish.BE_ONE:
        buttons.append(BeBuddyButton(conversation_id))
    if mine.asked_for(member_id) or mine.found() or mine.wish:
        buttons.append(DoWithoutButton(conversation_id))
    return buttons


async def _redraw(interaction: Interaction, mine: MyCompany) -> None:
    await show_in_place(interaction, company_panel(mine, member_id_of(interaction)))


async def _my_company(interaction: Interaction, conversation_id: int) -> MyCompany:
    return await interaction.client.services.company.of(
        ConversationId(conversation_id), network_id_of(interaction), member_id_of(interaction)
    )


class CompanyButton(PersistentButton, template=r"company:show:(?P<id>[0-9]{1,19})"):
    form, label = "company:show:{id}", "Supporter or buddy"

    async def press(self, interaction: Interaction) -> None:
        mine = await _my_company(interaction, self.id_)
        await show(interaction, company_panel(mine, member_id_of(interaction)))


class AskSupporterButton(PersistentButton, template=r"company:ask:(?P<id>[0-9]{1,19})"):
    form, label = "company:ask:{id}", "Ask somebody to support me"

    async def press(self, interaction: Interaction) -> None:
        await _my_company(interaction, self.id_)  # or there is nothing to ask about
        await open_form(interaction, SupporterForm(ConversationId(self.id_)))


class LikeBuddyButton(PersistentButton, template=r"company:like-a-buddy:(?P<id>[0-9]{1,19})"):
    form, label = "company:like-a-buddy:{id}", "I'd like a buddy"

    async def press(self, interaction: Interaction) -> None:
        await _wish(interaction, self.id_, Wish.HAVE_ONE)


class BeBuddyButton(PersistentButton, template=r"company:be-a-buddy:(?P<id>[0-9]{1,19})"):
    form, label = "company:be-a-buddy:{id}", "I'd be a buddy"

    async def press(self, interaction: Interaction) -> None:
        await _wish(interaction, self.id_, Wish.BE_ONE)


async def _wish(interaction: Interaction, conversation_id: int, wish: Wish) -> None:
    await interaction.client.services.company.wish(
        ConversationId(conversation_id), network_id_of(interaction), member_id_of(interaction), wish
    )
    await _redraw(interaction, await _my_company(interaction, conversation_id))


class DoWithoutButton(PersistentButton, template=r"company:do-without:(?P<id>[0-9]{1,19})"):
    form, label = "company:do-without:{id}", "Do without"

    async def press(self, interaction: Interaction) -> None:
        mine = await interaction.client.services.company.do_without(
            ConversationId(self.id_), network_id_of(interaction), member_id_of(interaction)
        )
        await _redraw(interaction, mine)


class SupporterForm(Form):
    def __init__(self, conversation_id: ConversationId) -> None:
        super().__init__(title="Ask somebody to support you")
        self.conversation_id = conversation_id
        self.who: discord.ui.UserSelect[Any] = discord.ui.UserSelect(custom_id="who")
        self.add_item(
            discord.ui.Label(
                text="Who could come with you?",
                description="I ask them in private. They are told your name if they say yes.",
                component=self.who,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        (chosen,) = self.who.values
        if chosen.bot or not isinstance(chosen, discord.Member):
            raise Invalid("Please choose a person who is in this server.")
        conversation = await interaction.client.services.company.ask_supporter(
            self.conversation_id,
            network_id_of(interaction),
            member_id_of(interaction),
            MemberId(chosen.id),
        )
        await say(
            interaction,
            f"I am asking {chosen.mention} in a private message to come with you to "
            f"**{as_typed(conversation.title)}**. I'll write to you when they answer.",
        )
