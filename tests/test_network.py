"""What a network's managers choose, through the service."""

import sqlite3
from dataclasses import replace

import pytest

from bot.client import Services
from bot.errors import Invalid, NotAllowed
from bot.ids import ChannelId, NetworkId, RoleId
from bot.network.model import (
    DEFAULT_REMINDERS,
    REMINDER_CHOICES,
    ChannelUse,
    Duty,
    LinkTo,
    Network,
    ReminderWay,
)
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, HOME, MANAGER, ORGANISER
from tests.fakes import broken_write

A_DAY, A_WEEK = 24 * 60, 7 * 24 * 60
AWAY_MANAGER = replace(MANAGER, network_id=AWAY)


async def test_a_network_where_nobody_chose_anything_has_the_defaults(parts: Services) -> None:
    network = await parts.networks.get(HOME)
    assert network == Network(id=HOME)
    assert network.zone.key == "Europe/London"
    assert network.reminders == DEFAULT_REMINDERS
    assert not network.channels
    assert not network.links


async def test_looking_at_a_network_writes_nothing(parts: Services, db: Database) -> None:
    await parts.networks.get(HOME)
    assert await db.all("SELECT id FROM network") == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lisbon", "Europe/Lisbon"),
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("europe/lisbon ", "Europe/Lisbon"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("Indiana/Knox", None),
        ("America/Indiana/Knox", "America/Indiana/Knox"),
    ],
)
async def test_a_time_zone_is_chosen_by_its_name_or_a_city(
    parts: Services, typed: str, name: str | None
) -> None:
    if name is None:
        with pytest.raises(Invalid):
            await parts.networks.choose_time_zone(typed, by=MANAGER)
        return
    assert await parts.networks.choose_time_zone(typed, by=MANAGER) == name
    assert (await parts.networks.get(HOME)).zone.key == name


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Lisbn", " Did you mean Europe/Lisbon"),
        ("Londn", " Did you mean Europe/London"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires or America/Buenos_Aires?"),
    ],
)
async def test_a_misspelt_time_zone_is_refused_with_those_that_are_near(
    parts: Services, typed: str, hint: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await parts.networks.choose_time_zone(typed, by=MANAGER)
    assert str(refused.value).startswith(
        "I don't know that time zone. Please type a name like “Europe/London” or a large city in "
        "it, like “Lisbon”."
    )
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    "typed", ["", "🌍", "../../etc/passwd", "/etc/localtime", "\x00", "x" * 4000]
)
async def test_nonsense_for_a_time_zone_is_refused_and_changes_nothing(
    parts: Services, typed: str
) -> None:
    with pytest.raises(Invalid, match="I don't know that time zone"):
        await parts.networks.choose_time_zone(typed, by=MANAGER)
    assert await parts.networks.get(HOME) == Network(id=HOME)


async def test_channels_and_roles_are_chosen_and_chosen_again(parts: Services) -> None:
    for channel in (ChannelId(7), ChannelId(8)):
        await parts.networks.choose_channel(ChannelUse.CONVERSATIONS, channel, by=MANAGER)
    await parts.networks.choose_channel(ChannelUse.WISDOM, ChannelId(9), by=MANAGER)
    for role in (RoleId(5), RoleId(6)):
        await parts.networks.choose_role(Duty.ORGANISER, role, by=MANAGER)

    network = await parts.networks.get(HOME)
    assert network.channels == {
        ChannelUse.CONVERSATIONS: ChannelId(8),
        ChannelUse.WISDOM: ChannelId(9),
    }
    assert network.roles == {Duty.ORGANISER: RoleId(6)}
    assert network.has_duty(Duty.ORGANISER, [1, 6])
    assert not network.has_duty(Duty.ORGANISER, [1, 5])
    assert not network.has_duty(Duty.MODERATOR, [1, 6])


async def test_links_are_set_and_an_empty_one_is_taken_away(parts: Services) -> None:
    await parts.networks.choose_links(
        {
            LinkTo.JOINING: " https://example.org/join ",
            LinkTo.TICKETS: "http://tickets.example.org/?a=b#c",
            LinkTo.CONTACT: "hello@example.org",
        },
        by=MANAGER,
    )
    await parts.networks.choose_links({LinkTo.TICKETS: " \u200b", LinkTo.STARTING: ""}, by=MANAGER)
    assert (await parts.networks.get(HOME)).links == {
        LinkTo.JOINING: "https://example.org/join",
        LinkTo.CONTACT: "hello@example.org",
    }


