"""The form in which a speaker says how their words may be used. Nothing is ticked for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.ui.parts import Form, words
from bot.wisdom.model import LONGEST_NAME, Consent, Credit, Lasting, Use
from cogs.wisdom.wording import CREDITS, LASTING, USES, USES_EXPLAINED

if TYPE_CHECKING:
    from bot.client import Interaction

    Agree: TypeAlias = Callable[[Interaction, Consent], Awaitable[None]]
    NoUse: TypeAlias = Callable[[Interaction], Awaitable[None]]

# What people agree to: see CONSENT_TEXT when it changes.
PROMISE = (
    "You decide how your words may be used here. They stay yours: with `/wisdom mine` you can see "
    "them, change what you agreed to, or take them back, at any time and without a reason. "
    "Then they come off everything that this bot has posted. What others have printed or copied "
    "can't be called back.\n"
    "A moderator reads them first, and may hide names in them."
)
RECORDED = (
    "What did the person who said this agree to? Please write down only what they told you or "
    "wrote to you. They can take it back at any time by telling a moderator."
)


class ConsentForm(Form):
    def __init__(
        self,
        agree: Agree,
        *,
        before: Consent | None = None,
        promise: str = PROMISE,
        no_use: NoUse | None = None,
    ) -> None:
        """*no_use*: what follows when no use is ticked for words that are kept already."""
        super().__init__(title="How may these words be used?")
        self._agree, self._no_use = agree, no_use
        self.uses: discord.ui.CheckboxGroup[ConsentForm] = discord.ui.CheckboxGroup(
            required=False, min_values=0, max_values=len(Use), custom_id="uses"
        )
        for use in Use:
            self.uses.add_option(
                label=USES[use],
                value=use,
                description=USES_EXPLAINED[use],
                default=before is not None and use in before.uses,
            )
        self.credit: discord.ui.RadioGroup[ConsentForm] = discord.ui.RadioGroup(
            required=True, custom_id="credit"
        )
        for credit in Credit:
            self.credit.add_option(
                label=CREDITS[credit],
                value=credit,
                default=before is not None and credit is before.credit,
            )
        self.name = discord.ui.TextInput[ConsentForm](
            required=False,
            max_length=LONGEST_NAME,
            default=before.credited_as if before is not None else None,
            custom_id="name",
        )
        self.lasting: discord.ui.RadioGroup[ConsentForm] = discord.ui.RadioGroup(
            required=True, custom_id="lasting"
        )
        for lasting in Lasting:
            self.lasting.add_option(
                label=LASTING[lasting],
                value=lasting,
                default=before is not None and lasting is before.lasting,
            )
        self.add_item(words(promise))
        for text, description, component in (
            ("They may be used", "As many as you like. Without any, nothing is kept.", self.uses),
            ("What stands with them?", None, self.credit),
            ("The name, if you chose one", "Just as it should be shown", self.name),
            ("For how long?", "You can take them back sooner", self.lasting),
        ):
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def submit(self, interaction: Interaction) -> None:
        if self._no_use is not None and not self.uses.values:
            await self._no_use(interaction)
            return
        consent = Consent.read(
            uses=self.uses.values,
            credit=self.credit.value,
            credited_as=self.name.value,
            lasting=self.lasting.value,
        )
        await self._agree(interaction, consent)
