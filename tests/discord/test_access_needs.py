"""Access needs as people tell and see them, and a search for leaks in every corner."""

import logging

import pytest
from simcord import SetupError

from bot.ids import RoleId
from bot.network.model import Duty
from tests.discord.conftest import custom_ids_of, labels_of, text_of

WORDS = "zebrafinch"
SAYS_NO = pytest.mark.simcord(check_errors=False)


async def tell(world, person, card, *, consents=True, remember=False, words=WORDS, kinds=("bsl",)):
    mine = await person.click(card, label="My sign-up")
    form = await person.click(mine.response.message, label="Access needs")
    return await person.submit_modal(
        form,
        {"kinds": list(kinds), "words": words, "consents": consents, "remember": remember},
    )


async def told(world):
    card = await world.plan(places=2)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await tell(world, world.amina, card, remember=True)
    return card


async def people(world, person, **rest):
    return await person.slash(world.general, "organise people", conversation="1", **rest)


async def test_i_read_what_i_told_and_how_long_it_is_kept(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    saved = await tell(world, world.amina, card)

    assert f"You told us: British Sign Language (BSL). Something else: {WORDS}." in (
        saved.response.content
    )
    assert "It is deleted on Thursday 17 December 2026." in saved.response.content
    mine = await world.amina.click(card, label="My sign-up")
    assert WORDS in text_of(mine.response.message)


@SAYS_NO
async def test_without_the_tick_nothing_is_kept_and_the_words_come_back(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    refused = await tell(world, world.amina, card, consents=False)

    assert "only if you tick that the hosts may see it" in refused.response.content
    assert WORDS in refused.response.content
    assert await db.all("SELECT 1 FROM access_need") == []


async def test_the_form_begins_with_what_is_remembered_but_never_ticks_consent(world):
    await told(world)
    later = await world.plan("Another", "7 Jan 2027 2pm")
    await world.amina.click(later, label="Sign up")
    mine = await world.amina.click(later, label="My sign-up")
    form = await world.amina.click(mine.response.message, label="Access needs")

    shown = str(form.modal)

    assert WORDS in shown
    refused = await world.amina.submit_modal(form, {"words": "", "kinds": [], "consents": False})
    assert "Saved. The hosts see no access needs of yours" in refused.response.content


async def test_the_host_reads_them_from_the_list_and_in_the_file_when_asked(world):
    await told(world)

    listed = await people(world, world.organiser)
    looked = await world.organiser.click(listed.response.message, label="Access needs")
    plain = await people(world, world.organiser, as_file=True)
    with_needs = await people(world, world.organiser, access_needs=True)

    assert WORDS not in text_of(listed.response.message)
    assert f"<@{world.amina.id}>: British Sign Language (BSL). Something else: {WORDS}" in text_of(
        looked.response.message
    )
    assert "it is noted that you have looked" in text_of(looked.response.message)
    assert WORDS.encode() not in await plain.response.attachments[0].read()
    assert WORDS.encode() in await with_needs.response.attachments[0].read()
    assert "It is noted that you have asked for it." in with_needs.response.content


async def everything(world, person, commands):
    """What *person* sees: every command they can run, and every button on what comes back."""
    seen = []
    values = {
        "conversation": "1", "title": "Another", "when": "10 Dec 2pm", "name": "Jo",
        "reason": "A reason", "as_file": True, "access_needs": True,
        "weekday": "Thursday", "which": "every week", "time": "2pm", "series": "Another",
        "date": "10 Dec 2026",
    }  # fmt: skip
    given = {
        "conversation show": ("conversation",),
        "organise plan": ("title", "when"),
        "organise edit": ("conversation",),
        "organise move": ("conversation", "when"),
        "organise cancel": ("conversation",),
        "organise duplicate": ("conversation", "when"),
        "organise message": ("conversation",),
        "organise people": ("conversation",),
        "organise add-guest": ("conversation", "name"),
        "organise remove": ("conversation",),
        "organise attendance": ("conversation",),
        "organise reminders": ("conversation",),
        "organise hosts": ("conversation",),
        "organise cover": ("conversation",),
        "series start": ("title", "weekday", "which", "time"),
        "series change": ("series", "time"),
        "series skip": ("series", "date"),
        "series pause": ("series",),
        "series resume": ("series",),
        "series end": ("series",),
    }
    for command in commands:
        if command == "organise remove-person":
            continue  # it names somebody, and changes what there is to look at
        options = {name: values[name] for name in given.get(command, ())}
        try:
            shown = await person.slash(world.general, command, **options)
        except SetupError as hidden:
            if "not visible" not in str(hidden):
                raise
            continue
        seen += await parts_of(shown)
        message = shown.response.message if shown.response is not None else None
        for custom_id in custom_ids_of(message) if message is not None else []:
            pressed = await press(person, message, custom_id)
            seen += await parts_of(pressed) if pressed is not None else []
    for extra in ({"as_file": True}, {"access_needs": True}):
        try:
            shown = await people(world, person, **extra)
        except SetupError:  # hidden from them
            continue
        seen += await parts_of(shown)
    card = world.card()
    for label in labels_of(card):
        pressed = await person.click(card, label=label)
        seen += await parts_of(pressed)
    return "\n".join(seen)


LOOKS = (
    *("conversation:show", "conversation:list", "conversation:ahead", "conversation:mine"),
    *("conversation:calendar", "people:", "network:check", "help:", "company:show"),
)
"""What only looks, and changes nothing that others would then look at."""


async def press(person, message, custom_id):
    if not custom_id.startswith(LOOKS):
        return None
    return await person.click(message, custom_id=custom_id)


async def parts_of(shown):
    seen = [str(getattr(shown, "modal", ""))]
    replies = [shown.response] if shown.response is not None else []
    for reply in [*replies, *shown.followups]:
        seen.append(reply.content or "")
        if reply.message is not None:
            seen.append(text_of(reply.message))
        seen += [(await each.read()).decode(errors="replace") for each in reply.attachments or []]
    return seen


def another_organiser(world):
    return world.server.add_member(world.env.create_user("other"), roles=[world.organisers])


@SAYS_NO
@pytest.mark.parametrize("who", ["chidi", "bryn", "other", "moderator", "manager"])
async def test_nobody_else_finds_them_anywhere(world, commands, caplog, who):
    caplog.set_level(logging.DEBUG)
    await told(world)
    moderators = world.server.create_role("Moderator")
    await world.parts.networks.choose_role(
        Duty.MODERATOR, RoleId(moderators.id), by=world.as_manager
    )
    people = {
        **{name: getattr(world, name) for name in ("chidi", "bryn", "manager")},
        "other": another_organiser(world),
        "moderator": world.server.add_member(world.env.create_user("mod"), roles=[moderators]),
    }

    seen = await everything(world, people[who], commands)

    assert len(seen) > 500, "something was looked at"
    assert WORDS not in seen
    assert WORDS not in "".join(text_of(each) for each in world.channel.history())
    mine = ("bot", "cogs")
    assert WORDS not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith(mine)
    )


@SAYS_NO
async def test_the_search_would_find_them(world, commands):
    await told(world)

    assert WORDS in await everything(world, world.organiser, commands)
    card = world.card()
    assert WORDS in "\n".join(await parts_of(await world.amina.click(card, label="My sign-up")))


@SAYS_NO
async def test_another_organiser_is_refused_in_words(world):
    await told(world)
    other = another_organiser(world)

    listed = await people(world, other)
    refused = await people(world, other, access_needs=True)

    assert "Access needs" not in labels_of(listed.response.message)
    assert refused.response.content.startswith("Only the hosts of this conversation")


async def test_my_name_is_on_the_card_only_if_i_choose_so(world):
    card = await world.plan()
    for person in (world.amina, world.bryn):
        await person.click(card, label="Sign up")
    assert "<@" not in text_of(await world.refreshed())
    mine = await world.amina.click(card, label="My sign-up")
    form = await world.amina.click(mine.response.message, label="My choices")

    saved = await world.amina.submit_modal(form, {"shows_name": True})

    assert "the card may name you" in saved.response.content
    named = text_of(await world.refreshed())
    assert f"<@{world.amina.id}>" in named
    assert f"<@{world.bryn.id}>" not in named
    await world.amina.click(world.card(), label="I can't make it")
    assert "<@" not in text_of(await world.refreshed())
    await world.amina.click(world.card(), label="Sign up")
    assert "<@" not in text_of(await world.refreshed()), "a new sign-up is a new choice"
