"""`coproduction-bot run | check | backup | restore | stats | export | privacy | import | …`"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bot import logs
from bot.config import Settings, read_settings
from bot.errors import Invalid, Misconfigured, Unavailable
from bot.health import heartbeat_of, is_alive

CANNOT_START = 78  # EX_CONFIG of sysexits.h: trying again will not help
CANT_USE = 65  # EX_DATAERR: another file may do
TRY_AGAIN = 75  # EX_TEMPFAIL: whoever watches the process should start it again
ENOUGH = 141  # as shells say it: 128 and SIGPIPE
STOPPED = 130  # by Ctrl+C, as shells say it
DEMO_PORT = 8765


def main(argv: list[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    os.umask(0o077)  # the database holds people's answers: nobody else on the machine may read it
    try:
        settings = read_settings()
        logs.set_up(settings.log_level, settings.log_format)
        return int(options.does(settings, options) or 0)
    except Misconfigured as error:
        print(f"coproduction-bot can't {options.command}: {error}", file=sys.stderr)
        return CANNOT_START
    except Unavailable as error:
        print(f"coproduction-bot stops: {error} Start it again later.", file=sys.stderr)
        return TRY_AGAIN
    except Invalid as error:
        print(f"coproduction-bot can't use that: {error}", file=sys.stderr)
        return CANT_USE
    except BrokenPipeError:  # whoever read what we print has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ENOUGH
    except KeyboardInterrupt:
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coproduction-bot", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    for name, does, what in (
        ("run", _run, "run the bot until it is told to stop"),
        ("migrate", _migrate, "bring the database up to date, and exit"),
        ("health", _health, "exit with 0 if the running bot is connected, with 1 if not"),
    ):
        commands.add_parser(name, help=what, description=what).set_defaults(does=does)
    what = "read quotes out of a file"
    importing = commands.add_parser("import", help=what, description=what)
    importing.add_argument("collection", choices=["wisdom"], help="what the file holds")
    importing.add_argument("file", type=Path, help="a post, a transcript or a table")
    importing.add_argument("--network", type=int, help="the id of the server whose quotes they are")
    importing.add_argument("--keep-alike", action="store_true", help="also what nearly is there")
    importing.add_argument("--dry-run", action="store_true", help="show them, and change nothing")
    importing.add_argument("--json", action="store_true", help="for other programs")
    importing.set_defaults(does=_import)
    what = "say what is wrong with this machine or missing in a server, and exit"
    check = commands.add_parser("check", help=what, description=what)
    check.add_argument("--json", action="store_true", help="for programs")
    check.set_defaults(does=_check)
    what = "copy the database, also while the bot runs"
    backup = commands.add_parser("backup", help=what, description=what)
    backup.add_argument("file", type=Path, nargs="?", help="instead of one among the nightly ones")
    backup.set_defaults(does=_backup)
    what = "go on with a backup; what stood there before is put aside"
    restore = commands.add_parser("restore", help=what, description=what)
    restore.add_argument("file", type=Path)
    restore.add_argument("--key", type=Path, help="the file with the secret half of the age key")
    restore.set_defaults(does=_restore)
    what = "count what there is; never people, and nothing about fewer than five of them"
    stats = commands.add_parser("stats", help=what, description=what)
    stats.add_argument("--each", action="store_true", help="each network by itself")
    stats.add_argument("--json", action="store_true", help="for programs")
    stats.set_defaults(does=_stats)
    what = "write down all that is kept of one network, as JSON lines"
    export = commands.add_parser("export", help=what, description=what)
    export.add_argument("network", type=int, help="the id of its server")
    export.add_argument("file", type=Path)
    export.set_defaults(does=_export)
    what = "show, hand over or forget what is kept about one person"
    privacy = commands.add_parser("privacy", help=what, description=what)
    privacy.add_argument("do", choices=["show", "export", "forget"])
    privacy.add_argument("network", type=int, help="the id of the server")
    privacy.add_argument("whom", help="a person's Discord id; or a guest's number or name")
    privacy.add_argument("file", type=Path, nargs="?", help="where “export” writes to")
    privacy.add_argument("--guest", action="store_true", help="somebody without Discord")
    privacy.add_argument("--yes", action="store_true", help="“forget” cannot be undone: be sure")
    privacy.set_defaults(does=_privacy)
    demo = commands.add_parser("demo", help="the whole bot on a pretend Discord, in a browser")
    demo.add_argument("--port", type=int, default=DEMO_PORT, help="of the first page (%(default)s)")
    demo.set_defaults(does=_demo)
    return parser


# Each command imports what it needs: `health` runs every half minute and must stay light.


def _run(settings: Settings, _: argparse.Namespace) -> None:
    from bot.running import run

    run(settings)


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from bot.checking import as_json, as_text, machine, servers

    found, stopped = machine(settings), None
    try:
        found += asyncio.run(servers(settings))
    except (Misconfigured, Unavailable) as error:
        stopped = error
    if options.json:
        print(as_json(found, stopped))
    elif found or not stopped:
        print(as_text(found))
    if stopped:
        raise stopped
    return 1 if found else 0


def _stats(settings: Settings, options: argparse.Namespace) -> None:
    from bot.keeping.figures import as_json, as_text, every

    figures = every(settings.database, each=options.each)
    print(as_json(figures) if options.json else as_text(figures))


def _export(settings: Settings, options: argparse.Namespace) -> None:
    from bot.ids import NetworkId
    from bot.keeping.export import write

    lines = write(settings.database, NetworkId(options.network), options.file)
    print(f"{options.file} holds {lines} lines. They are people's answers: keep them safe.")


def _privacy(settings: Settings, options: argparse.Namespace) -> int:
    from bot import privacy
    from bot.ids import NetworkId

    network, whom, database = NetworkId(options.network), options.whom, settings.database
    if options.do == "show" or (options.do == "forget" and not options.yes):
        print(privacy.show(database, network, whom, is_guest=options.guest))
    if options.do == "export":
        if options.file is None:
            raise Invalid("Name the file that I am to write.")
        privacy.export(database, network, whom, options.file, is_guest=options.guest)
        print(f"{options.file} is written. Hand it to nobody but them, and delete it then.")
    if options.do == "forget":
        if not options.yes:
            print("\nForgetting this cannot be undone. To do it, add --yes.")
            return 1
        privacy.forget(database, network, whom, is_guest=options.guest)
        print("Forgotten. Start the bot again: its messages in Discord follow then.")
    return 0


def _migrate(settings: Settings, _: argparse.Namespace) -> None:
    from bot.clock import SystemClock
    from bot.keeping.migrating import migrate_safely
    from bot.keeping.shelf import Shelf
    from bot.storage.instance import only_copy

    with only_copy(settings.database):
        names = migrate_safely(Shelf.of(settings), SystemClock().now())
    print("\n".join(f"Applied {name}" for name in names) or "Nothing to do: already up to date.")


def _import(settings: Settings, options: argparse.Namespace) -> None:
    from bot.ids import NetworkId
    from bot.importing import Wish, import_wisdom

    wish = Wish(
        file=options.file,
        network_id=None if options.network is None else NetworkId(options.network),
        dry_run=options.dry_run,
        keep_alike=options.keep_alike,
        as_json=options.json,
    )
    import_wisdom(settings, wish)


def _backup(settings: Settings, options: argparse.Namespace) -> None:
    from bot.clock import SystemClock
    from bot.keeping.shelf import Shelf

    now = SystemClock().now()
    shelf = Shelf.of(settings)
    if options.file is None:
        file = shelf.put(now).file
    else:
        file = options.file
        shelf.write(file, now)
    print(f"{file} is made and whole.")


def _restore(settings: Settings, options: argparse.Namespace) -> None:
    from bot.restoring import restore, told

    done = restore(settings.database, options.file, key_file=options.key)
    print("\n".join(told(settings.database, done)))


def _health(settings: Settings, _: argparse.Namespace) -> int:
    return 0 if is_alive(heartbeat_of(settings.database)) else 1


def _demo(_: Settings, options: argparse.Namespace) -> int:
    try:
        from bot.demo.show import demo
    except ModuleNotFoundError as error:
        raise Misconfigured(
            f"The demo needs more packages ({error.name} is missing). “make demo” installs them, "
            "and so does: pip install 'coproduction-bot[demo]'"
        ) from error
    return demo(options.port)
