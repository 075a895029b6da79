"""Supervises one Robot Framework run: `python supervisor.py RUNDIR/spec.json`.

Started detached by the harness and independent of it from then on. It starts Robot with the recording
listener, writes supervisor.json on every change and every second, obeys stop.json and the limits of the
run, ends every process the run left behind, and writes exit.json last of all. README.md describes the files.
Robot starts when all that is imported here has been: what only the end needs is imported there.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Any

from supervision.claim import claim_run
from supervision.files import complain, make_reserve, now_ms, read_json, write_last_word
from supervision.run import Spec, SpecError, parse_spec
from supervision.supervision import Supervision


def become_independent() -> None:
    """A session of our own and three open descriptors, whatever the harness left us with."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if hasattr(os, "setsid"):
        with contextlib.suppress(PermissionError):  # already the leader of a session
            os.setsid()
    if hasattr(signal, "SIGHUP"):
        # A handler, not SIG_IGN: being ignored would be inherited by Robot and its children.
        signal.signal(signal.SIGHUP, lambda *_: None)


def read_secrets(spec: Spec) -> bytes:
    if not spec.secrets_pipe:
        return b""
    secrets = sys.stdin.buffer.read()
    if not secrets:
        raise SpecError("The secrets of this run did not arrive: the workbench ended while it started the run.")
    return secrets


def run(spec: Spec) -> dict[str, Any]:
    supervision = Supervision(spec, read_secrets(spec))

    def on_signal(number: int, _frame: object) -> None:
        supervision.ask_to_stop("signal", f"The supervisor received {signal.Signals(number).name}.")
        supervision.changed.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    error = None
    try:
        supervision.start()
    except OSError as problem:
        error = f"{spec.python} cannot be started: {problem.strerror or problem}."
    else:
        supervision.watch()
    supervision.end_tree()
    seal_record(spec)
    supervision.state = "ended"
    supervision.beat()
    return outcome(supervision, error)


def outcome(supervision: Supervision, error: str | None) -> dict[str, Any]:
    process, stop = supervision.process, supervision.ladder.request
    code = process.returncode if process else None
    start_error = read_json(supervision.spec.path("start-error.json"))
    if start_error is not None:
        error = str(start_error.get("message"))
    how = "exited"
    if error is not None:
        how = "startFailed"
    elif stop is not None:
        how = supervision.limit or "stopped"
    return {
        "schema": 1,
        "endedAt": now_ms(),
        "exitCode": code if code is not None and code >= 0 else None,
        "signal": signal.Signals(-code).name if code is not None and code < 0 else None,
        "how": how,
        "stopRequestedAt": stop.requested_at if stop else None,
        "stopStep": supervision.ladder.step,
        "killedProcesses": supervision.killed,
        "error": error,
        "recordRows": record_rows(supervision.spec),
    }


def seal_record(spec: Spec) -> None:
    """After a kill the last batches are in the -wal file: bring them home, unless a reader is in the way."""
    path = spec.path("record.db")
    if not os.path.exists(f"{path}-wal"):
        return
    import sqlite3

    try:
        connection = sqlite3.connect(path, timeout=0.5)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
    except sqlite3.Error as error:
        complain(f"record.db: {error}")


def record_rows(spec: Spec) -> int | None:
    path = spec.path("record.db")
    if not os.path.exists(path):
        return None
    import sqlite3

    try:
        connection = sqlite3.connect(path, timeout=0.5)
        (rows,) = connection.execute("SELECT count(*) FROM item").fetchone()
        connection.close()
    except sqlite3.Error:
        return None
    return int(rows)


def failed_before_start(error: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("exitCode", "signal", "stopRequestedAt", "stopStep", "recordRows"))
    return {
        "schema": 1,
        "endedAt": now_ms(),
        **nothing,
        "how": "startFailed",
        "killedProcesses": 0,
        "error": error,
    }


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit("Usage: python supervisor.py RUNDIR/spec.json")
    spec_path = os.path.abspath(sys.argv[1])
    run_dir = os.path.dirname(spec_path)
    become_independent()
    claim = claim_run(run_dir)
    if claim is None:
        complain("Another supervisor has this run: nothing was done.")
        return 0
    reserve = os.path.join(run_dir, "exit.reserve")
    problem = make_reserve(reserve)
    try:
        if problem is not None:
            raise SpecError(f"The run folder {run_dir} cannot be written: {problem}.")
        result = run(parse_spec(read_json(spec_path), run_dir))
    except SpecError as error:
        result = failed_before_start(str(error))
    return 0 if write_last_word(os.path.join(run_dir, "exit.json"), result, reserve) else 1


if __name__ == "__main__":
    sys.exit(main())
