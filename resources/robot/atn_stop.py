"""Stops Robot from within where no signal reaches it from outside: on Windows.

The supervisor writes the step of its ladder into the file named by ATN_STOP_FILE; each new step is raised as the
signal that Robot takes for Ctrl-C.
"""

from __future__ import annotations

import signal
import threading
import time

POLL_SECONDS = 0.2


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
