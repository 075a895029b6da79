"""The life of one supervised Robot: started, watched, stopped by the ladder, its process tree ended."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from typing import Any

from supervision import ladder
from supervision.files import complain, now_ms, read_json, remove, write_json
from supervision.processes import end_with_parent, start_ticks
from supervision.run import Spec, command, environment

if os.name == "nt":
    from supervision.windows import ProcessTree
else:
    from supervision.processes import ProcessTree

POLL_SECONDS = 0.1
HEARTBEAT_SECONDS = 1.0


class Supervision:
    def __init__(self, spec: Spec, secrets: bytes) -> None:
        self.spec = spec
        self.secrets = secrets
        self.ladder = ladder.Ladder(spec.grace, spec.second_grace)
        self.state = "starting"
        self.limit: str | None = None
        self.killed = 0
        self.started_at = now_ms()
        self.process: subprocess.Popen[bytes] | None = None
        self.tree = ProcessTree()
        self.changed = threading.Event()
        self._started = time.monotonic()
        self._last_beat = 0.0
        self._last_sign_of_life = (self._started, 0, 0)
        self._ticks = start_ticks(os.getpid())

    def start(self) -> None:
        """Raises OSError when there is no such Python or it cannot be run."""
        remove(self.spec.path("stop-signal"))
        self.beat()
        with open(self.spec.path("console.log"), "ab") as console:
            # Robot writes to the file itself: no byte depends on this process staying alive.
            self.process = subprocess.Popen(
                command(self.spec),
                cwd=self.spec.working_directory,
                env=environment(self.spec),
                stdin=subprocess.PIPE if self.spec.secrets_pipe else subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_parent(),
            )
        self.tree.adopt(self.process)
        self._hand_over_secrets()
        self.state = "running"
        self._started = time.monotonic()
        self.beat()
        threading.Thread(target=self._wait, daemon=True).start()

    def _hand_over_secrets(self) -> None:
        """In a thread: a pipe holds 64 KB, and Robot may end without ever reading it."""
        process = self.process
        if process is None or process.stdin is None:
            return
        pipe, secrets = process.stdin, self.secrets
        self.secrets = b""

        def write() -> None:
            try:
                pipe.write(secrets)
                pipe.close()
            except OSError:
                pass

        threading.Thread(target=write, daemon=True).start()

    def _wait(self) -> None:
        assert self.process is not None
        self.process.wait()
        self.changed.set()

    def ask_to_stop(self, by: str, reason: str, at_once: bool = False) -> None:
        self.ladder.ask(ladder.StopRequest(now_ms(), by, reason, at_once))
        self.state = "stopping"

    def watch(self) -> None:
        """Until Robot has ended. Wakes at once for its end, every 100 ms for all else."""
        assert self.process is not None
        while self.process.poll() is None:
            self._look_for_stop_file()
            self._look_at_limits()
            self._climb()
            self._beat_when_due()
            self.changed.wait(POLL_SECONDS)
            if self.process.poll() is None:
                self.changed.clear()

    def end_tree(self) -> None:
        """Robot is gone; what its libraries left running goes too, whatever session it is in."""
        self.killed += self.tree.kill_all()

    def _look_for_stop_file(self) -> None:
        request = read_json(self.spec.path("stop.json"))
        if request is None:
            return
        by, reason = str(request.get("by", "")), str(request.get("reason", ""))
        at_once = bool(request.get("now"))
        if self.ladder.request is None or (at_once and not self.ladder.request.at_once):
            requested_at = request.get("requestedAt")
            moment = requested_at if isinstance(requested_at, int) else now_ms()
            self.ladder.ask(ladder.StopRequest(moment, by, reason, at_once))
            self.state = "stopping"

    def _look_at_limits(self) -> None:
        if self.ladder.request is not None:
            return
        now, spec = time.monotonic(), self.spec
        if spec.time_limit is not None and now - self._started >= spec.time_limit:
            self._limit_reached("timeLimit", f"The time limit of {spec.time_limit:g} s is reached.")
        elif spec.silence_limit is not None and now - self._last_sound(now) >= spec.silence_limit:
            self._limit_reached("silenceLimit", f"Nothing was heard for {spec.silence_limit:g} s.")

    def _limit_reached(self, limit: str, reason: str) -> None:
        self.limit = limit
        self.ask_to_stop("supervisor", reason)

    def _last_sound(self, now: float) -> float:
        """When the console or the record last grew."""
        moment, console, record = self._last_sign_of_life
        sizes = _size(self.spec.path("console.log")), _stamp(self.spec.path("record.db-wal"))
        if sizes != (console, record):
            moment = now
            self._last_sign_of_life = (now, *sizes)
        return max(moment, self._started)

    def _climb(self) -> None:
        step = self.ladder.due(time.monotonic())
        if step is None:
            return
        if step == ladder.KILLING:
            self.beat()
            self.killed += self.tree.kill_all()
        else:
            self._ask_robot(step)
        self.beat()

    def _ask_robot(self, step: str) -> None:
        assert self.process is not None
        if os.name == "nt":
            # No signal reaches another process there: the listener watches this file and raises it from within.
            write_json(self.spec.path("stop-signal"), {"step": step})
        else:
            self.process.send_signal(signal.SIGTERM)

    def _beat_when_due(self) -> None:
        now = time.monotonic()
        if now - self._last_beat >= HEARTBEAT_SECONDS:
            self.tree.look()
            self.tree.reap_orphans(self.process.pid if self.process else 0)
            self.beat()

    def beat(self) -> None:
        self._last_beat = time.monotonic()
        try:
            write_json(self.spec.path("supervisor.json"), self._shown())
        except OSError as error:
            # A full disk must not end the supervision; the next beat tries again.
            complain(f"supervisor.json: {error}")

    def _shown(self) -> dict[str, Any]:
        wall = now_ms()
        return {
            "schema": 1,
            "pid": os.getpid(),
            "startTicks": self._ticks,
            "startedAt": self.started_at,
            "state": self.state,
            "robotPid": self.process.pid if self.process else None,
            "robotStartTicks": start_ticks(self.process.pid) if self.process else None,
            "heartbeatAt": wall,
            "stop": self.ladder.shown(time.monotonic(), wall),
            "limit": self.limit,
        }


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _stamp(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0
