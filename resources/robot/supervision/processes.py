"""Processes: who descends from us, when one started, how to end them all. POSIX; Windows is in windows.py."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from typing import Callable

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
KILL_PATIENCE_SECONDS = 10.0


def become_subreaper() -> bool:
    """On Linux orphans of the run become our children, even those that made a session of their own."""
    if not sys.platform.startswith("linux"):
        return False
    return ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def end_with_parent() -> Callable[[], None] | None:
    """To be called in the child: if the supervisor is killed, Robot is told so by SIGHUP.

    Not by SIGTERM: Linux tells it once for every thread that dies with the supervisor, and at a second SIGTERM Robot
    leaves without a report. atn_stop.py makes one of them all.
    """
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def prepare() -> None:
        # Until Robot can keep what comes too early for it (atn_stop.py).
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGHUP})
        library.prctl(PR_SET_PDEATHSIG, signal.SIGHUP, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGHUP)

    return prepare


def start_ticks(pid: int) -> int | None:
    """Start of a process in clock ticks since boot: tells a process from a later one with the same id."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The name, in parentheses, may itself hold spaces and parentheses.
            return int(file.read().rpartition(b")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None


def parents() -> dict[int, int]:
    """Parent of every process, zombies left out."""
    if os.path.isdir("/proc/self"):
        return _parents_from_proc()
    listing = subprocess.run(["ps", "-axo", "pid=,ppid=,state="], capture_output=True, text=True, check=False)
    return parse_ps(listing.stdout)


def parse_ps(text: str) -> dict[int, int]:
    rows = (line.split() for line in text.splitlines())
    return {int(row[0]): int(row[1]) for row in rows if len(row) >= 3 and not row[2].startswith("Z")}


def _parents_from_proc() -> dict[int, int]:
    found = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        if fields[0] != b"Z":
            found[int(name)] = int(fields[1])
    return found


def descendants(root: int, table: dict[int, int], known: set[int]) -> set[int]:
    """Everything below `root`, and below what was known to be below it before its parent died."""
    children: dict[int, list[int]] = {}
    for pid, parent in table.items():
        children.setdefault(parent, []).append(pid)
    found: set[int] = set()
    waiting = [root, *(pid for pid in known if pid in table)]
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting.extend(children.get(pid, ()))
    found.discard(root)
    return found


class ProcessTree:
    """The descendants of the supervisor: Robot and what its libraries started."""

    def __init__(self) -> None:
        self._complete = become_subreaper()
        self._known: set[int] = set()

    def look(self) -> None:
        """Without a subreaper an orphan leaves our tree: remember who belonged to it."""
        if not self._complete:
            self._known = descendants(os.getpid(), parents(), self._known)

    def kill_all(self) -> int:
        """Kill until nobody is left, because what is killed may just have forked. Answers how many."""
        killed: set[int] = set()
        give_up_at = time.monotonic() + KILL_PATIENCE_SECONDS
        while time.monotonic() < give_up_at:
            targets = descendants(os.getpid(), parents(), self._known)
            if not targets:
                break
            for pid in targets:
                try:
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)
                except ProcessLookupError:
                    pass
            time.sleep(0.01)
        return len(killed)

    def adopt(self, _process: subprocess.Popen[bytes]) -> None:
        """Nothing to do here: descent is enough. A job object needs to be told."""

    def reap_orphans(self, robot: int) -> None:
        """Adopted processes that ended stay as zombies until somebody asks for their status."""
        if not self._complete:
            return
        for pid in _zombie_children(os.getpid()) - {robot}:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def _zombie_children(parent: int) -> set[int]:
    found = set()
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:
                continue
            if fields[0] == b"Z" and int(fields[1]) == parent:
                found.add(int(name))
    return found
