"""The form in which people tell their needs, and what the hosts are shown."""

import pytest

from tests.discord.conftest import labels_of, text_of
from tests.discord.test_my_sign_up import my_sign_up

SAYS_NO = pytest.mark.simcord(check_errors=False)
TICKED = {"consents": True}


async def needs_form(world, person):
    panel = await my_sign_up(world, person)
    return await person.click(panel, label="Access needs")


async def tell(world, person, **filled):
    form = await needs_form(world, person)
    return await person.submit_modal(form, {"words": "", **filled})


def begins_with(form):
    """What each field of a form holds before anybody has touched it."""
    fields = [part["component"] for part in form.modal["components"] if "component" in part]
    begun = {}
    for field in fields:
        if "options" in field:
            begun[field["custom_id"]] = [o["value"] for o in field["options"] if o.get("default")]
        else:
            begun[field["custom_id"]] = field.get("default", field.get("value"))
    return begun


async def test_a_person_tells_their_needs_and_reads_them_again(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    saved = await tell(
        world, world.amina, kinds=["captions", "breaks"], words="No *strobe* lights", **TICKED
    )

    assert saved.ephemeral
    assert saved.response.content == (
        "Thank you. You told us: Captions, Breaks. Something else: No \\*strobe\\* lights.\n"
        "Only you and the hosts can see that.\n"
        "It is deleted on Thursday 17 December 2026. To change it or take it back, press "
        "**Access needs** again."
    )
    panel = text_of(await my_sign_up(world, world.amina))
    assert "You told us: Captions, Breaks. Something else: No \\*strobe\\* lights." in panel
    assert "strobe" not in text_of(await world.refreshed())


async def test_nobody_finds_the_consent_ticked(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    first = begins_with(await needs_form(world, world.amina))
    await tell(world, world.amina, kinds=["bsl"], words="Slowly", remember=True, **TICKED)

    again = begins_with(await needs_form(world, world.amina))

    assert first == {"kinds": [], "words": None, "consents": False, "remember": False}
    assert again == {"kinds": ["bsl"], "words": "Slowly", "consents": False, "remember": True}


@SAYS_NO
async def test_without_the_tick_people_get_back_what_they_wrote(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    refused = await tell(world, world.amina, kinds=["captions"], words="No strobe lights")

    assert refused.response.content == (
        "I may keep this only if you tick that the hosts may see it, so I have saved nothing. "
        "If you want them to know, please press Access needs again and tick that box.\n\n"
        "This is what you wrote, so that you can copy it:\n```\nNo strobe lights\n```"
    )
    assert refused.ephemeral
    assert await db.all("SELECT 1 FROM access_need") == []


async def test_clearing_the_form_takes_everything_back(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await tell(world, world.amina, kinds=["captions"], remember=True, **TICKED)

    cleared = await tell(world, world.amina, kinds=[])

    assert cleared.response.content == (
        "Saved. The hosts see no access needs of yours, and nothing is remembered."
    )
    assert "You told us" not in text_of(await my_sign_up(world, world.amina))
    assert await db.all("SELECT 1 FROM access_need UNION SELECT 1 FROM remembered_need") == []


async def test_the_next_conversation_begins_with_what_was_remembered(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    saved = await tell(world, world.amina, kinds=["breaks"], remember=True, **TICKED)
    assert saved.response.content.endswith("Next time the form will begin with this.")
    card = await world.plan("What works?", "7 Jan 2pm")
    await world.amina.click(card, label="Sign up")

    form = await needs_form(world, world.amina)

    assert begins_with(form)["kinds"] == ["breaks"]


@SAYS_NO
async def test_the_button_of_somebody_who_left_says_how_to_sign_up(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    panel = await my_sign_up(world, world.amina)
    await world.amina.click(card, label="I can't make it")

    for label in ("Access needs", "My choices"):
        pressed = await world.amina.click(panel, label=label)
        assert pressed.response.content == (
            "You have not signed up to this conversation. Press Sign up on its card."
        )


async def people(world, person, **options):
    return await person.slash(world.general, "organise people", conversation="who", **options)


async def test_the_hosts_see_needs_beside_their_list(world, db):
    card = await world.plan(places=1)
    for person, words in ((world.amina, "Quiet, please"), (world.bryn, "")):
        await person.click(card, label="Sign up")
        await tell(world, person, kinds=["captions"], words=words, **TICKED)
    listed = await people(world, world.organiser)

    shown = await world.organiser.click(listed.response.message, label="Access needs")

    read = text_of(shown.response.message)
    assert "Only the hosts see this, and it is noted that you have looked." in read
    assert "All of it is deleted on Thursday 17 December 2026." in read
    assert "2 people have told us what they need.\nCaptions: 2" in read
    assert f"<@{world.amina.id}>: Captions. Something else: Quiet, please" in read
    assert f"<@{world.bryn.id}> (on the waitlist): Captions" in read
    assert shown.ephemeral
    rows = await db.all("SELECT looked_by, how FROM look_at_needs")
    assert [tuple(row) for row in rows] == [(world.organiser.id, "list")]


async def test_a_long_list_of_needs_pages(world, db):
    await world.plan()
    async with db.write() as tx:
        for number in range(1, 10):
            await tx.run(
                "INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at) "
                "VALUES (1, :m, 'going', :m, '2026-11-23T09:00:00Z')",
                {"m": number},
            )
            await tx.run(
                "INSERT INTO access_need (conversation_id, member_id, kinds, words, consented_at) "
                "VALUES (1, :m, 'something_else', '', '2026-11-23T09:00:00Z')",
                {"m": number},
            )
    listed = await people(world, world.organiser)
    shown = await world.organiser.click(listed.response.message, label="Access needs")
    assert "Page 1 of 3" in text_of(shown.response.message)
    later = await world.organiser.click(shown.response.message, label="Later")
    assert "<@5>: Something else, which they will tell you if you ask" in text_of(
        later.response.message
    )
    back = await world.organiser.click(later.response.message, label="Earlier")
    assert "<@1>: " in text_of(back.response.message)


async def test_an_organiser_who_does_not_host_has_no_button_for_needs(world):
    await world.plan()

    hosts = await people(world, world.organiser)
    managers = await people(world, world.manager)

    assert "Access needs" in labels_of(hosts.response.message)
    assert "Access needs" not in labels_of(managers.response.message)


async def test_needs_are_forgotten_in_time_by_the_bot_itself(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await tell(world, world.amina, kinds=["captions"], **TICKED)

    for _ in range(24):
        await world.env.advance_time(24 * 3600)
    assert len(await db.all("SELECT 1 FROM access_need")) == 1
    await world.env.advance_time(24 * 3600)

    assert await db.all("SELECT 1 FROM access_need") == []
    (wiping,) = await db.all("SELECT deleted, wiped FROM wiping")
    assert wiping["deleted"] == wiping["wiped"] > 0
