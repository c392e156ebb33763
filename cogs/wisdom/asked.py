"""Asking somebody else whether their words may be kept: in private, or by a button of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.errors import Invalid, NotAllowed, NotFound, Unavailable
from bot.ids import ChannelId, MemberId, MessageId, QuoteRequestId
from bot.ui.answering import edit_in_place, open_form, say, show
from bot.ui.parts import Form, PersistentButton, card_of, row_of, words
from bot.wisdom.model import LONGEST_QUOTE, QuoteRequest, RequestState, Said, words_of_quote
from cogs.asking import member_id_of, person_of, server_of
from cogs.wisdom.sharing import ShareForm, open_share_form, request_card

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

_ANSWERED = (RequestState.AGREED, RequestState.REFUSED)
"""Their messages say so, and carry no words any more."""

CLOSED = (50007, 50278)
"""Discord's codes for somebody who cannot be written to."""

ASKED = (
    "I have asked them in private. They see just these words, and decide. Nothing is kept unless "
    "they say yes, and I don't tell anybody what they answer."
)


async def keep_as_wisdom(interaction: Interaction, message: discord.Message) -> None:
    """The message menu: one's own words at once, another's only after they say yes."""
    if message.author.bot or message.webhook_id is not None:
        raise Invalid("That was not said by a person, so there is nobody who could agree.")
    if not message.content.strip():
        raise Invalid("There are no words in that message that I could keep.")
    if len(message.content) > LONGEST_QUOTE:
        raise Invalid(
            f"That message has more than {LONGEST_QUOTE:,} characters. Ask its author to share the "
            "part that matters most with /wisdom share."
        )
    said = Said(channel_id=ChannelId(message.channel.id), message_id=MessageId(message.id))
    if message.author.id == interaction.user.id:
        await open_share_form(interaction, typed=words_of_quote(message.content), said=said)
        return
    await ask(interaction, message.author, words_of_quote(message.content), said)


async def ask(
    interaction: Interaction,
    speaker: discord.User | discord.Member,
    text: str,
    said: Said | None,
) -> None:
    await _must_be_here(interaction, speaker)
    services = interaction.client.services
    by = await person_of(interaction)
    request = await services.wisdom.requests.ask(MemberId(speaker.id), by=by, said=said)
    vocabulary = await services.themes.vocabulary(by.network_id)
    card = request_card(request, text, vocabulary, server_of(interaction).name)
    try:
        message = await speaker.send(view=card)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        if isinstance(error, discord.Forbidden) and error.code in CLOSED:
            await _not_reached(interaction, request)
            return
        await services.wisdom.requests.give_up(request.id)
        raise
    await services.wisdom.requests.carried_by(
        request.id,
        Said(channel_id=ChannelId(message.channel.id), message_id=MessageId(message.id)),
    )
    await say(interaction, ASKED)


async def _must_be_here(interaction: Interaction, speaker: discord.User | discord.Member) -> None:
    """A message that is pointed at says who wrote it, and not whether they are still here."""
    if isinstance(speaker, discord.Member):
        return
    try:
        await server_of(interaction).fetch_member(speaker.id)
    except discord.NotFound as error:
        raise Invalid("They are not in this server any more, so I can't ask them.") from error


async def _not_reached(interaction: Interaction, request: QuoteRequest) -> None:
    if request.said is None:
        await interaction.client.services.wisdom.requests.give_up(request.id)
        await say(
            interaction,
            "I can't write to them in private. Please ask them to share it with /wisdom share.",
        )
        return
    card = card_of(
        words(
            "I can't write to them in private. I can ask them here instead, below their message: "
            "everybody sees that they are asked, and only they can answer."
        ),
        row_of(AskHereButton(request.id), NotAfterAllButton(request.id)),
    )
    await show(interaction, card)


