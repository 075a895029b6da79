"""Stopping Robot from within.

Where no signal reaches it from outside, on Windows, the supervisor writes the step of its ladder into the file named
by ATN_STOP_FILE; each new step is raised as the signal that Robot takes for Ctrl-C.

Robot listens for signals only while suites run. One that comes earlier would end it without any report, so it is kept
and raised again when the first suite starts. The death of the supervisor comes as SIGHUP, and is one stop however often
it is told.
"""

from __future__ import annotations

import signal
import threading
import time

POLL_SECONDS = 0.2
_early: list[int] = []
_orphaned = threading.Lock()


def keep_early_stops() -> None:
    """The supervisor starts us with these signals held back (supervision/processes.py): from here on they are heard."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: _early.append(number))
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, _on_supervisor_gone)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGHUP})


def _on_supervisor_gone(_number: int, _frame: object) -> None:
    if _orphaned.acquire(blocking=False):
        signal.raise_signal(signal.SIGTERM)


def pass_on_early_stop() -> None:
    """Once, for a second one would make Robot leave without a report."""
    if _early:
        number = _early[0]
        _early.clear()
        signal.raise_signal(number)


def watch_stop_file(path: str) -> None:
    threading.Thread(target=_watch, args=(path,), name="atn-stop", daemon=True).start()


def _watch(path: str) -> None:
    seen = b""
    while True:
        step = _read(path)
        if step not in (seen, b""):
            seen = step
            signal.raise_signal(signal.SIGINT)
        time.sleep(POLL_SECONDS)


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
