from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from robot.api import ExecutionResult, ResultVisitor

from conftest import PATIENCE, TOOLS, Run, wait_for

EVERYTHING = """
*** Settings ***
Metadata    Version    4
Suite Setup    Log    set-up
Suite Teardown    Log    tear-down
Test Tags    all
*** Test Cases ***
Structures
    [Documentation]    Every control structure.
    [Tags]    own
    FOR    ${x}    IN    1    2
        IF    ${x} == 1
            Log    one
        ELSE
            Log    other    WARN
        END
        CONTINUE
    END
    TRY
        Fail    caught
    EXCEPT    caught
        No Operation
    FINALLY
        No Operation
    END
    ${n}    Set Variable    ${0}
    WHILE    ${n} < 2
        ${n}    Evaluate    $n + 1
        IF    $n == 2    BREAK
    END
    ${value}    Own Keyword    argument
Fails
    [Setup]    Log    test set-up
    Own Keyword    x
    Should Be Equal    1    2
    Log    not run
    [Teardown]    Log    test tear-down
Skips
    Skip    because
*** Keywords ***
Own Keyword
    [Arguments]    ${argument}
    [Tags]    keyword-tag
    RETURN    ${argument}
"""
KINDS = {"KEYWORD": 2, "SETUP": 3, "TEARDOWN": 4}


class Facts(ResultVisitor):
    """What Robot's own output.xml says, in the order of the record."""

    def __init__(self) -> None:
        self.structure: list[tuple[str, str, str]] = []
        self.keywords: list[tuple[int, str, str, str]] = []
        self.messages: list[tuple[str, str]] = []

    def start_suite(self, suite):
        self.structure.append((suite.id, suite.name, suite.status))

    def start_test(self, test):
        self.structure.append((test.id, test.name, test.status))

    def start_keyword(self, keyword):
        if keyword.type in KINDS:
            owner = getattr(keyword, "owner", None) or getattr(keyword, "libname", None)
            self.keywords.append((KINDS[keyword.type], keyword.name.split(".")[-1], owner or "", keyword.status))

    def visit_message(self, message):
        self.messages.append((message.level, message.message))


def record_facts(run: Run) -> Facts:
    facts = Facts()
    statuses = ["PASS", "FAIL", "SKIP", "NOT RUN"]
    levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FAIL", "CONSOLE", "SKIP"]
    for row in run.rows("SELECT * FROM item ORDER BY id"):
        status = statuses[row["status"]]
        if row["kind"] < 2:
            facts.structure.append((row["robotId"], row["name"], status))
        elif row["kind"] < 5:
            facts.keywords.append((row["kind"], row["name"], row["owner"] or "", status))
    rows = run.rows("SELECT * FROM message WHERE item IS NOT NULL ORDER BY id")
    facts.messages = [(levels[row["level"]], row["text"]) for row in rows]
    return facts


@pytest.mark.parametrize("old", [False, True], ids=["newest Robot", "Robot 6.1.1"])
def test_the_record_says_what_output_xml_says(run: Run, old: bool, request: pytest.FixtureRequest):
    if old:
        run.python = request.getfixturevalue("old_robot")
    outcome = run.suite(EVERYTHING).start().end()
    assert outcome["exitCode"] == 1, run.console()
    expected = Facts()
    ExecutionResult(run.folder / "output" / "output.xml").suite.visit(expected)
    found = record_facts(run)
    assert found.structure == expected.structure
    assert found.keywords == expected.keywords
    assert found.messages == expected.messages
    assert len(found.keywords) > 15
    assert [row["text"] for row in run.rows("SELECT text FROM message WHERE item IS NULL")] == ["other"]


def test_rows_hold_what_a_view_shows(run: Run):
    run.suite(EVERYTHING).start().end()
    by_name = {row["name"]: row for row in run.rows("SELECT * FROM item ORDER BY id DESC")}
    assert json.loads(by_name["Structures"]["tags"]) == ["all", "own"]
    assert by_name["Structures"]["doc"] == "Every control structure."
    assert by_name["Structures"]["line"] == 8
    assert json.loads(by_name["Evaluate"]["args"]) == ["$n + 1"]
    assert json.loads(by_name["Evaluate"]["assign"]) == ["${n}"]
    assert json.loads(by_name["Own Keyword"]["tags"]) == ["keyword-tag"]
    assert by_name["Should Be Equal"]["message"] == "1 != 2"
    assert by_name["Suite"]["tests"] == 3
    assert all(row["elapsed"] >= 0 for row in by_name.values())
    meta = dict(run.rows("SELECT key, value FROM meta"))
    assert (meta["schema"], meta["closed"], meta["totalTests"]) == ("1", "1", "3")
    assert json.loads(meta["metadata:1"]) == {"Version": "4"}


