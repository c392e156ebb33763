"""`/wisdom mine`: what I have shared, what I agreed to, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.ids import NetworkId, QuoteId
from bot.network.model import Network
from bot.ui.answering import edit_in_place, open_form, say, show, show_in_place
from bot.ui.parts import (
    Card,
    Form,
    PagedButton,
    PersistentButton,
    card_of,
    row_of,
    words,
)
from bot.ui.text import as_typed, counted
from bot.wisdom.model import LONGEST_QUOTE, Consent, Lasting, Quote, QuoteState
from cogs.asking import member_id_of, network_id_of, network_of, person_of
from cogs.wisdom import wording
from cogs.wisdom.carried import carried, words_on
from cogs.wisdom.consent_form import ConsentForm

if TYPE_CHECKING:
    from bot.client import Interaction

ON_A_PAGE = 5


def mine_card(
    quotes: Sequence[Quote], page: int, network: Network, *, is_never_asked: bool
) -> Card:
    """A page, from 0. A number too high gives the last."""
    pages = max(1, -(-len(quotes) // ON_A_PAGE))
    page = min(page, pages - 1)
    if not quotes:
        begin = "## What you have shared\nNothing yet. `/wisdom share` keeps words of your own."
    else:
        begin = (
            f"## What you have shared\n{counted(len(quotes), 'quote', 'quotes')}. Only you see "
            "this list."
        )
    parts: list[discord.ui.Item[Card]] = [words(begin)]
    for quote in quotes[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
        line = f"{wording.called(quote)}: {wording.STATES[quote.state]}\n“{_short(quote)}”"
        parts.append(discord.ui.Section(words(line), accessory=MyQuoteButton(quote.id)))
    if pages > 1:
        parts.append(words(f"Page {page + 1} of {pages}"))
        parts.append(
            row_of(
                MyQuotesButton(0, max(page - 1, 0), label="Newer"),
                MyOlderQuotesButton(0, page + 1, label="Older"),
            )
        )
    if is_never_asked:
        parts.append(words("Nobody here can ask you through me whether your words may be kept."))
        parts.append(row_of(MayAskButton()))
    return card_of(*parts)


def _short(quote: Quote) -> str:
    return wording.in_short(quote.words or "")


def my_quote_card(quote: Quote, network: Network) -> Card:
    """One quote, for its speaker only."""
    parts: list[discord.ui.Item[Card]] = [
        words(f"## {wording.called(quote)}: {wording.STATES[quote.state]}"),
        words(f"“{as_typed(quote.words or '')}”"),
    ]
    if quote.is_redacted:
        parts.append(words("A moderator has hidden something that may tell who somebody is."))
    if quote.note:
        parts.append(words(f"A moderator writes: {as_typed(quote.note)}"))
    if quote.given is not None:
        parts.append(words(wording.agreed(quote.given, network)))
    buttons: list[PersistentButton] = [MyConsentButton(quote.id), RewordButton(quote.id)]
    if quote.proposed is not None and quote.state is QuoteState.CHANGES_ASKED:
        buttons.insert(0, ProposedButton(quote.id))
    if quote.given is not None and quote.given.expires_at is not None:
        buttons.append(LongerButton(quote.id))
    return card_of(*parts, row_of(*buttons, WithdrawButton(quote.id)))


async def _card(interaction: Interaction, page: int) -> Card:
    wisdom = interaction.client.services.wisdom
    quotes = await wisdom.mine.all(network_id_of(interaction), member_id_of(interaction))
    never = await wisdom.requests.is_never_asked(by=await person_of(interaction))
    return mine_card(quotes, page, await network_of(interaction), is_never_asked=never)


async def show_mine(interaction: Interaction) -> None:
    await show(interaction, await _card(interaction, 0))


class MyQuotesButton(
    PagedButton, template=r"my-quotes:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "my-quotes:page:{id}:0", "Newer"

    async def press(self, interaction: Interaction) -> None:
        await show_in_place(interaction, await _card(interaction, self.page))


class MyOlderQuotesButton(
    MyQuotesButton, template=r"my-quotes:older:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """As `MyQuotesButton`; a message may not hold one `custom_id` twice."""

    form, label = "my-quotes:older:{id}:0", "Older"


class MayAskButton(PersistentButton, template=r"my-quotes:may-ask"):
    form, label = "my-quotes:may-ask", "I may be asked again"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        await interaction.client.services.wisdom.requests.may_be_asked_again(by=by)
        await edit_in_place(interaction, await _card(interaction, 0))


async def _network(interaction: Interaction, network_id: NetworkId) -> Network:
    """Also in a private message."""
    return await interaction.client.services.networks.get(network_id)


class MyQuoteButton(PersistentButton, template=r"my-quote:open:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:open:{id}", "Open"

    async def press(self, interaction: Interaction) -> None:
        quote = await interaction.client.services.wisdom.mine.get(
            QuoteId(self.id_), member_id_of(interaction)
        )
        await show(interaction, my_quote_card(quote, await _network(interaction, quote.network_id)))


class MyConsentButton(PersistentButton, template=r"my-quote:consent:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:consent:{id}", "Change what I agreed to"

    async def press(self, interaction: Interaction) -> None:
        quote_id, member_id = QuoteId(self.id_), member_id_of(interaction)
        mine = interaction.client.services.wisdom.mine
        quote = await mine.get(quote_id, member_id)

        async def agree(interaction: Interaction, consent: Consent) -> None:
            after = await mine.agree_to(quote_id, consent, member_id)
            await _redrawn(interaction, after)

        async def no_use(interaction: Interaction) -> None:
            begin = "You ticked no use. So far nothing has changed, and your words are still kept."
            await edit_in_place(interaction, _ask_back(await mine.get(quote_id, member_id), begin))

        before = quote.given.consent if quote.given is not None else None
        await open_form(interaction, ConsentForm(agree, before=before, no_use=no_use))


async def _redrawn(interaction: Interaction, quote: Quote) -> None:
    network = await _network(interaction, quote.network_id)
    await edit_in_place(interaction, my_quote_card(quote, network))


class WordsForm(Form):
    def __init__(self, quote: Quote) -> None:
        super().__init__(title="Say it in other words")
        self._quote_id = quote.id
        self.words = discord.ui.TextInput[WordsForm](
            style=discord.TextStyle.paragraph,
            default=quote.words,
            max_length=LONGEST_QUOTE,
            custom_id="words",
        )
        self.add_item(
            discord.ui.Label(
                text="Your own words",
                description="For the uses you agreed to. A moderator looks at them first.",
                component=self.words,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        after = await interaction.client.services.wisdom.mine.reword(
            self._quote_id, self.words.value, member_id_of(interaction)
        )
        await _redrawn(interaction, after)


class RewordButton(PersistentButton, template=r"my-quote:words:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:words:{id}", "Change the words"

    async def press(self, interaction: Interaction) -> None:
        quote = await interaction.client.services.wisdom.mine.get(
            QuoteId(self.id_), member_id_of(interaction)
        )
        await open_form(interaction, WordsForm(quote))


class ProposedButton(PersistentButton, template=r"my-quote:proposed:(?P<id>[0-9]{1,19})"):
    """Shows the words that a moderator proposes, beside one's own."""

    form, label = "my-quote:proposed:{id}", "See the proposed words"

    async def press(self, interaction: Interaction) -> None:
        quote = await interaction.client.services.wisdom.mine.get(
            QuoteId(self.id_), member_id_of(interaction)
        )
        if quote.proposed is None:
            await say(interaction, "No other words are proposed for this quote any more.")
            return
        card = card_of(
            words("## The words that a moderator proposes"),
            carried(quote.proposed),
            words("They are used only if you say so, for the uses that you agreed to."),
            row_of(TakeProposedButton(quote.id), RewordButton(quote.id)),
        )
        await show(interaction, card)


