"""Sharing one's own words: written in a form, read back, and kept with the yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.ids import ConversationId, KindId, QuoteId, QuoteRequestId, ThemeId
from bot.ui.answering import edit_in_place, open_form, show
from bot.ui.parts import Card, Form, PersistentButton, card_of, line, row_of, words
from bot.ui.text import as_typed, counted
from bot.wisdom.model import (
    LONGEST_CONTENT_NOTE,
    LONGEST_QUOTE,
    MOST_THEMES,
    Consent,
    Details,
    Quote,
    QuoteRequest,
    Said,
    words_of_quote,
)
from cogs.asking import member_id_of, network_id_of, person_of
from cogs.wisdom import wording
from cogs.wisdom.carried import carried, words_on
from cogs.wisdom.consent_form import ConsentForm

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary

MOST_OPTIONS = 25
"""In one menu of Discord. Themes beyond that are chosen by a moderator."""


class ShareForm(Form):
    """Words, and what they are about. *typed* stands in it already."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        typed: str = "",
        said: Said | None = None,
        conversation_id: ConversationId | None = None,
        answers: QuoteId | None = None,
        request: QuoteRequest | None = None,
    ) -> None:
        super().__init__(title="Share your own words")
        self._said = said
        self._conversation_id = conversation_id
        self._answers = answers
        self._request = request
        before = request.details if request is not None else Details()
        self.words = discord.ui.TextInput[ShareForm](
            style=discord.TextStyle.paragraph,
            max_length=LONGEST_QUOTE,
            default=typed or None,
            custom_id="words",
        )
        self.kind: discord.ui.Select[ShareForm] = discord.ui.Select(
            required=False,
            min_values=0,
            placeholder="You may leave this open",
            custom_id="kind",
            options=[
                discord.SelectOption(
                    label=each.label, value=str(each.id), default=each.id == before.kind_id
                )
                for each in vocabulary.kinds
            ],
        )
        self.themes: discord.ui.Select[ShareForm] = discord.ui.Select(
            required=False,
            min_values=0,
            max_values=MOST_THEMES,
            placeholder="You may leave this open",
            custom_id="themes",
            options=[
                discord.SelectOption(
                    label=each.label, value=str(each.id), default=each.id in before.theme_ids
                )
                for each in vocabulary.themes[:MOST_OPTIONS]
            ],
        )
        self.perspective: discord.ui.Select[ShareForm] = discord.ui.Select(
            required=False,
            min_values=0,
            placeholder="You may leave this open",
            custom_id="perspective",
            options=[
                discord.SelectOption(label=label, value=each, default=each is before.perspective)
                for each, label in wording.PERSPECTIVES.items()
            ],
        )
        self.note = discord.ui.TextInput[ShareForm](
            required=False,
            max_length=LONGEST_CONTENT_NOTE,
            default=before.content_note,
            custom_id="note",
        )
        for text, description, component in (
            ("Your own words", "As you would say them. Nothing is kept yet.", self.words),
            ("What kind is it?", None, self.kind),
            ("What is it about?", f"Up to {MOST_THEMES} themes", self.themes),
            ("From which perspective?", "Shown only if you choose so in the next step",
             self.perspective),
            ("Content note", "Should people be warned of something, like “mentions an eviction”?",
             self.note),
        ):  # fmt: skip
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def submit(self, interaction: Interaction) -> None:
        text = words_of_quote(self.words.value)
        details = Details.read(
            kind_id=KindId(int(self.kind.values[0])) if self.kind.values else None,
            theme_ids=[ThemeId(int(each)) for each in self.themes.values],
            perspective=self.perspective.values[0] if self.perspective.values else None,
            content_note=self.note.value,
            conversation_id=self._conversation_id,
            answers=self._answers,
        )
        requests = interaction.client.services.wisdom.requests
        if self._request is None:
            by = await person_of(interaction)
            request = await requests.begin(details, by=by, said=self._said)
            await show(interaction, await asking_card(interaction, request, text))
            return
        request = await requests.describe(self._request.id, details, member_id_of(interaction))
        await edit_in_place(interaction, await asking_card(interaction, request, text))


async def asking_card(interaction: Interaction, request: QuoteRequest, text: str) -> Card:
    """The message that carries somebody's words, and asks them."""
    services = interaction.client.services
    vocabulary = await services.themes.vocabulary(request.network_id)
    return request_card(request, text, vocabulary, "")