class AskHereButton(PersistentButton, template=r"quote-request:ask-here:(?P<id>[0-9]{1,19})"):
    form, label = "quote-request:ask-here:{id}", "Ask them here"

    async def press(self, interaction: Interaction) -> None:
        request = await _asked_by(interaction, QuoteRequestId(self.id_))
        if request.said is None:
            raise NotFound("That message is gone, so I can't ask below it.")
        theirs = interaction.permissions
        in_thread = isinstance(interaction.channel, discord.Thread)
        if not (theirs.send_messages_in_threads if in_thread else theirs.send_messages):
            raise NotAllowed("You may not write in this channel, so I don't ask here either.")
        channel = interaction.client.get_partial_messageable(
            request.said.channel_id, guild_id=interaction.guild_id
        )
        about = channel.get_partial_message(request.said.message_id)
        card = card_of(
            words(
                f"<@{request.speaker_id}>, somebody thinks that others could learn from what you "
                "said here. Nothing is kept unless you say so. If you like, press the button and "
                "write it as it should be kept. Only you can."
            ),
            row_of(MineToShareButton(request.id)),
        )
        try:
            # The words say who is pinged, and nobody else is.
            pings = discord.AllowedMentions(
                users=[discord.Object(request.speaker_id)], replied_user=False
            )
            await about.reply(view=card, allowed_mentions=pings)
        except discord.NotFound as error:
            raise NotFound("That message is gone, so I can't ask below it.") from error
        except discord.Forbidden as error:
            raise NotFound("I may not write in that channel, so I can't ask there.") from error
        await edit_in_place(interaction, card_of(words("I have asked them below their message.")))


class NotAfterAllButton(
    PersistentButton, template=r"quote-request:not-after-all:(?P<id>[0-9]{1,19})"
):
    form, label = "quote-request:not-after-all:{id}", "Leave it"

    async def press(self, interaction: Interaction) -> None:
        request = await _asked_by(interaction, QuoteRequestId(self.id_))
        await interaction.client.services.wisdom.requests.give_up(request.id)
        await edit_in_place(interaction, card_of(words("They are not asked, and nothing is kept.")))


class MineToShareButton(PersistentButton, template=r"quote-request:mine:(?P<id>[0-9]{1,19})"):
    """Below their message, for everybody to see. It works for one person only."""

    form, label = "quote-request:mine:{id}", "Share it in my own words"

    async def press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        request = await services.wisdom.requests.get(
            QuoteRequestId(self.id_), member_id_of(interaction)
        )
        vocabulary = await services.themes.vocabulary(request.network_id)
        await open_form(interaction, ShareForm(vocabulary, said=request.said))


async def _asked_by(interaction: Interaction, request_id: QuoteRequestId) -> QuoteRequest:
    by = await person_of(interaction)
    return await interaction.client.services.wisdom.requests.asked_by(request_id, by=by)


class SpokenForm(Form):
    """Words that somebody else said aloud, for them to look at."""

    def __init__(self, speaker: discord.Member) -> None:
        super().__init__(title="What did they say?")
        self._speaker = speaker
        self.words = discord.ui.TextInput[SpokenForm](
            style=discord.TextStyle.paragraph, max_length=LONGEST_QUOTE, custom_id="words"
        )
        self.add_item(
            discord.ui.Label(
                text="Their own words",
                description="As near as you remember. They can change them before they say yes.",
                component=self.words,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        await ask(interaction, self._speaker, words_of_quote(self.words.value), None)


async def empty_unanswered(bot: CoproductionBot) -> None:
    """Take the words out of the private messages that nobody has answered in time."""
    requests = bot.services.wisdom.requests
    for request in await requests.over():
        if request.message is None or request.state in _ANSWERED:
            await requests.is_emptied(request.id)
            continue
        channel = bot.get_partial_messageable(request.message.channel_id)
        card = card_of(words("This was not answered, so nothing is kept. That is fine."))
        try:
            await channel.get_partial_message(request.message.message_id).edit(view=card)
        except (discord.NotFound, discord.Forbidden):
            pass  # it is gone, or not ours to reach any more
        except (discord.HTTPException, OSError, Unavailable):
            await requests.empty_later(request.id)
            continue
        await requests.is_emptied(request.id)
