"""The process that reads one file: see `apart`. A line of JSON and the file in, lines out."""

import json
import sys
from typing import Any

from bot.errors import Invalid
from bot.wisdom.importing.apart import MEMORY, PATIENCE, TOO_HARD, told
from bot.wisdom.importing.doubles import Known
from bot.wisdom.importing.reading import read

_STEP = 50


def main() -> None:
    _limit()
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    kept = [Known(number, words) for number, words in asked["kept"]]
    try:
        _say(found=[told(each) for each in read(asked["name"], data, kept, _compared)])
    except Invalid as error:
        _say(refused=str(error))
    except MemoryError:
        _say(refused=TOO_HARD)


def _compared(done: int, of: int) -> None:
    if done % _STEP == 0 or (done == of and of > _STEP):
        _say(compared=(done, of))


def _say(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _limit() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # not a Unix: the time limit of the parent is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
