"""What people do with a network's settings. One method is one use, and one transaction."""

from collections.abc import Collection, Mapping, Sequence

from bot.bell import Bell
from bot.errors import Invalid
from bot.ids import ChannelId, NetworkId, RoleId
from bot.network import model, store
from bot.network.model import ChannelUse, Duty, LinkTo, Network, ReminderWay
from bot.people import Person
from bot.storage.database import Database, Transaction

_TO_DO = "change what is set up here"


class Networks:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[NetworkId, Network] = {}
        self._choices = 0  # made since the start
        self.changed: Bell[NetworkId] = Bell()
        """Rung when something was chosen: cards may have a new home, or another time zone."""

    async def get(self, network_id: NetworkId) -> Network:
        """What was chosen, or the defaults where nobody has chosen anything.

        Kept in memory until somebody chooses something else: every press needs it, and must
        not wait behind a long read.
        """
        if (known := self._known.get(network_id)) is not None:
            return known
        choices = self._choices
        network = await store.find(self._db, network_id) or Network(id=network_id)
        if choices == self._choices:  # or it may have been read before the last choice
            self._known[network_id] = network
        return network

    async def must_exist(self, tx: Transaction, network_id: NetworkId) -> None:
        """For the transactions of other features, before they hang a row on a network."""
        await store.ensure(tx, network_id)

    async def choose_time_zone(self, typed: str, *, by: Person) -> str:
        by.must_manage_network(_TO_DO)
        name = model.time_zone(typed)
        async with self._db.write() as tx:
            await self._open(tx, by.network_id)
            await store.set_time_zone(tx, by.network_id, name)
        return name

    async def choose_channel(
        self, used_for: ChannelUse, channel_id: ChannelId, *, by: Person
    ) -> None:
        """*channel_id* must be one of this network's channels: the edge has looked."""
        by.must_manage_network(_TO_DO)
        async with self._db.write() as tx:
            await self._open(tx, by.network_id)
            await store.set_channel(tx, by.network_id, used_for, channel_id)

    async def choose_role(self, duty: Duty, role_id: RoleId, *, by: Person) -> None:
        """*role_id* must be one of this network's roles: the edge has looked."""
        by.must_manage_network(_TO_DO)
        async with self._db.write() as tx:
            await self._open(tx, by.network_id)
            await store.set_role(tx, by.network_id, duty, role_id)

    async def choose_attendee_role(self, role_id: RoleId | None, *, by: Person) -> None:
        """Whoever is coming carries it. None: nobody does. The edge has looked that it is one
        of this network's roles, and gives no powers.

        Raises:
            Invalid: it is the organisers' or moderators' role, which nobody gets by signing up.
        """
        by.must_manage_network(_TO_DO)
        if role_id is not None and role_id in (await self.get(by.network_id)).roles.values():
            raise Invalid(
                "That is the role of organisers or moderators. Please choose one for everybody "
                "who is coming."
            )
        async with self._db.write() as tx:
            await self._open(tx, by.network_id)
            if role_id is None:
                await store.drop_attendee_role(tx, by.network_id)
            else:
                await store.set_attendee_role(tx, by.network_id, role_id)

    async def with_attendee_role(self) -> Sequence[NetworkId]:
        """The networks that have chosen one."""
        return await store.with_attendee_role(self._db)

    async def choose_links(self, typed: Mapping[LinkTo, str], *, by: Person) -> None:
        """Set every link in *typed*; an empty one is taken away. All of them, or none."""
        by.must_manage_network(_TO_DO)
        addresses = {leads_to: model.link(text, leads_to) for leads_to, text in typed.items()}
        async with self._db.write() as tx:
            await self._open(tx, by.network_id)
            for leads_to, address in addresses.items():
                if address is None:
                    await store.drop_link(tx, by.network_id, leads_to)
                else:
                    await store.set_link(tx, by.network_id, leads_to, address)

    async def choose_reminders(
        self, chosen: Mapping[ReminderWay, Collection[int]], *, by: Person
    ) -> None:
        """Minutes before the start, for each way in *chosen*. None at all is a choice too."""
        by.must_manage_network(_TO_DO)
        times = {way: model.reminder_times(minutes) for way, minutes in chosen.items()}
        async with self._db.write() as tx:
            await self._open(tx, by.network_id)
            for way, minutes in times.items():
                await store.set_reminders(tx, by.network_id, way, minutes)

    async def _open(self, tx: Transaction, network_id: NetworkId) -> None:
        await store.ensure(tx, network_id)
        tx.after_commit(lambda: self._has_changed(network_id))

    def _has_changed(self, network_id: NetworkId) -> None:
        self._choices += 1
        self._known.pop(network_id, None)
        self.changed.ring(network_id)
