"""`coproduction-bot run | check | migrate | import | demo | health`"""

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
        logs.set_up(settings.log_level)
        return int(options.does(settings, options) or 0)
    except Misconfigured as error:
        print(f"coproduction-bot can't start: {error}", file=sys.stderr)
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
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, does, what in (
        ("run", _run, "run the bot until it is told to stop"),
        ("check", _check, "say what is missing in each server, and exit"),
        ("migrate", _migrate, "bring the database up to date, and exit"),
        ("health", _health, "exit with 0 if the running bot is connected, with 1 if not"),
    ):
        commands.add_parser(name, help=what, description=what).set_defaults(does=does)
    what = "read quotes out of a file"
    importing = commands.add_parser("import", help=what, description=what)
    importing.add_argument("collection", choices=["wisdom"], help="what the file holds")
    importing.add_argument("file", type=Path, help="a post, a transcript or a table")
    importing.add_argument("--dry-run", action="store_true", help="show them, and change nothing")
    importing.add_argument("--json", action="store_true", help="for other programs")
    importing.set_defaults(does=_import)
    demo = commands.add_parser("demo", help="the whole bot on a pretend Discord, in a browser")
    demo.add_argument("--port", type=int, default=DEMO_PORT, help="of the first page (%(default)s)")
    demo.set_defaults(does=_demo)
    return parser


# Each command imports what it needs: `health` runs every half minute and must stay light.


def _run(settings: Settings, _: argparse.Namespace) -> None:
    from bot.running import run

    run(settings)


def _check(settings: Settings, _: argparse.Namespace) -> int:
    from bot.checking import check

    lines = asyncio.run(check(settings))
    print("\n".join(lines) or "Everything the bot needs is there.")
    return 1 if lines else 0


def _migrate(settings: Settings, _: argparse.Namespace) -> None:
    from bot.storage.instance import only_copy
    from bot.storage.migrate import migrate

    with only_copy(settings.database):
        names = migrate(settings.database)
    print("\n".join(f"Applied {name}" for name in names) or "Nothing to do: already up to date.")


def _import(settings: Settings, options: argparse.Namespace) -> None:
    from bot.importing import import_wisdom

    import_wisdom(settings, options.file, dry_run=options.dry_run, as_json=options.json)


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