@pytest.mark.parametrize(
    "typed",
    [
        "example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://localhost",
        "https://[example.org",
        "https://exa\u2100mple.org",
        "https://",
        "a\nb",
        "hello@example.org",
    ],
)
async def test_what_is_no_web_address_is_refused(parts: Services, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        await parts.networks.choose_links({LinkTo.JOINING: typed}, by=MANAGER)
    assert str(refused.value) == f"A link must begin with “https://”. Please check “{typed}”."


@pytest.mark.parametrize(
    "typed",
    [
        "https://exa mple.org",
        "https://example.org/a)[b](https://evil.org",
        "https://example.org/<@1>",
    ],
)
async def test_a_link_that_could_be_read_as_markdown_is_refused(
    parts: Services, typed: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await parts.networks.choose_links({LinkTo.JOINING: typed}, by=MANAGER)
    assert str(refused.value) == (
        f"A link can't have spaces or brackets in it. Please check “{typed}”."
    )


async def test_a_mailto_link_is_an_email_address(parts: Services) -> None:
    await parts.networks.choose_links({LinkTo.CONTACT: "mailto:hello@example.org"}, by=MANAGER)

    assert (await parts.networks.get(HOME)).links[LinkTo.CONTACT] == "hello@example.org"


@pytest.mark.parametrize("typed", ["Etc/GMT+1", "GMT+1", "EST", "Atlantis"])
async def test_zones_that_are_not_named_after_a_city_are_refused(
    parts: Services, typed: str
) -> None:
    with pytest.raises(Invalid, match="I don't know that time zone"):
        await parts.networks.choose_time_zone(typed, by=MANAGER)


@pytest.mark.parametrize("typed", ["hello@", "@example.org", "a@b@c.org", "hello@here"])
async def test_a_contact_may_be_an_email_address_and_must_look_like_one(
    parts: Services, typed: str
) -> None:
    with pytest.raises(Invalid, match="“https://”, or be an email address"):
        await parts.networks.choose_links({LinkTo.CONTACT: typed}, by=MANAGER)


async def test_a_link_may_have_300_characters(parts: Services) -> None:
    longest = "https://example.org/".ljust(300, "a")
    await parts.networks.choose_links({LinkTo.JOINING: longest}, by=MANAGER)
    with pytest.raises(Invalid) as refused:
        await parts.networks.choose_links({LinkTo.JOINING: f"{longest}a"}, by=MANAGER)
    assert str(refused.value) == "A link may have up to 300 characters."
    assert (await parts.networks.get(HOME)).links[LinkTo.JOINING] == longest


async def test_one_bad_link_changes_nothing(parts: Services) -> None:
    await parts.networks.choose_links({LinkTo.JOINING: "https://old.example"}, by=MANAGER)
    with pytest.raises(Invalid):
        await parts.networks.choose_links(
            {LinkTo.JOINING: "https://new.example", LinkTo.TICKETS: "nonsense"}, by=MANAGER
        )
    assert (await parts.networks.get(HOME)).links == {LinkTo.JOINING: "https://old.example"}


async def test_reminders_are_kept_longest_first_and_once_each(parts: Services) -> None:
    await parts.networks.choose_reminders(
        {ReminderWay.CHANNEL: [60, A_WEEK, A_DAY, A_DAY]}, by=MANAGER
    )
    network = await parts.networks.get(HOME)
    assert network.reminders[ReminderWay.CHANNEL] == (A_WEEK, A_DAY, 60)
    assert network.reminders[ReminderWay.DIRECT] == DEFAULT_REMINDERS[ReminderWay.DIRECT]


async def test_no_reminders_at_all_is_a_choice(parts: Services) -> None:
    await parts.networks.choose_reminders({way: [] for way in ReminderWay}, by=MANAGER)
    network = await parts.networks.get(HOME)
    assert network.reminders == {ReminderWay.CHANNEL: (), ReminderWay.DIRECT: ()}


async def test_reminder_times_come_from_the_list(parts: Services) -> None:
    assert set(DEFAULT_REMINDERS[ReminderWay.DIRECT]) <= set(REMINDER_CHOICES)
    with pytest.raises(Invalid, match=r"^Please choose reminder times from the list\.$"):
        await parts.networks.choose_reminders(
            {ReminderWay.CHANNEL: [A_DAY], ReminderWay.DIRECT: [61]}, by=MANAGER
        )
    assert (await parts.networks.get(HOME)).reminders == DEFAULT_REMINDERS


async def test_only_somebody_who_manages_the_network_may_choose(parts: Services) -> None:
    amina = replace(ORGANISER, member_id=AMINA)
    for choosing in (
        parts.networks.choose_time_zone("lisbon", by=amina),
        parts.networks.choose_channel(ChannelUse.WISDOM, ChannelId(7), by=amina),
        parts.networks.choose_role(Duty.ORGANISER, RoleId(5), by=amina),
        parts.networks.choose_links({LinkTo.JOINING: "https://example.org"}, by=amina),
        parts.networks.choose_reminders({ReminderWay.CHANNEL: []}, by=amina),
    ):
        with pytest.raises(NotAllowed) as refused:
            await choosing
        assert str(refused.value) == (
            "Only people with “Manage Server” can change what is set up here. "
            "Ask somebody who runs this server."
        )
    assert await parts.networks.get(HOME) == Network(id=HOME)


async def test_nothing_chosen_here_is_chosen_there(parts: Services) -> None:
    await parts.networks.choose_time_zone("lisbon", by=MANAGER)
    await parts.networks.choose_channel(ChannelUse.WISDOM, ChannelId(7), by=MANAGER)
    await parts.networks.choose_role(Duty.ORGANISER, RoleId(5), by=MANAGER)
    await parts.networks.choose_links({LinkTo.JOINING: "https://example.org"}, by=MANAGER)
    await parts.networks.choose_reminders({ReminderWay.CHANNEL: []}, by=MANAGER)
    assert await parts.networks.get(AWAY) == Network(id=AWAY)

    await parts.networks.choose_links({LinkTo.JOINING: ""}, by=AWAY_MANAGER)
    await parts.networks.choose_time_zone("Tokyo", by=AWAY_MANAGER)
    away = await parts.networks.get(AWAY)
    assert away == Network(id=AWAY, time_zone="Asia/Tokyo")
    home = await parts.networks.get(HOME)
    assert home.links == {LinkTo.JOINING: "https://example.org"}
    assert home.zone.key == "Europe/Lisbon"


async def test_a_choice_rings_once_for_its_own_network(parts: Services) -> None:
    rung: list[NetworkId] = []
    parts.networks.changed.listen(rung.append)
    await parts.networks.choose_time_zone("lisbon", by=MANAGER)
    await parts.networks.choose_links(
        {LinkTo.JOINING: "https://a.example", LinkTo.TICKETS: "https://b.example"}, by=AWAY_MANAGER
    )
    with pytest.raises(Invalid):
        await parts.networks.choose_time_zone("nowhere", by=MANAGER)
    assert rung == [HOME, AWAY]


async def test_a_network_that_must_exist_is_there_once_its_transaction_ends(
    parts: Services, db: Database
) -> None:
    async with broken_write(db) as tx:
        await parts.networks.must_exist(tx, HOME)
    assert await db.all("SELECT id FROM network") == []
    async with db.write() as tx:
        await parts.networks.must_exist(tx, HOME)
        await parts.networks.must_exist(tx, HOME)
    assert len(await db.all("SELECT id FROM network")) == 1


async def test_the_database_refuses_a_link_of_no_length(parts: Services, db: Database) -> None:
    await parts.networks.choose_time_zone("lisbon", by=MANAGER)
    with pytest.raises(sqlite3.IntegrityError):
        async with db.write() as tx:
            await tx.run(
                "INSERT INTO network_link (network_id, leads_to, address) VALUES (:id, 'a', '')",
                {"id": HOME},
            )


async def test_what_is_kept_in_memory_follows_every_choice(parts: Services) -> None:
    assert (await parts.networks.get(HOME)).time_zone == "Europe/London"
    await parts.networks.choose_time_zone("Lisbon", by=MANAGER)
    assert (await parts.networks.get(HOME)).time_zone == "Europe/Lisbon"
    await parts.networks.choose_time_zone("Paris", by=MANAGER)
    assert (await parts.networks.get(HOME)).time_zone == "Europe/Paris"


async def test_a_choice_that_was_not_kept_changes_nothing_in_memory(parts: Services) -> None:
    await parts.networks.choose_time_zone("Lisbon", by=MANAGER)
    with pytest.raises(Invalid):
        await parts.networks.choose_links(
            {LinkTo.JOINING: "https://example.org", LinkTo.TICKETS: "none"}, by=MANAGER
        )
    assert (await parts.networks.get(HOME)).links == {}
