"""The metronome keeps time when duties fail: later, each for itself, and never in a rush."""

import itertools
from datetime import datetime, timedelta

from bot.clock import SystemClock
from bot.schedule import Duty, Metronome


class Failing:
    """A duty that is always due, and fails."""

    def __init__(self) -> None:
        self.runs = 0

    async def next_due(self) -> datetime:
        return SystemClock().now()

    async def run(self) -> None:
        self.runs += 1
        raise OSError("the disk is full")


class Quiet:
    """A duty that counts how often it was run."""

    def __init__(self) -> None:
        self.runs = 0

    async def next_due(self) -> None:
        return None

    async def run(self) -> None:
        self.runs += 1


def duty(of: Failing | Quiet) -> Duty:
    return Duty(next_due=of.next_due, run=of.run, sweep=of.run)


async def test_one_duty_that_fails_does_not_stop_the_others() -> None:
    failing, quiet = Failing(), Quiet()
    metronome = Metronome(SystemClock(), [duty(failing), duty(quiet)])

    await metronome.start()
    await metronome.stop()

    assert (failing.runs, quiet.runs) == (1, 1)


async def test_after_failures_it_waits_longer_each_time() -> None:
    failing = Failing()
    metronome = Metronome(SystemClock(), [duty(failing)])
    await metronome.start()
    waits = []
    for _ in range(3):
        await metronome._run_and_set_next()
        job = metronome._scheduler.get_job("next-due")
        assert job is not None
        waits.append(job.next_run_time - SystemClock().now())
    await metronome.stop()

    assert all(later > earlier for earlier, later in itertools.pairwise(waits))
    assert waits[0] > timedelta(seconds=3)


async def test_a_duty_that_is_well_again_is_run_when_it_is_due() -> None:
    failing = Failing()
    metronome = Metronome(SystemClock(), [duty(failing)])
    await metronome.start()
    await metronome._run_and_set_next()
    assert metronome._failures == 1

    async def works() -> None:
        failing.runs += 1

    metronome._duties = [Duty(next_due=failing.next_due, run=works, sweep=works)]
    await metronome._run_and_set_next()
    job = metronome._scheduler.get_job("next-due")
    await metronome.stop()

    assert metronome._failures == 0
    assert job is not None
    assert job.next_run_time - SystemClock().now() < timedelta(seconds=2)
