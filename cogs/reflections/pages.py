"""A post as Discord shows it: as many cards as it needs, each within what a message may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.ids import ReflectionId
from bot.reflections.writing import ASKS, DID, NOTES, Page, Part, Said
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import network_id_of
from cogs.wisdom.sharing import open_share_form

if TYPE_CHECKING:
    from bot.client import Interaction

PIECE = 1700
"""Characters of somebody's text that go into one part: made safe, they may be twice as many."""

MOST_ROOM, MOST_PARTS = 3600, 30
"""Of one card."""


def cards_of(page: Page, reflection_id: ReflectionId) -> Sequence[Card]:
    """The first stands in the channel and carries a button, the others in the thread."""
    first, *rest = texts_of(page)
    first = [*first, "-# All of it is in the thread below."]
    return [
        card_of(*map(words, first), row_of(ThinkButton(reflection_id))),
        *(card_of(*map(words, each)) for each in rest),
    ]


def texts_of(page: Page) -> Sequence[Sequence[str]]:
    """What stands on each card, made safe."""
    begin = [f"# {as_typed(page.title)}", *([] if page.lead is None else quoted(page.lead))]
    rest = [*pieces(page.intro)]
    for number, part in enumerate(page.parts, start=1):
        rest += _part(number, part)
    if page.did:
        rest.append("\n".join([f"## {DID}", *(f"- {as_typed(each)}" for each in page.did[:3])]))
        rest += [f"- {as_typed(each)}" for each in page.did[3:]]
    asks = list(pieces(page.asks))
    rest += [f"## {ASKS}\n{asks[0]}", *asks[1:]]
    if page.links:
        rest.append("\n".join(f"- {each.called}: {each.leads_to}" for each in page.links))
    if page.footnotes:
        notes = [each for note in page.footnotes for each in pieces(note)]
        rest += [f"### {NOTES}\n{notes[0]}", *notes[1:]]
    return [begin, *_packed(rest)]


def _part(number: int, part: Part) -> list[str]:
    """Its heading is in one piece with what follows, so that it never stands alone."""
    inside = [*pieces(part.commentary), *(each for said in part.quotes for each in quoted(said))]
    heading = f"## {number}. {as_typed(part.heading)}"
    return [f"{heading}\n{inside[0]}", *inside[1:]] if inside else [heading]


def quoted(said: Said) -> list[str]:
    """The words of somebody, with what they mention in front, hidden until somebody presses."""
    parts = list(pieces(said.words))
    if said.content_note:
        parts = [f"||{each}||" for each in parts]
        parts[0] = f"Content note: {as_typed(said.content_note)}\n{parts[0]}"
    else:
        parts[0] = f"“{parts[0]}"
        parts[-1] = f"{parts[-1]}”"
    if said.credit:
        parts[-1] = f"{parts[-1]}\n-# {as_typed(said.credit)}"
    return parts


def pieces(text: str) -> Iterator[str]:
    """*text* made safe, in parts that are not too long, parted between lines or words."""
    while len(text) > PIECE:
        cut = max(text.rfind("\n", 1, PIECE), text.rfind(" ", PIECE // 2, PIECE))
        cut = cut if cut > 0 else PIECE
        yield as_typed(text[:cut].rstrip())
        text = text[cut:].lstrip()
    if text:
        yield as_typed(text)


def _packed(blocks: Sequence[str]) -> Iterator[list[str]]:
    together: list[str] = []
    room = 0
    for each in blocks:
        if together and (room + len(each) > MOST_ROOM or len(together) >= MOST_PARTS):
            yield together
            together, room = [], 0
        together.append(each)
        room += len(each)
    if together:
        yield together


class ThinkButton(PersistentButton, template=r"reflection:think:(?P<id>[0-9]{1,19})"):
    """Its id is the post's, by which its first message is known again."""

    form, label = "reflection:think:{id}", "Share words of your own"

    async def press(self, interaction: Interaction) -> None:
        found = await interaction.client.services.reflections.posts.published(
            ReflectionId(self.id_)
        )
        is_here = found is not None and found.draft.network_id == network_id_of(interaction)
        conversation_id = found.draft.conversation_id if found is not None and is_here else None
        await open_share_form(interaction, conversation_id=conversation_id)