def test_control_structures_have_names_and_kinds(run: Run):
    run.suite(EVERYTHING).start().end()
    found = {(row["kind"], row["name"]) for row in run.rows("SELECT kind, name FROM item WHERE kind > 4")}
    assert found == {
        (5, "FOR    ${x}    IN    1    2"),
        (6, "${x} = 1"),
        (6, "${x} = 2"),
        (7, "IF/ELSE"),
        (8, "IF    ${x} == 1"),
        (8, "ELSE"),
        (8, "IF    $n == 2"),
        (9, "TRY/EXCEPT"),
        (10, "TRY"),
        (10, "EXCEPT    caught"),
        (10, "FINALLY"),
        (11, "WHILE    ${n} < 2"),
        (12, ""),
        (14, "RETURN    ${argument}"),
        (15, "CONTINUE"),
        (16, "BREAK"),
    }


def test_the_oldest_robot_gets_the_same_tree(run: Run, tmp_path, old_robot: str):
    other = Run(tmp_path / "old", old_robot)
    shapes = []
    for each in (run, other):
        each.suite(EVERYTHING).start().end()
        rows = each.rows("SELECT id, parent, kind, status FROM item ORDER BY id")
        shapes.append([tuple(row) for row in rows])
    assert shapes[0] == shapes[1]


def test_keywords_of_a_resource_name_its_file(run: Run):
    run.suite("*** Keywords ***\nShared\n    Log    hello\n", "shared.resource")
    run.suite("*** Settings ***\nResource    shared.resource\n*** Test Cases ***\nOne\n    Shared\n    Log    own\n")
    run.start().end()
    sources = {row["args"]: row["source"] for row in run.rows("SELECT args, source FROM item WHERE name = 'Log'")}
    assert sources == {'["hello"]': str(run.folder / "workspace" / "shared.resource"), '["own"]': None}


def test_names_and_text_of_all_kinds(run: Run):
    name = "Grüße 你好 \U0001f600 \"double\" 'single' <tag> & \\ back"
    suite = f"""*** Test Cases ***
{name}
    Log    line one\\nline two
    Log    ${{{{'nul' + chr(0) + 'inside'}}}}
    Evaluate    1    # comment
    Run Keyword And Ignore Error    Log    ${{{{chr(0xd83d)}}}}
"""
    run.suite(suite).start().end()
    # Robot drops a backslash that escapes nothing.
    assert run.rows("SELECT name FROM item WHERE kind = 1")[0]["name"] == name.replace("\\ ", " ")
    texts = [row["text"] for row in run.rows("SELECT text FROM message ORDER BY id")]
    assert "line one\nline two" in texts
    assert "nul\x00inside" in texts
    assert "\\ud83d" in texts


def test_a_message_of_100_megabytes(run: Run):
    suite = """*** Test Cases ***
Huge
    Log    ${{'begin' + 'x' * 100_000_000 + 'end'}}
    Log    after
"""
    started = time.monotonic()
    outcome = run.suite(suite).start().end()
    assert outcome["exitCode"] == 0
    texts = [row["text"] for row in run.rows("SELECT text FROM message ORDER BY id")]
    assert len(texts[0]) < 1_010_000
    assert texts[0].startswith("beginxxx")
    assert texts[0].endswith("xxxend")
    assert "99000008 of 100000008 characters are left out" in texts[0]
    assert texts[1] == "after"
    assert os.path.getsize(run.folder / "output" / "output.xml") > 100_000_000
    assert time.monotonic() - started < PATIENCE


def test_very_long_arguments_are_cut(run: Run):
    suite = "*** Test Cases ***\nLong\n    Should Be Equal    ${{'y' * 500}}    ${{'y' * 500}}\n"
    long_literal = "z" * 300_000
    run.suite(suite + f"    Log    {long_literal}    DEBUG\n").start().end()
    (args,) = json.loads(run.rows("SELECT args FROM item WHERE name = 'Log'")[0]["args"])[:1]
    assert args == "z" * 1000 + "... (300000 characters)"


def test_a_keyword_is_seen_as_soon_as_it_starts(run: Run):
    suite = """*** Test Cases ***
Waits
    Sleep    0.5 s
    Evaluate    open('ready', 'w').write(str(time.time()))    modules=time
    Sleep    300 s
"""
    run.suite(suite).start()
    before = float(run.wait_for_mark("ready"))
    # Only the second Sleep starts after the mark, and it is far from its end when this asks.
    running = f"SELECT id FROM item WHERE status IS NULL AND name = 'Sleep' AND started > {before * 1000 - 1}"
    wait_for(lambda: run.rows(running), "the row of the keyword that runs")