class TakeProposedButton(PersistentButton, template=r"my-quote:take-proposed:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:take-proposed:{id}", "Yes, use these words"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        after = await interaction.client.services.wisdom.mine.take_proposed(
            QuoteId(self.id_), words_on(interaction.message), member_id_of(interaction)
        )
        await _redrawn(interaction, after)


class LongerButton(PersistentButton, template=r"my-quote:longer:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:longer:{id}", "Keep it a year from today"

    async def press(self, interaction: Interaction) -> None:
        after = await interaction.client.services.wisdom.mine.keep_for(
            QuoteId(self.id_), Lasting.ONE_YEAR, member_id_of(interaction)
        )
        await _redrawn(interaction, after)


class WithdrawButton(PersistentButton, template=r"my-quote:withdraw:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:withdraw:{id}", "Take it back"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        quote = await interaction.client.services.wisdom.mine.get(
            QuoteId(self.id_), member_id_of(interaction)
        )
        await edit_in_place(interaction, _ask_back(quote))


def _ask_back(quote: Quote, begin: str = "") -> Card:
    named = wording.called(quote)
    return card_of(
        words(
            f"## Take back {named[0].lower()}{named[1:]}?\n“{_short(quote)}”\n"
            + (f"{begin}\n" if begin else "")
            + "If you take them back, the words are deleted for good, and come off everything that "
            "I have posted. You need not say why. What others have printed or copied can't be "
            "called back."
        ),
        row_of(WithdrawForGoodButton(quote.id), KeepMyQuoteButton(quote.id)),
    )


class WithdrawForGoodButton(PersistentButton, template=r"my-quote:gone:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:gone:{id}", "Yes, delete my words"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.wisdom.mine.withdraw(
            QuoteId(self.id_), member_id_of(interaction)
        )
        text = (
            "Your words are deleted. They can't be found any more, and messages of mine that show "
            "them are changed in a moment."
        )
        await edit_in_place(interaction, card_of(words(text)))


class KeepMyQuoteButton(PersistentButton, template=r"my-quote:keep:(?P<id>[0-9]{1,19})"):
    form, label = "my-quote:keep:{id}", "No, keep them"

    async def press(self, interaction: Interaction) -> None:
        quote = await interaction.client.services.wisdom.mine.get(
            QuoteId(self.id_), member_id_of(interaction)
        )
        await _redrawn(interaction, quote)
