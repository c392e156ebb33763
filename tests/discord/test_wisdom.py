"""Wisdom as people meet it: from a form to a quote that others find, and back to nothing."""

from tests.discord.conftest import labels_of, text_of
from tests.discord.wise import Wise


async def test_from_a_form_to_being_found_by_another_word_and_gone_again(wise: Wise) -> None:
    world = wise.world
    thanks = await wise.share(world.amina)
    assert "Your words are kept" in text_of(thanks.response.message)
    await world.env.advance_time(10)
    card = wise.waiting()
    assert r"They \*listened\* first" in text_of(card)
    assert "amina" not in text_of(card)
    await wise.publish()
    assert "Published" in text_of(wise.waiting())
    assert labels_of(wise.waiting()) == []
    assert "Quote 1" in await wise.search(world.bryn, "paperwork listening")
    mine = await world.amina.slash(world.general, "wisdom mine")
    opened = await world.amina.click(mine.response.message, label="Open")
    asked = await world.amina.click(opened.response.message, label="Take it back")
    gone = await world.amina.click(asked.response.message, label="Yes, delete my words")
    assert "Your words are deleted" in text_of(gone.response.message)
    await world.env.advance_time(10)
    assert "Nothing found" in await wise.search(world.bryn, "paperwork listening")
    assert "listened" not in text_of(wise.waiting())
    shown = await world.bryn.slash(world.general, "wisdom show", number=1)
    assert "Its number is not used again" in text_of(shown.response.message)
