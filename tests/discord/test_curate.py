"""`/curate` as moderators meet it."""

import pytest

from bot.ids import MemberId
from bot.people import Person
from cogs.wisdom.bringing import DeleteImportButton, LeaveOutImportButton, RecordImportButton
from cogs.wisdom.history import QuoteHistoryButton
from tests.discord.conftest import labels_of, text_of
from tests.discord.test_isolation import away as away
from tests.discord.test_isolation import forged
from tests.importing.posts import as_txt

SAYS_NO = pytest.mark.simcord(check_errors=False)
OF_IMPORTS = (RecordImportButton, LeaveOutImportButton, DeleteImportButton)
AGREED = {"uses": ["discord", "training"], "credit": "anonymous", "lasting": "open"}


def show_command(world, name, who, server=None):
    """Somebody who runs the server has let them see it."""
    commands = world.env.backend.commands[None].values()
    command_id = next(int(each["id"]) for each in commands if each["name"] == name)
    (server or world.server).set_command_permissions(command_id, {who: True})


async def bring_in(wise, sent=None, *, who=None, **options):
    file = sent or ("post.txt", as_txt())
    return await (who or wise.moderator).slash(
        wise.world.general, "curate import", file=file, **options
    )


async def test_a_file_is_brought_in_recorded_as_a_whole_published_and_found(wise):
    world = wise.world
    done = await bring_in(wise)

    told = text_of(done.response.message)
    assert done.ephemeral
    assert "8 quotes found in the file" in told
    assert "7 are brought in." in told
    assert "1 was left out as nearly the same" in told
    assert "In the file: “A forum lasts" in told
    assert "Also in the file: “If nobody senior asks for it" in told
    assert wise.moderation.history() == [], "a card for each would bury the channel"
    assert "Nothing found" in await wise.search(world.bryn, "forum worker")

    form = await wise.moderator.click(done.response.message, label="Record consent for all of them")
    recorded = await wise.moderator.submit_modal(form, AGREED)
    assert "Consent is recorded for 7 quotes." in text_of(recorded.response.message)
    shown = await wise.moderator.slash(world.general, "review")
    assert "Agreed to: " in text_of(shown.response.message)
    await wise.moderator.click(shown.response.message, label="Publish")
    await world.env.advance_time(10)
    assert "Quote 1" in await wise.search(world.bryn, "senior worker")


async def test_a_whole_file_is_left_out_again(wise, db):
    done = await bring_in(wise)
    asked = await wise.moderator.click(done.response.message, label="Leave all of it out")
    assert "This deletes 7 quotes of that file, for good." in text_of(asked.response.message)
    kept = await wise.moderator.click(asked.response.message, label="Keep them")
    assert "They are kept" in text_of(kept.response.message)
    listed = await wise.moderator.slash(wise.world.general, "curate imported")
    told = text_of(listed.response.message)
    assert "Monday 23 November 2026" in told
    assert "7 of 7 quotes still to be recorded" in told
    asked = await wise.moderator.click(listed.response.message, label="Leave all of it out")
    gone = await wise.moderator.click(asked.response.message, label="Yes, delete them")
    assert "7 quotes are deleted, with all words." in text_of(gone.response.message)
    assert await db.all("SELECT 1 FROM quote_text") == []
    listed = await wise.moderator.slash(wise.world.general, "curate imported")
    assert "Nothing that was brought in waits" in text_of(listed.response.message)


async def test_what_was_brought_in_before_is_shown_beside_the_file(wise):
    await bring_in(wise)

    again = await bring_in(wise)

    told = text_of(again.response.message)
    assert "None was brought in: all of it is here already." in told
    assert "8 were left out as nearly the same" in told
    assert "and 4 more" in told
    assert labels_of(again.response.message) == []
    (file,) = again.followups[-1].attachments
    assert file.filename == "left-out.md"
    assert (await file.read()).decode().count("## ") == 8
    assert again.followups[-1].flags.ephemeral

    alike = await bring_in(wise, alike=True)
    assert "1 is brought in" in text_of(alike.response.message)


@SAYS_NO
@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("post.pdf", b"%PDF", "I can read files that end in .txt"),
        ("post.txt", b"  \n", "That file is empty."),
        ("post.txt", b"Nothing that anybody said.", "I found no quotes in this file."),
        ("table.csv", b"name,shoe size\nJo,41\n", "must be called"),
    ],
)
async def test_a_file_that_cannot_be_used_is_told_in_one_sentence(wise, db, name, data, sentence):
    done = await bring_in(wise, (name, data))

    said = "\n".join(text_of(each) for each in [done.response.message, *done.followups])
    assert sentence in said
    assert await db.all("SELECT 1 FROM quote") == []


async def test_files_are_listed_on_pages(wise):
    for number in range(7):
        await bring_in(wise, ("a.txt", f"“Number {number} said something else entirely.”".encode()))
    listed = await wise.moderator.slash(wise.world.general, "curate imported")
    counts = [text_of(listed.response.message).count("still to be recorded")]
    for label in ("Older", "Newer"):
        turned = await wise.moderator.click(listed.response.message, label=label)
        counts.append(text_of(turned.response.message).count("still to be recorded"))
    assert counts == [5, 2, 5]


@SAYS_NO
async def test_only_moderators_bring_in(wise, db):
    world = wise.world
    await bring_in(wise)
    show_command(world, "curate", world.amina)
    for command, options in (
        ("curate import", {"file": ("a.txt", as_txt())}),
        ("curate imported", {}),
    ):
        refused = await world.amina.slash(world.general, command, **options)
        assert refused.response.content.startswith("Only moderators can ")
    message = await forged(world, world.general, *(button(1) for button in OF_IMPORTS))
    for button in OF_IMPORTS:
        refused = await world.amina.click(message, custom_id=button.form.format(id=1))
        assert refused.response.content.startswith("Only moderators can "), button
    assert len(await db.all("SELECT 1 FROM quote WHERE state = 'to_record'")) == 7


