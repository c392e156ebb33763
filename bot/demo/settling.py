"""How the pretend Discord notices that the bot is idle, sooner and more cheaply than simcord does.

simcord looks at every task and every timer whenever anything has ended, and compares each with
each. A bot that keeps many things true has a sleeping task for every one of them, and what wakes
a sleeper can be seen on the sleeper itself.

simcord is pinned to the release whose private names these are; tests/test_simulator.py notices
when one of them has gone.
"""

import asyncio
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, cast

import simcord
from simcord import _dpy_internals, _settlement

_WAITS: set[CodeType] = {
    function.__code__
    for function in (
        asyncio.Lock.acquire,
        asyncio.Semaphore.acquire,
        asyncio.Event.wait,
        asyncio.Condition.wait,
        asyncio.Queue.get,
    )
}
_SLEEP = asyncio.sleep.__code__

_IDLE = 0.001
"""Seconds between two looks at work that has not ended."""

_park_reason = _settlement._park_reason
_recognized_wait = _settlement._recognized_wait
_timer_records_waking = _settlement._timer_records_waking
_is_sleep_waiter = _dpy_internals.is_sleep_waiter


def settle_quickly() -> None:
    """Let simcord notice sooner that the bot is idle.

    A task that waits for a lock is; so is one that sleeps, whose sleep then ends by virtual
    time alone, however short it is.
    """
    cast("dict[str, Any]", simcord.Env._settle_internal.__kwdefaults__)["idle"] = _IDLE
    _settlement._park_reason = _park_reason_quickly
    _settlement._recognized_wait = _recognized_wait_quickly
    _settlement._timer_records_waking = _timer_records_quickly
    _dpy_internals.is_sleep_waiter = _never


def _park_reason_quickly(self: Any, task: Any, deadline: float, seen: Any = None) -> str | None:
    waiter = task._fut_waiter
    if waiter is not None and not waiter.done():
        frame = _innermost(task)
        if frame is not None and frame.f_code in _WAITS:
            return "asyncio primitive"
        if frame is not None and frame.f_code is _SLEEP:
            timer = _timer_of(frame)
            if timer is not None:
                return "sleep" if timer.when() > self.virtual_time else None
            if _is_sleep_waiter(waiter, self.loop, deadline):
                return "sleep in real time"
    return _park_reason(self, task, deadline, seen)


def _never(*_: Any) -> bool:
    """Whether a task sleeps in real time has been seen before simcord asks."""
    return False


def _recognized_wait_quickly(self: Any, task: Any, waiter: Any) -> bool:
    frame = _innermost(task)
    return (frame is not None and frame.f_code is _SLEEP) or _recognized_wait(self, task, waiter)


def _timer_records_quickly(self: Any, task: Any, waiter: Any) -> list[Any]:
    frame = _innermost(task)
    timer = _timer_of(frame) if frame is not None and frame.f_code is _SLEEP else None
    if timer is None:
        return _timer_records_waking(self, task, waiter)
    if timer.cancelled() or timer.when() <= self.virtual_time:
        return []
    return [record for record in self.work.callbacks if record.handle is timer]


def _timer_of(sleep: FrameType) -> asyncio.TimerHandle | None:
    """What will wake a sleeper by virtual time; None for one that sleeps in real time."""
    timer = sleep.f_locals.get("h")
    woken: Callable[..., None] | None = getattr(timer, "_callback", None)
    return timer if hasattr(woken, "__simcord_original_callback__") else None


def _innermost(task: Any) -> FrameType | None:
    """Where a task waits: the last of the coroutines that wait for each other."""
    coroutine, innermost = task.get_coro(), None
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "ag_frame", None)
        if frame is None:
            break
        innermost = frame
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)
    return innermost