def test_a_batch_never_leaves_a_gap(run: Run):
    """Whoever reads a live record sees every item up to the greatest id: that is what cursors rely on."""
    suite = """*** Test Cases ***
Many
    FOR    ${i}    IN RANGE    3000
        Run Keyword    Log    ${i}
    END
"""
    run.suite(suite).start()
    looks = 0
    run.wait_for_record()
    connection = sqlite3.connect(run.folder / "record.db")
    while not (run.folder / "exit.json").exists():
        count, greatest = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM item").fetchone()
        assert count == greatest
        orphans = "SELECT count(*) FROM message WHERE item NOT IN (SELECT id FROM item)"
        assert connection.execute(orphans).fetchone() == (0,)
        looks += 1
        time.sleep(0.01)
    connection.close()
    assert looks > 5
    assert run.rows("SELECT count(*) FROM item WHERE kind = 2")[0][0] == 6000


def test_timeouts_inside_the_listener_do_not_hurt_the_record(run: Run):
    """Robot's timeouts raise wherever the main thread is, which may be a method of the listener."""
    library = (
        "from robot.api import logger\ndef chatter_on():\n    for n in range(100_000):\n        logger.info(str(n))\n"
    )
    rows = "".join(f"Test {number}\n    {number}\n" for number in range(30))
    suite = f"""*** Settings ***
Library    chatter.py
Test Template    Chatter
*** Test Cases ***
{rows}
*** Keywords ***
Chatter
    [Arguments]    ${{number}}
    [Timeout]    30 ms
    Chatter On
"""
    outcome = run.suite(suite).suite(library, "chatter.py").start().end()
    assert outcome["exitCode"] == 30
    expected = Facts()
    ExecutionResult(run.folder / "output" / "output.xml").suite.visit(expected)
    found = record_facts(run)
    assert found.structure == expected.structure
    assert found.keywords == expected.keywords


def test_a_second_signal_leaves_a_whole_record(run: Run):
    suite = """*** Test Cases ***
Waits
    Evaluate    open('ready', 'w').write('yes')
    Sleep    300 s
    [Teardown]    Sleep    300 s
"""
    run.suite(suite).start(stopGraceSeconds=1)
    run.wait_for_mark("ready")
    run.stop()
    outcome = run.end()
    assert (outcome["stopStep"], outcome["exitCode"]) == ("askedAgain", 253)
    assert dict(run.rows("SELECT key, value FROM meta"))["closed"] == "1"
    assert run.rows("SELECT count(*) FROM item WHERE kind = 4")[0][0] == 1


def test_a_forked_child_leaves_the_record_alone(run: Run):
    library = """
import atexit, os
def fork_and_exit():
    pid = os.fork()
    if pid == 0:
        atexit._run_exitfuncs()
        os._exit(0)
    os.waitpid(pid, 0)
"""
    suite = "*** Settings ***\nLibrary    forking.py\n*** Test Cases ***\nForks\n    Fork And Exit\n    Log    after\n"
    run.suite(suite).suite(library, "forking.py").start().end()
    assert run.rows("PRAGMA integrity_check")[0][0] == "ok"
    assert [row["text"] for row in run.rows("SELECT text FROM message ORDER BY id")][-1] == "after"


def test_the_listener_alone_under_plain_robot(tmp_path):
    """As anybody may use it, without a supervisor."""
    (tmp_path / "a.robot").write_text("*** Test Cases ***\nOne\n    Log    hello\n")
    command = [sys.executable, "-m", "robot", "--listener", str(TOOLS / "atn_listener.py"), "-d", str(tmp_path / "out")]
    environment = {**os.environ, "ATN_RECORD": str(tmp_path / "record.db")}
    done = subprocess.run([*command, str(tmp_path / "a.robot")], env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""
    connection = sqlite3.connect(tmp_path / "record.db")
    assert connection.execute("SELECT count(*) FROM item").fetchone() == (3,)
    connection.close()
    assert sorted(name for name in os.listdir(tmp_path) if name.startswith("record")) == ["record.db"]


def test_killed_at_any_moment(run: Run, tmp_path):
    """However often Robot is killed in the middle of its work, the record is whole and its items have parents."""
    suite = "*** Test Cases ***\nMany\n    FOR    ${i}    IN RANGE    100000\n        Log    ${i}\n    END\n"
    for attempt in range(10):
        each = Run(tmp_path / f"run{attempt}", sys.executable)
        each.suite(suite).start()
        each.wait_for_record()
        each.wait_for_items(4 + attempt * 40)
        os.kill(each.state()["robotPid"], signal.SIGKILL)
        each.end()
        assert each.rows("PRAGMA integrity_check")[0][0] == "ok"
        orphans = "SELECT count(*) FROM item WHERE parent IS NOT NULL AND parent NOT IN (SELECT id FROM item)"
        assert each.rows(orphans)[0][0] == 0
        each.clear()
