"""The lobby: a page of links to every channel, and of what the channels' pages can't do."""

from dataclasses import dataclass
from datetime import timedelta
from importlib import resources

import discord
import jinja2
import simcord
from aiohttp import web

from bot.clock import spoken
from bot.demo import backstage, menus
from bot.demo.door import guarded
from bot.demo.pages import Pages
from bot.demo.passing import Passing
from bot.demo.stage import Stage
from bot.demo.world import TO_TRY, ZONE, World

MOST_LOOKS = 20
"""Of the bot at what may be due, before we say that nothing is."""
SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
STATUS = {1: "planned", 2: "under way", 3: "over", 4: "cancelled"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the last press did, with a link to where it can be seen."""

    words: str
    link: str = ""


class Lobby:
    def __init__(self, stage: Stage, world: World, pages: Pages, passing: Passing) -> None:
        self._stage = stage
        self._world = world
        self._pages = pages
        self._passing = passing
        self._said: Said | None = None
        templates = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        self._template = templates.from_string(_file("lobby.html.jinja"))
        self._style = _file("lobby.css")

    def app(self, token: str, port: int) -> web.Application:
        app = web.Application(middlewares=[guarded(token, port)])
        app.add_routes(
            [
                web.get("/", self._show),
                web.get("/lobby.css", self._stylesheet),
                web.get(r"/open/{channel:\d{1,20}}", self._open),
                web.post("/skip", self._skip),
                web.post("/restart", self._restart),
                web.post("/menu", self._use_menu),
            ]
        )
        return app

    async def _show(self, _: web.Request) -> web.Response:
        said, self._said = self._said, None
        text = self._template.render(
            said=said,
            to_try=TO_TRY,
            name=self._world.server.name,
            now=spoken(self._stage.env.now(), ZONE),
            rooms=self._pages.rooms(),
            people=self._people(),
            events=self._events(),
            menus=menus.names(self._stage.bot),
            messages=menus.recent_messages(self._stage.env),
        )
        return web.Response(text=text, content_type="text/html")

    async def _stylesheet(self, _: web.Request) -> web.Response:
        return web.Response(text=self._style, content_type="text/css")

    async def _open(self, request: web.Request) -> web.Response:
        person = request.query.get("as", "")
        first = int(person) if person.isascii() and person.isdecimal() else None
        url = await self._pages.open(int(request.match_info["channel"]), first)
        if url is None:
            return web.Response(status=404, text="There is no such channel, or it is gone.\n")
        raise web.HTTPSeeOther(url)

    async def _skip(self, request: web.Request) -> web.Response:
        span = (await request.post()).get("span")
        if span == "reminder":
            self._said = await self._to_next_reminder()
        elif isinstance(span, str) and span in SPANS:
            await self._passing.skip(SPANS[span])
            self._said = Said(f"A{'n' * (span == 'hour')} {span} has passed.")
        raise web.HTTPSeeOther("/")

    async def _to_next_reminder(self) -> Said:
        services = self._stage.bot.services
        rung: list[None] = []
        stop_listening = services.notices.owed.listen(rung.append)
        try:
            # Not every look finds somebody to remind.
            for _ in range(MOST_LOOKS):
                owed, look = await services.notices.next_due(), await services.reminders.next_due()
                due = min((each for each in (owed, look) if each is not None), default=None)
                if due is None:
                    break
                # A second more, so that it has been sent when the page is shown.
                now = self._stage.env.now()
                await self._passing.skip(max(due - now, timedelta(0)) + timedelta(seconds=1))
                if rung or due == owed:
                    return Said(f"It is {spoken(due, ZONE)}: what was due then has been sent.")
        finally:
            stop_listening()
        return Said(
            "The bot owes nobody a reminder or a message any more. Plan a conversation, sign "
            "somebody up, or free a place that others wait for."
        )

    async def _restart(self, _: web.Request) -> web.Response:
        await self._stage.restart()
        await self._passing.skip(timedelta(0))
        self._said = Said(
            "The bot was stopped and started again. Everything it knows was read back from its "
            "database, and old buttons go on working."
        )
        raise web.HTTPSeeOther("/")

    async def _use_menu(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = [str(form.get(part, "")) for part in ("menu", "message", "person")]
        self._said = await self._used(*asked)
        raise web.HTTPSeeOther("/")

    async def _used(self, menu: str, place: str, person: str) -> Said:
        member = self._world.people.get(person)
        message = menus.find(self._stage.env, place)
        if member is None or message is None or menu not in menus.names(self._stage.bot):
            return Said("Please choose a menu, a message and a person.")
        async with self._stage.turns:
            try:
                result = await menus.use(self._stage.env, member, menu, message)
            except simcord.SetupError as error:
                return Said(f"{person} can't do that: {error}")
            await self._pages.show(message.channel_id, result, member.id)
        return Said(f"{person} chose “{menu}”.", link=f"/open/{message.channel_id}?as={member.id}")

    def _people(self) -> list[tuple[str, str, str]]:
        """Everybody's name, roles, and what else is particular about them."""
        people: list[tuple[str, str, str]] = []
        for name, member in self._world.people.items():
            roles = backstage.role_names(self._stage.env, member)
            note = self._world.notes.get(name, "")
            told = note.capitalize() in roles
            people.append((name, ", ".join(roles) or "none", "" if told else note))
        return people

    def _events(self) -> list[tuple[str, str, str]]:
        return [
            (
                event.name,
                spoken(discord.utils.parse_time(event.scheduled_start_time), ZONE),
                STATUS.get(event.status, ""),
            )
            for event in backstage.scheduled_events(self._stage.env)
        ]


def _file(name: str) -> str:
    return resources.files("bot.demo").joinpath(name).read_text("utf-8")
