"""What `/network check` answers, and the button that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ui.parts import PersistentButton
from cogs.asking import person_of, server_of
from cogs.network.check import look_over
from cogs.network.spoken import Finding

if TYPE_CHECKING:
    from bot.client import Interaction


class CheckButton(PersistentButton, template=r"network:check"):
    form, label = "network:check", "Check everything"

    async def press(self, interaction: Interaction) -> None:
        await show_check(interaction)


async def show_check(interaction: Interaction) -> None:
    (await person_of(interaction)).must_manage_network("check this server")
    await interaction.response.defer(ephemeral=True, thinking=True)
    client = interaction.client
    commands = await client.tree.fetch_commands()
    findings = await look_over(server_of(interaction), client.services, commands)
    await interaction.followup.send(check_words(findings), ephemeral=True)


def check_words(findings: list[Finding]) -> str:
    if not findings:
        return "Everything I need is here. Nothing to mend."
    lines = [f"**{each.what}**\n{each.mend}" for each in findings]
    text = "### What is missing, and how to mend it\n" + "\n\n".join(lines)
    return text if len(text) <= 2000 else f"{text[:1950]}…\n\nMend these, then check again."
