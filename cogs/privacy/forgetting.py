"""Being forgotten: read back first, and then done in one press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.ui.answering import show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from cogs.asking import member_id_of, network_id_of

if TYPE_CHECKING:
    from bot.client import Interaction

READ_BACK = (
    "## Shall I forget you?\n"
    "Only you see this. It is about this server, and **it can't be undone**.\n"
    "- **What is ahead:** your places go to whoever has waited longest. You are taken off every "
    "waitlist and series. Whoever was to come with you hears that you can't.\n"
    "- **What is past:** only numbers stay, with nothing about whose they were.\n"
    "- **Your words:** quotes of yours are taken back, and come off every message of mine here. "
    "What helps you to take part, your reminders and your wishes are deleted.\n"
    "- **What you did for others:** guests you look after go to whoever hosts the conversation. "
    "Your name comes off as a host. What you wrote and decided as an organiser or moderator is "
    "by nobody from now on.\n"
    "- **The files:** I wipe it from my database and its log, not only from what is shown."
)
NOT_REACHED = (
    "**What I can't reach:** private messages that I sent to you or others, files that somebody "
    "took away, what you wrote in Discord yourself, and what others wrote about you. Backups "
    "hold you until they are cleared out, after about half a year; if one is brought back, I "
    "forget you again. For that I keep your Discord id and this date, and nothing else, in a file "
    "of their own, for a year. Logs hold ids, until whoever runs the bot clears them out."
)
DONE = (
    "## You are forgotten here\n"
    "Your places are free for others, and your words are taken back. Messages of mine that "
    "showed you follow within a minute or so.\n"
    "You are welcome back at any time; then I begin anew. To leave no trace, delete my private "
    "messages on your side too."
)


def forget_card() -> Card:
    return card_of(
        words(READ_BACK),
        words(NOT_REACHED),
        words("If you want a copy of what I keep, take it first: `/privacy export`."),
        row_of(ForgetMeButton()),
    )


async def show_forget(interaction: Interaction) -> None:
    await show_in_place(interaction, forget_card())


class AskToForgetButton(PersistentButton, template=r"privacy:ask-to-forget"):
    form, label = "privacy:ask-to-forget", "Forget me"

    async def press(self, interaction: Interaction) -> None:
        await show_forget(interaction)


class ForgetMeButton(PersistentButton, template=r"privacy:forget-me"):
    """It forgets whoever presses it, whoever it was shown to."""

    form, label = "privacy:forget-me", "Yes, forget me"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.forgetting.forget(
            network_id_of(interaction), member_id_of(interaction)
        )
        await show_in_place(interaction, card_of(words(DONE)))