def request_card(request: QuoteRequest, text: str, vocabulary: Vocabulary, server: str) -> Card:
    own = request.asked_by is None
    if own:
        begin = "## Are these your words?\nNothing is kept yet. Choose how they may be used."
        buttons: list[PersistentButton] = [
            AgreeButton(request.id),
            OtherWordsButton(request.id),
            KeepNothingButton(request.id),
        ]
    else:
        begin = (
            f"## May these words of yours be kept?\nSomebody in **{as_typed(server)}** would like "
            "others to find what you said. Nothing is kept unless you say yes, and nobody is told "
            "what you answer. If you do not answer within "
            f"{counted(_days(request), 'day', 'days')}, nothing is kept."
        )
        buttons = [
            AgreeButton(request.id),
            OtherWordsButton(request.id),
            RefuseButton(request.id),
            NeverButton(request.id),
        ]
    details = _details(request.details, vocabulary)
    # The lines set the words apart, which stand just as they are carried.
    parts: list[discord.ui.Item[Card]] = [words(begin), line(), carried(text), line()]
    if details:
        parts.append(words(details))
    return card_of(*parts, row_of(*buttons))


def _days(request: QuoteRequest) -> int:
    return (request.lasts_until - request.made_at).days


def _details(details: Details, vocabulary: Vocabulary) -> str:
    lines: list[str] = []
    if sorted_under := wording.sorted_under(details, vocabulary):
        lines.append(sorted_under)
    if details.perspective is not None:
        lines.append(f"Perspective: {wording.PERSPECTIVES[details.perspective]}")
    if details.content_note is not None:
        lines.append(f"Content note: {as_typed(details.content_note)}")
    return "\n".join(lines)


class AgreeButton(PersistentButton, template=r"quote-request:agree:(?P<id>[0-9]{1,19})"):
    form, label = "quote-request:agree:{id}", "Choose how they may be used"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        request_id = QuoteRequestId(self.id_)
        member_id = member_id_of(interaction)
        await interaction.client.services.wisdom.requests.get(request_id, member_id)
        text = words_on(interaction.message)

        async def agree(interaction: Interaction, consent: Consent) -> None:
            quote = await interaction.client.services.wisdom.requests.agree(
                request_id, text, consent, member_id
            )
            await edit_in_place(interaction, await _thanks(interaction, quote))

        await open_form(interaction, ConsentForm(agree))


async def _thanks(interaction: Interaction, quote: Quote) -> Card:
    network = await interaction.client.services.networks.get(quote.network_id)
    agreed = wording.agreed(quote.given, network) if quote.given is not None else ""
    return card_of(
        words(
            "## Thank you\nYour words are kept. A moderator looks at them before others can see "
            "them, and you hear from me then.\n"
            f"{agreed}\n\nWith `/wisdom mine` in the server you can see, change or take back what "
            "you have shared."
        )
    )


class OtherWordsButton(PersistentButton, template=r"quote-request:words:(?P<id>[0-9]{1,19})"):
    form, label = "quote-request:words:{id}", "Change the words"

    async def press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        request = await services.wisdom.requests.get(
            QuoteRequestId(self.id_), member_id_of(interaction)
        )
        vocabulary = await services.themes.vocabulary(request.network_id)
        text = words_on(interaction.message)
        await open_form(interaction, ShareForm(vocabulary, typed=text, request=request))


class KeepNothingButton(PersistentButton, template=r"quote-request:leave:(?P<id>[0-9]{1,19})"):
    form, label = "quote-request:leave:{id}", "Keep nothing"
    kept = "Nothing is kept. You can share something whenever you like."
    never = False

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.wisdom.requests.refuse(
            QuoteRequestId(self.id_), member_id_of(interaction), never=self.never
        )
        await edit_in_place(interaction, card_of(words(self.kept)))


class RefuseButton(KeepNothingButton, template=r"quote-request:refuse:(?P<id>[0-9]{1,19})"):
    form, label = "quote-request:refuse:{id}", "No, keep nothing"
    kept = "Nothing is kept, and nobody is told. Thank you for saying so."


class NeverButton(KeepNothingButton, template=r"quote-request:never:(?P<id>[0-9]{1,19})"):
    form, label = "quote-request:never:{id}", "Don't ask me again"
    kept = (
        "Nothing is kept, and nobody in that server can ask you through me again. You can still "
        "share words of your own, and change this with `/wisdom mine`."
    )
    never = True


async def open_share_form(
    interaction: Interaction,
    *,
    typed: str = "",
    said: Said | None = None,
    conversation_id: ConversationId | None = None,
    answers: QuoteId | None = None,
) -> None:
    services = interaction.client.services
    vocabulary = await services.themes.vocabulary(network_id_of(interaction))
    form = ShareForm(
        vocabulary, typed=typed, said=said, conversation_id=conversation_id, answers=answers
    )
    await open_form(interaction, form)
