"""Run folders as the harness makes them, and ways to wait for what happens in them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable

import pytest

TOOLS = Path(__file__).parent.parent
PATIENCE = 60.0
sys.path.insert(0, str(TOOLS))


def wait_for(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    give_up_at = time.monotonic() + patience
    while time.monotonic() < give_up_at:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {patience} s for: {what}")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Run:
    def __init__(self, folder: Path, python: str) -> None:
        self.folder = folder
        self.python = python
        self.process: subprocess.Popen[bytes] | None = None
        (folder / "workspace").mkdir(parents=True)
        (folder / "output").mkdir()

    def suite(self, text: str, name: str = "suite.robot") -> Run:
        (self.folder / "workspace" / name).write_text(text, encoding="utf-8")
        return self

    def spec(self, **changes: Any) -> Path:
        arguments = self.folder / "workspace" / "arguments.txt"
        arguments.write_text(f"--outputdir\n{self.folder}/output\n--xunit\nxunit.xml\n", encoding="utf-8")
        content = {
            "schema": 1,
            "runId": "run",
            "python": self.python,
            "runDir": str(self.folder),
            "workspace": str(self.folder / "workspace"),
            "argumentFile": str(arguments),
            "sources": [str(self.folder / "workspace" / "suite.robot")],
            "environment": {},
            "timeLimitSeconds": None,
            "silenceLimitSeconds": None,
            "stopGraceSeconds": 30,
            "secondGraceSeconds": 10,
            **changes,
        }
        path = self.folder / "spec.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def start(self, **changes: Any) -> Run:
        how: dict[str, Any] = {"stdin": subprocess.DEVNULL, "start_new_session": True}
        how.update(changes.pop("popen", {}))
        command = [sys.executable, str(TOOLS / "supervisor.py"), str(self.spec(**changes))]
        self.process = subprocess.Popen(command, **how)
        return self

    def end(self, patience: float = PATIENCE) -> dict[str, Any]:
        """The last word of a run that ends by itself or was asked to."""
        assert self.process is not None
        self.process.wait(patience)
        return self.read("exit.json")

    def read(self, name: str) -> dict[str, Any]:
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def state(self) -> dict[str, Any]:
        with contextlib.suppress(FileNotFoundError):
            return self.read("supervisor.json")
        return {"state": "none", "stop": None, "robotPid": None}

    def stop(self, now: bool = False) -> None:
        request = {"requestedAt": int(time.time() * 1000), "by": "tester", "reason": "enough", "now": now}
        temporary = self.folder / "stop.json.tmp"
        temporary.write_text(json.dumps(request))
        os.replace(temporary, self.folder / "stop.json")

    def wait_for_mark(self, name: str) -> str:
        """Suites say how far they are by files in the workspace."""
        path = self.folder / "workspace" / name
        wait_for(lambda: path.exists() and path.read_text(), f"the suite to write {name}")
        return path.read_text().strip()

    def wait_for_record(self) -> None:
        wait_for(lambda: (self.folder / "record.db").exists(), "the record")
        wait_for(lambda: self.rows("PRAGMA user_version")[0][0] == 1, "the tables of the record")

    def wait_for_items(self, number: int) -> None:
        wait_for(lambda: self.rows("SELECT count(*) FROM item")[0][0] >= number, f"{number} items in the record")

    def rows(self, sql: str) -> list[Any]:
        connection = sqlite3.connect(self.folder / "record.db")
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def console(self) -> str:
        return (self.folder / "console.log").read_text(encoding="utf-8")

    def clear(self) -> None:
        """Nothing a test started outlives it."""
        for pid in (self.state().get("robotPid"), self.process.pid if self.process else None):
            if pid is not None and alive(pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if self.process:
            self.process.wait()


@pytest.fixture
def run(tmp_path: Path) -> Any:
    made = Run(tmp_path / "run", sys.executable)
    yield made
    made.clear()


@pytest.fixture(scope="session")
def old_robot(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python with the oldest Robot that is supported, made by our own maker of environments."""
    cache = Path(os.environ.get("ATN_CACHE") or Path.home() / ".cache" / "atn-workbench")
    command = [sys.executable, str(TOOLS / "environment.py"), "ensure"]
    command += ["--root", str(cache / "environments"), "--requirement", "robotframework==6.1.1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["ok"], answer
    return str(answer["python"])
