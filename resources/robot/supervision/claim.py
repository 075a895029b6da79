"""One supervisor a run, for ever: a harness that crashed while it started one may safely start another."""

from __future__ import annotations

import os
from typing import IO, Any

if os.name == "nt":
    import msvcrt
else:
    import fcntl

STARTED = ("supervisor.json", "exit.json")


def claim_run(run_dir: str) -> IO[Any] | None:
    """Hold the answer until the end. None: another supervisor has this run, or had it."""
    claim = open(os.path.join(run_dir, "claim"), "a", encoding="utf-8")  # noqa: SIM115
    try:
        # The system takes the lock back when its holder dies, however it dies.
        if os.name == "nt":
            msvcrt.locking(claim.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        claim.close()
        return None
    if any(os.path.exists(os.path.join(run_dir, name)) for name in STARTED):
        claim.close()
        return None
    return claim
