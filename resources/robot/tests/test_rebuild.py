from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from robot.api import ExecutionResult

from conftest import TOOLS, Run, wait_for
from test_listener import EVERYTHING, Facts

OUTPUTS = ["log.html", "output.xml", "report.html", "xunit.xml"]


def rebuild(run: Run, *options: str, code: int = 0) -> dict:
    words = [run.python, str(TOOLS / "rebuild.py"), str(run.folder), *options]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def facts(run: Run) -> Facts:
    found = Facts()
    ExecutionResult(run.folder / "output" / "output.xml").suite.visit(found)
    return found


def output(run: Run) -> list[str]:
    return sorted(os.listdir(run.folder / "output"))


@pytest.mark.parametrize("old", [False, True], ids=["newest Robot", "Robot 6.1.1"])
def test_what_the_record_gives_back_is_what_robot_wrote(run: Run, old: bool, request: pytest.FixtureRequest):
    if old:
        run.python = request.getfixturevalue("old_robot")
    run.suite(EVERYTHING).start().end()
    original = facts(run)
    (run.folder / "output" / "output.xml").write_bytes(b"")
    answer = rebuild(run)
    assert (answer["from"], sorted(answer["written"])) == ("record.db", OUTPUTS)
    rebuilt = facts(run)
    assert rebuilt.structure == original.structure
    assert rebuilt.keywords == original.keywords
    assert sorted(rebuilt.messages) == sorted(original.messages)
    suite = ExecutionResult(run.folder / "output" / "output.xml").suite
    assert "3 of 3 tests were started" in suite.metadata["Rebuilt from the run record"]
    assert suite.metadata["Version"] == "4"
    assert rebuild(run)["written"] == []


def test_a_killed_run_says_what_was_lost(run: Run):
    suite = """*** Test Cases ***
Done
    Log    fine
Interrupted
    Sleep    300 s
Never Started
    Log    x
"""
    run.suite(suite).start()
    run.wait_for_record()
    running = "SELECT 1 FROM item WHERE status IS NULL AND name = 'Sleep'"
    wait_for(lambda: run.rows(running), "the second test")
    os.kill(run.state()["robotPid"], signal.SIGKILL)
    run.end()
    assert rebuild(run)["from"] == "record.db"
    assert output(run) == OUTPUTS
    suite = ExecutionResult(run.folder / "output" / "output.xml").suite
    assert [(test.name, test.status) for test in suite.tests] == [("Done", "PASS"), ("Interrupted", "FAIL")]
    assert suite.tests[1].message == "Lost: the run ended before this did."
    assert "2 of 3 tests were started" in suite.metadata["Rebuilt from the run record"]


def test_text_that_breaks_robots_own_output(run: Run):
    suite = (
        "*** Test Cases ***\nOdd\n    Run Keyword And Ignore Error    Log    ${{chr(0xd800)}}\n    Log    ${{chr(1)}}\n"
    )
    outcome = run.suite(suite).start().end()
    assert outcome["exitCode"] == 252
    assert rebuild(run)["from"] == "record.db"
    assert output(run) == OUTPUTS
    assert ("INFO", "\\ud800") in facts(run).messages


def test_only_what_is_missing_is_made(run: Run):
    run.suite(EVERYTHING).start().end()
    before = (run.folder / "output" / "output.xml").read_bytes()
    (run.folder / "output" / "log.html").unlink()
    answer = rebuild(run)
    assert (answer["from"], answer["written"]) == ("output.xml", ["log.html"])
    assert (run.folder / "output" / "output.xml").read_bytes() == before


def test_a_log_too_large_is_not_made(run: Run):
    run.suite("*** Test Cases ***\nOne\n    Log    x\n").start().end()
    connection = sqlite3.connect(run.folder / "record.db")
    rows = ((number, 3, 0, 2, 0, "x") for number in range(10, 400_100))
    connection.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    (run.folder / "output" / "log.html").unlink()
    answer = rebuild(run, "--force")
    assert sorted(answer["written"]) == ["output.xml", "report.html", "xunit.xml"]
    assert "400000" in answer["skipped"]["log.html"]
    assert output(run) == ["output.xml", "report.html", "xunit.xml"]


@pytest.mark.parametrize("content", [None, b"", b"no database at all"])
def test_a_run_that_left_nothing(tmp_path: Path, content: bytes | None):
    run = Run(tmp_path / "run", sys.executable)
    if content is not None:
        (run.folder / "record.db").write_bytes(content)
    answer = rebuild(run, code=1)
    assert answer["ok"] is False
    assert "run record" in answer["error"]
    assert output(run) == []