@SAYS_NO
async def test_what_one_server_brought_in_is_none_of_anothers(wise, away, db):
    await bring_in(wise)
    _, channel, boss = away
    message = await forged(wise.world, channel, *(button(1) for button in OF_IMPORTS))
    for button in OF_IMPORTS:
        refused = await boss.click(message, custom_id=button.form.format(id=1))
        assert refused.response.content.startswith("I can't find that file's quotes"), button
    show_command(wise.world, "curate", boss, away[0])
    listed = await boss.slash(channel, "curate imported")
    assert "Nothing that was brought in waits" in text_of(listed.response.message)
    assert len(await db.all("SELECT 1 FROM quote WHERE state = 'to_record'")) == 7


async def share_on_recruitment(wise, words, uses):
    world = wise.world
    vocabulary = await world.parts.themes.vocabulary(world.network_id)
    theme = next(each for each in vocabulary.themes if each.slug == "recruitment")
    await wise.share(
        world.amina,
        words,
        {"uses": uses, "credit": "anonymous", "lasting": "open"},
        themes=[str(theme.id)],
    )
    await world.env.advance_time(10)
    await wise.publish()


async def test_a_page_for_a_paper_has_what_is_agreed_for_it(wise):
    await share_on_recruitment(wise, "We *all* chose her.", ["discord", "training"])
    await share_on_recruitment(wise, "Only for this room.", ["discord"])

    done = await wise.world.bryn.slash(wise.world.general, "wisdom pack", theme="Recruitment")

    assert done.ephemeral
    assert "It has 1 quote." in done.response.content
    assert "1 quote on it left out" in done.response.content
    markdown, html = [(await each.read()).decode() for each in done.response.attachments]
    assert r"> We \*all\* chose her." in markdown
    assert "<p>We *all* chose her.</p>" in html
    assert "Monday 23 November 2026" in html
    assert "Conversations on Co-production" in html
    assert "Only for this room" not in markdown + html


async def test_a_page_on_which_nothing_may_stand_says_so(wise):
    await share_on_recruitment(wise, "Only for this room.", ["discord"])
    done = await wise.world.bryn.slash(wise.world.general, "wisdom pack", theme="Recruitment")
    assert done.response.content.startswith(
        "Nothing on **Recruitment** is agreed for training and papers yet. 1 quote on it left out"
    )
    assert done.response.attachments == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("csv", "wisdom-training.csv"),
        ("json", "wisdom-training.json"),
        ("markdown", "wisdom-training.md"),
        ("taguette", "wisdom-training-taguette.csv"),
    ],
)
async def test_quotes_are_taken_out_for_one_use(wise, form, name):
    await share_on_recruitment(wise, "For training.", ["discord", "training"])
    await share_on_recruitment(wise, "Only for this room.", ["discord"])

    done = await wise.moderator.slash(
        wise.world.general, "curate export", use="training", format=form
    )

    assert done.ephemeral
    assert "1 quote, all that is agreed for this use" in done.response.content
    (file,) = done.response.attachments
    made = (await file.read()).decode()
    assert file.filename == name
    assert "For training" in made
    assert "Only for this room" not in made


@SAYS_NO
async def test_nothing_to_take_out_and_nobody_else_may(wise):
    world = wise.world
    done = await wise.moderator.slash(world.general, "curate export", use="posts")
    assert done.response.content == (
        "No quote is agreed for this use yet: In the network's reflections posts."
    )
    show_command(world, "curate", world.amina)
    for command, options in (
        ("curate export", {"use": "posts"}),
        ("curate history", {"number": 1}),
    ):
        refused = await world.amina.slash(world.general, command, **options)
        assert refused.response.content.startswith("Only moderators can "), command


async def test_what_was_done_with_a_quote_is_told_on_pages(wise, db):
    world = wise.world
    await wise.share(world.amina)
    await world.env.advance_time(10)
    await wise.publish()
    shown = await wise.moderator.slash(world.general, "curate history", number=1)
    told = text_of(shown.response.message)
    assert f"published, by <@{wise.moderator.id}>" in told
    assert "agreed to by its speaker\n" in told + "\n"
    assert str(world.amina.id) not in told
    assert labels_of(shown.response.message) == []

    quote = (await db.only("SELECT id FROM quote"))["id"]
    by = Person(
        network_id=world.network_id, member_id=MemberId(wise.moderator.id), is_moderator=True
    )
    for _ in range(20):
        await world.parts.wisdom.review.sort_under(quote, None, (), "", by=by)
    shown = await wise.moderator.slash(world.general, "curate history", number=1)
    assert text_of(shown.response.message).count(": sorted, by") == 15
    turned = await wise.moderator.click(shown.response.message, label="Earlier")
    assert text_of(turned.response.message).count(": sorted, by") == 5
    assert "agreed to by its speaker" in text_of(turned.response.message)


@SAYS_NO
async def test_the_history_of_a_quote_is_none_of_another_servers(wise, away):
    await wise.share(wise.world.amina)
    await wise.world.env.advance_time(10)
    await wise.publish()
    server, channel, boss = away
    show_command(wise.world, "curate", boss, server)
    message = await forged(wise.world, channel, QuoteHistoryButton(1))
    pressed = await boss.click(message, custom_id="quote-history:page:1:0")
    asked = await boss.slash(channel, "curate history", number=1)
    for refused in (pressed, asked):
        assert refused.response.content.startswith("I can't find that quote here.")
    taken = await boss.slash(channel, "curate export", use="discord")
    assert taken.response.content.startswith("No quote is agreed for this use yet")
