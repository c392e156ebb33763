"""One answer to every failure, whichever door it came in by.

discord.py has four doors: commands (`CommandTree.on_error`), views and modals
(`on_error` on each), and dynamic items, which have none and lose the error.
All four lead here.
"""

import logging
import secrets

import discord
from discord import app_commands

from bot import tally
from bot.errors import Refusal, Unavailable

log = logging.getLogger(__name__)

MOST_WORDS = 2000
"""Characters of a message, by Discord's own limit."""

SLOW = "Discord is slow to answer just now. Please try again in a minute."


async def answer_failure(
    interaction: discord.Interaction, error: Exception, *, keep: str = ""
) -> None:
    """Tell the person, privately, in one plain sentence. Never raises.

    *keep* is what they had typed, given back to them so that nothing is lost.
    """
    words = _explain(_cause(error))
    if not keep:
        await _say(interaction, words)
        return
    kept = f"This is what you wrote, so that you can copy it:\n{keep}"
    together = f"{words}\n\n{kept}"
    # What they wrote is not cut short for the sake of a long reason.
    for text in [together] if len(together) <= MOST_WORDS else [words, kept]:
        await _say(interaction, text)


def _cause(error: Exception) -> Exception:
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.TransformerError) and isinstance(error.__cause__, Exception):
        return error.__cause__
    return error


def _explain(error: Exception) -> str:
    match error:
        case Refusal():
            tally.UNANSWERED.add("refused")
            return str(error)
        case app_commands.NoPrivateMessage():
            return "That works in the server only, not in private messages."
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return "That command has changed. Please restart Discord and try it again."
        case app_commands.TransformerError():
            return "I can't use one of the values in that command. Please pick it from the list."
        case Unavailable():
            tally.UNANSWERED.add("unavailable")
            log.warning("Unavailable: %r", error.__cause__)
            return str(error) or SLOW
        case discord.DiscordServerError() | discord.RateLimited() | OSError():
            tally.UNANSWERED.add("unavailable")
            log.warning("Discord did not answer: %r", error)
            return SLOW
        case discord.Forbidden():
            tally.UNANSWERED.add("not allowed by Discord")
            log.warning("Discord does not let us do that: %d", error.code)
            return (
                "Discord doesn't let me do that here. Somebody who runs this server can see what "
                "I am missing with /network check."
            )
        case _:
            reference = secrets.token_hex(3)
            tally.UNANSWERED.add("failed")
            log.error(
                "Unexpected failure %s", reference, exc_info=error, extra={"reference": reference}
            )
            return (
                f"Something went wrong on our side. Tell an organiser “{reference}” and we'll look."
            )


async def _say(interaction: discord.Interaction, words: str) -> None:
    words = words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…"
    try:
        if interaction.response.is_done():
            await interaction.followup.send(words, ephemeral=True)
        else:
            await interaction.response.send_message(words, ephemeral=True)
    except (discord.HTTPException, OSError) as error:
        # The interaction has expired, or Discord is down. There is nobody left to tell.
        log.warning("Could not answer interaction %d: %s", interaction.id, error)
