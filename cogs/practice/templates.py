"""Templates: which services use them, whether they are still right, and who takes them over."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord

from bot.ids import NetworkId, PracticeId
from bot.notices.model import Notice, NoticeKind
from bot.practice.model import LONGEST_LICENCE, LONGEST_SERVICE, Practice
from bot.ui.answering import edit_in_place, open_form, say, show_in_place
from bot.ui.parts import Card, Form, PersistentButton, card_of, row_of, words
from bot.ui.text import counted
from cogs.asking import member_id_of, network_id_of, person_of
from cogs.practice import wording

if TYPE_CHECKING:
    from bot.client import Composer, CoproductionBot, Interaction, Services


log = logging.getLogger(__name__)


class UseThisButton(PersistentButton, template=r"practice:use:(?P<id>[0-9]{1,19})"):
    form, label = "practice:use:{id}", "We use this too"

    async def press(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.showing.get(
            PracticeId(self.id_), network_id_of(interaction)
        )
        await open_form(interaction, UseForm(practice.id))


class UseForm(Form):
    def __init__(self, practice_id: PracticeId) -> None:
        super().__init__(title="We use this too")
        self._practice_id = practice_id
        self.service = discord.ui.TextInput[UseForm](
            max_length=LONGEST_SERVICE, custom_id="service"
        )
        self.add_item(
            discord.ui.Label(
                text="Which service?",
                description="Only how many is shown. Each service counts once, whoever says so.",
                component=self.service,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        many = await interaction.client.services.practice.templates.use(
            self._practice_id,
            self.service.value,
            network_id_of(interaction),
            member_id_of(interaction),
        )
        await say(interaction, f"Thank you. {counted(many, 'service uses', 'services use')} it.")


class LicenceButton(PersistentButton, template=r"my-practice:licence:(?P<id>[0-9]{1,19})"):
    form, label = "my-practice:licence:{id}", "Licence"

    async def press(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.mine.get(
            PracticeId(self.id_), by=await person_of(interaction)
        )
        await open_form(interaction, LicenceForm(practice))


class LicenceForm(Form):
    """Under what others may use something that they can copy."""

    def __init__(self, practice: Practice) -> None:
        super().__init__(title="Licence")
        self._practice_id = practice.id
        self.licence = discord.ui.TextInput[LicenceForm](
            required=False,
            max_length=LONGEST_LICENCE,
            default=practice.licence or None,
            custom_id="licence",
        )
        self.add_item(
            discord.ui.Label(
                text="Under what may others use it?",
                description="For example “CC BY 4.0”, or “Free, please say where it is from”",
                component=self.licence,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.templates.set_licence(
            self._practice_id, self.licence.value, by=await person_of(interaction)
        )
        said = (
            f"It says now: {wording.as_typed(practice.licence)}"
            if practice.licence
            else ("It says nothing of a licence now.")
        )
        await show_in_place(interaction, card_of(words(said)))


class StillRightButton(PersistentButton, template=r"practice-template:right:(?P<id>[0-9]{1,19})"):
    """In a private message, as those below."""

    form, label = "practice-template:right:{id}", "It is still right"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.templates.still_right(
            PracticeId(self.id_), member_id_of(interaction)
        )
        text = f"Thank you. {wording.called(practice)} says now that you looked today."
        await edit_in_place(interaction, card_of(words(text)))


class TakeOverButton(PersistentButton, template=r"practice-template:take-over:(?P<id>[0-9]{1,19})"):
    form, label = "practice-template:take-over:{id}", "I look after it"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.templates.take_over(
            PracticeId(self.id_), member_id_of(interaction)
        )
        text = f"Thank you. You look after {wording.called(practice)} now: `/practice mine`."
        await edit_in_place(interaction, card_of(words(text)))


class CannotButton(PersistentButton, template=r"practice-template:cannot:(?P<id>[0-9]{1,19})"):
    form, label = "practice-template:cannot:{id}", "I can't"

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.practice.templates.cannot(
            PracticeId(self.id_), member_id_of(interaction)
        )
        text = "That is fine. The moderators look for somebody else."
        await edit_in_place(interaction, card_of(words(text)))


async def still_right(services: Services, notice: Notice) -> Card | None:
    practice = await services.practice.mine.of_notice(notice)
    since = datetime.fromtimestamp(notice.occurrence, UTC)
    if (
        practice is None
        or not practice.is_shown
        or practice.owner_id != notice.member_id
        or not await services.practice.templates.is_due(practice, since)
    ):
        return None
    return card_of(
        words(
            f"## Is this still right?\nYou look after {wording.called(practice)}, which others "
            "copy. Nobody has looked at it for a year. If something has changed, `/practice mine` "
            "in the server lets you change it."
        ),
        row_of(StillRightButton(practice.id)),
    )


async def take_over(services: Services, notice: Notice) -> Card | None:
    practice = await services.practice.mine.of_notice(notice)
    if practice is None or not practice.is_shown or practice.owner_id is not None:
        return None
    return card_of(
        words(
            f"## Would you look after this?\nWhoever looked after {wording.called(practice)} has "
            "left, and you are the deputy. It means being asked once a year whether it is still "
            "right, and changing it when it is not."
        ),
        row_of(TakeOverButton(practice.id), CannotButton(practice.id)),
    )


async def orphaned(services: Services, notice: Notice) -> Card | None:
    practice = await services.practice.templates.for_moderators(PracticeId(notice.about_id))
    if practice is None:
        return None
    return card_of(
        words(
            f"## Nobody looks after this any more\n{wording.called(practice)} is something that "
            "others copy, and whoever looked after it has left or can't. `/curate handover` gives "
            "it to somebody, `/curate practice` archives it."
        )
    )


async def see_who_left(bot: CoproductionBot) -> None:
    """Ask about each who looks after a template: nobody tells us without a privileged intent."""
    templates = bot.services.practice.templates
    for server in bot.guilds:
        network_id = NetworkId(server.id)
        for member_id in await templates.keepers(network_id):
            try:
                await server.fetch_member(member_id)
            except discord.NotFound:
                await templates.has_left(network_id, member_id)
            except (discord.HTTPException, OSError) as error:
                log.warning("Network %d: not seen who left: %s", server.id, type(error).__name__)


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.PRACTICE_STILL_RIGHT: still_right,
    NoticeKind.PRACTICE_TAKE_OVER: take_over,
    NoticeKind.PRACTICE_ORPHANED: orphaned,
}
