from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from conftest import Run, alive, wait_for

PATIENT = """
*** Test Cases ***
Waits
    Create File    ${EXECDIR}/ready    yes
    Sleep    300 s
    [Teardown]    Create File    ${EXECDIR}/torn-down    yes
Never Runs
    Create File    ${EXECDIR}/never    yes
*** Settings ***
Library    OperatingSystem
"""
# Robot ends at a signal; a library may not let it.
STUBBORN = """
*** Settings ***
Library    stubborn.py
*** Test Cases ***
Waits
    Ignore Signals And Wait
"""
STUBBORN_LIBRARY = """
import os, signal, time
def ignore_signals_and_wait():
    signal.signal(signal.SIGTERM, lambda *_: open('signals', 'a').write('x'))
    open('ready', 'w').write('yes')
    while True:
        time.sleep(1)
"""


def stubborn(run: Run) -> Run:
    return run.suite(STUBBORN).suite(STUBBORN_LIBRARY, "stubborn.py")


def test_a_run_that_ends_by_itself(run: Run):
    run.suite("*** Test Cases ***\nOne\n    Log    hello\nTwo\n    Fail    no\n").start()
    outcome = run.end()
    assert (outcome["how"], outcome["exitCode"], outcome["signal"]) == ("exited", 1, None)
    assert (outcome["error"], outcome["stopStep"], outcome["killedProcesses"]) == (None, None, 0)
    assert outcome["recordRows"] == 5
    assert run.state()["state"] == "ended"
    assert not (run.folder / "exit.reserve").exists()
    assert sorted(os.listdir(run.folder / "output")) == ["log.html", "output.xml", "report.html", "xunit.xml"]
    assert "2 tests, 1 passed, 1 failed" in run.console()


def test_supervisor_json_tells_who_runs(run: Run):
    run.suite(PATIENT).start()
    run.wait_for_mark("ready")
    state = run.state()
    assert run.process is not None
    assert (state["schema"], state["state"], state["pid"]) == (1, "running", run.process.pid)
    assert alive(state["robotPid"])
    assert isinstance(state["startTicks"], int)
    first = state["heartbeatAt"]
    wait_for(lambda: run.state()["heartbeatAt"] > first, "a heartbeat")
    run.stop(now=True)
    run.end()


def test_stop_lets_robot_tear_down_and_report(run: Run):
    run.suite(PATIENT).start()
    run.wait_for_mark("ready")
    run.stop()
    outcome = run.end()
    assert (outcome["how"], outcome["stopStep"]) == ("stopped", "asked")
    assert outcome["exitCode"] == 2
    workspace = run.folder / "workspace"
    assert (workspace / "torn-down").exists()
    assert not (workspace / "never").exists()
    assert (run.folder / "output" / "log.html").exists()
    stop = run.state()["stop"]
    assert (stop["by"], stop["reason"]) == ("tester", "enough")


def test_a_stop_before_robot_listens_leaves_a_report_too(run: Run):
    run.suite(PATIENT)
    run.stop()
    outcome = run.start().end()
    assert (outcome["how"], outcome["stopStep"], outcome["signal"]) == ("stopped", "asked", None)
    assert "Execution terminated by signal" in (run.folder / "output" / "output.xml").read_text(encoding="utf-8")
    assert (run.folder / "output" / "log.html").exists()
    assert not (run.folder / "workspace" / "ready").exists()


def test_the_ladder_is_climbed_to_its_end(run: Run):
    stubborn(run).start(stopGraceSeconds=0.4, secondGraceSeconds=0.4)
    run.wait_for_mark("ready")
    run.stop()
    shown = wait_for(lambda: run.state()["stop"], "the stop to be shown")
    assert shown["nextStepAt"] > shown["requestedAt"]
    outcome = run.end()
    assert (outcome["how"], outcome["stopStep"], outcome["signal"]) == ("stopped", "killing", "SIGKILL")
    assert outcome["killedProcesses"] == 1
    assert (run.folder / "workspace" / "signals").read_text() == "xx"


def test_now_skips_the_grace_even_later(run: Run):
    stubborn(run).start()
    run.wait_for_mark("ready")
    run.stop()
    wait_for(lambda: (run.state()["stop"] or {}).get("step") == "asked", "the first step")
    run.stop(now=True)
    outcome = run.end(patience=10)
    assert (outcome["stopStep"], outcome["signal"]) == ("killing", "SIGKILL")


def test_sigterm_to_the_supervisor_is_a_stop_request(run: Run):
    run.suite(PATIENT).start()
    run.wait_for_mark("ready")
    assert run.process is not None
    run.process.send_signal(signal.SIGTERM)
    outcome = run.end()
    assert (outcome["how"], outcome["stopStep"]) == ("stopped", "asked")
    assert run.state()["stop"]["by"] == "signal"
    assert (run.folder / "workspace" / "torn-down").exists()


def test_the_stop_file_does_what_a_signal_does(run: Run):
    """The way of Windows, tried everywhere."""
    suite = PATIENT.replace("Sleep    300 s", "Repeat Keyword    300 s    Sleep    20 ms")
    stop_file = run.folder / "stop-signal"
    run.suite(suite).start(environment={"ATN_STOP_FILE": str(stop_file)})
    run.wait_for_mark("ready")
    stop_file.write_text("asked")
    outcome = run.end()
    assert outcome["exitCode"] == 2
    assert (run.folder / "workspace" / "torn-down").exists()
    assert not (run.folder / "workspace" / "never").exists()


@pytest.mark.parametrize("limit", ["timeLimit", "silenceLimit"])
def test_limits_use_the_ladder(run: Run, limit: str):
    run.suite(PATIENT).start(**{f"{limit}Seconds": 1.5})
    outcome = run.end()
    assert (outcome["how"], outcome["stopStep"]) == (limit, "asked")
    assert run.state()["limit"] == limit
    assert "1.5 s" in run.state()["stop"]["reason"]
    assert (run.folder / "workspace" / "torn-down").exists()


def test_a_run_that_speaks_is_not_silent(run: Run):
    talking = "*** Test Cases ***\nTalks\n    FOR    ${i}    IN RANGE    25\n        Sleep    100 ms\n    END\n"
    outcome = run.suite(talking).start(silenceLimitSeconds=1.2).end()
    assert (outcome["how"], outcome["exitCode"]) == ("exited", 0)


CHILDREN = """
*** Settings ***
Library    Process
Library    OperatingSystem
*** Test Cases ***
Leaves Processes
    ${a}    Start Process    ${{sys.executable}}    -c    import time; time.sleep(1000)
    ${b}    Start Process    sh    -c    setsid sleep 1000 & setsid sleep 1000 & wait
    ${pid}    Get Process Id    ${a}
    ${pid2}    Get Process Id    ${b}
    Create File    ${EXECDIR}/pids    ${pid} ${pid2}
"""


def children_of_run(run: Run) -> list[int]:
    """All processes whose working directory is the workspace, in whatever session."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                cwd = os.readlink(f"/proc/{name}/cwd")
            except OSError:
                continue
            if cwd == str(run.folder / "workspace") and alive(int(name)):
                found.append(int(name))
    return found


def test_what_robot_leaves_running_is_ended_and_counted(run: Run):
    # With its teardown Robot ends processes of the library, not those that a shell put into the background.
    suite = CHILDREN.replace("wait\n", "sleep 1000\n")
    outcome = run.suite(suite + "    Sleep    300 ms\n").start().end()
    assert outcome["how"] == "exited"
    assert outcome["killedProcesses"] >= 2
    assert children_of_run(run) == []


def test_killing_reaches_children_in_sessions_of_their_own(run: Run):
    run.suite(CHILDREN + "    Sleep    300 s\n").start()
    run.wait_for_mark("pids")
    wait_for(lambda: len(children_of_run(run)) >= 5, "Robot and its four children")
    run.stop(now=True)
    outcome = run.end()
    assert outcome["killedProcesses"] >= 5
    assert children_of_run(run) == []


def test_robot_killed_from_outside(run: Run):
    run.suite(PATIENT).start()
    running = "SELECT name FROM item WHERE status IS NULL ORDER BY id"
    run.wait_for_mark("ready")
    wait_for(lambda: run.rows(running)[-1]["name"] == "Sleep", "the last batch")
    os.kill(run.state()["robotPid"], signal.SIGKILL)
    outcome = run.end()
    assert (outcome["how"], outcome["exitCode"], outcome["signal"]) == ("exited", None, "SIGKILL")
    assert [row["name"] for row in run.rows(running)] == ["Suite", "Waits", "Sleep"]
    assert not (run.folder / "record.db-wal").exists()


def test_the_death_of_the_supervisor_told_often_is_one_stop(run: Run):
    """As Linux does, once for every thread of it."""
    tear_down = "[Teardown]    Run Keywords    Create File    ${EXECDIR}/tearing    yes\n"
    tear_down += "    ...    AND    Wait Until Created    ${EXECDIR}/go-on"
    run.suite(PATIENT.replace("[Teardown]    Create File    ${EXECDIR}/torn-down    yes", tear_down)).start()
    run.wait_for_mark("ready")
    robot = run.state()["robotPid"]
    os.kill(robot, signal.SIGHUP)
    run.wait_for_mark("tearing")
    os.kill(robot, signal.SIGHUP)
    (run.folder / "workspace" / "go-on").write_text("yes")
    assert run.end()["exitCode"] == 2
    assert (run.folder / "output" / "log.html").exists()


def test_supervisor_killed_lets_robot_end_in_order(run: Run):
    run.suite(PATIENT).start()
    run.wait_for_mark("ready")
    robot = run.state()["robotPid"]
    assert run.process is not None
    run.process.kill()
    wait_for(lambda: not alive(robot), "Robot to end after its supervisor")
    assert not (run.folder / "exit.json").exists()
    assert (run.folder / "workspace" / "torn-down").exists()
    assert (run.folder / "output" / "log.html").exists()
    assert run.rows("SELECT value FROM meta WHERE key = 'closed'")[0]["value"] == "1"


def test_everything_killed_leaves_a_readable_record(run: Run):
    steps = "\n".join("    Log    step" for _ in range(50))
    suite = f"*** Test Cases ***\nWorks\n{steps}\n    Evaluate    open('ready', 'w').write('yes')\n    Sleep    300 s\n"
    run.suite(suite).start()
    run.wait_for_mark("ready")
    wait_for(lambda: len(run.rows("SELECT 1 FROM item")) == 54, "the last batch")
    robot = run.state()["robotPid"]
    assert run.process is not None
    run.process.kill()
    os.kill(robot, signal.SIGKILL)
    wait_for(lambda: not alive(robot), "Robot to be gone")
    assert run.rows("PRAGMA integrity_check")[0][0] == "ok"
    statuses = [row["status"] for row in run.rows("SELECT status FROM item ORDER BY id")]
    assert statuses == [None, None, *[0] * 51, None]
    assert len(run.rows("SELECT 1 FROM message WHERE text = 'step'")) == 50


def test_signs_of_the_caller_do_not_change_the_run(run: Run):
    suite = """*** Test Cases ***
Environment
    Should Not Be True    $options or $path
    Should Be Equal    %{MINE}    yes
*** Variables ***
${options}    %{ROBOT_OPTIONS=}
${path}    %{PYTHONPATH=}
"""
    polluted = {**os.environ, "ROBOT_OPTIONS": "--exclude *", "PYTHONPATH": "/nowhere"}
    outcome = run.suite(suite).start(environment={"MINE": "yes"}, popen={"env": polluted}).end()
    assert outcome["exitCode"] == 0, run.console()


def test_closed_standard_streams_do_no_harm(run: Run):
    spec = run.suite("*** Test Cases ***\nOne\n    Log    hello\n").spec()
    shell = f"exec '{sys.executable}' '{os.path.dirname(__file__)}/../supervisor.py' '{spec}' <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", shell], check=False).returncode == 0
    assert run.read("exit.json")["exitCode"] == 0
    assert run.rows("PRAGMA integrity_check")[0][0] == "ok"


def test_no_such_python(run: Run):
    run.python = "/nowhere/python"
    outcome = run.suite("").start().end()
    assert outcome["how"] == "startFailed"
    assert "/nowhere/python cannot be started" in outcome["error"]


def test_python_without_robot(run: Run, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "empty")], check=True)
    run.python = str(tmp_path / "empty" / "bin" / "python")
    outcome = run.suite("").start().end()
    assert outcome["how"] == "startFailed"
    assert "Robot Framework is not installed" in outcome["error"]


def test_robot_that_is_too_old(run: Run, tmp_path):
    fake = tmp_path / "old" / "robot"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text("")
    (fake / "version.py").write_text("def get_version():\n    return '4.1.3'\n")
    outcome = run.suite("").start(environment={"PYTHONPATH": str(tmp_path / "old")}).end()
    assert outcome["how"] == "startFailed"
    assert "Robot Framework 4.1.3 is too old" in outcome["error"]


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 9}', '{"schema": 1}', '{"schema": 1, "sources": 4}'])
def test_a_spec_that_cannot_be_used(run: Run, text: str):
    path = run.spec()
    path.write_text(text)
    command = [sys.executable, os.path.join(os.path.dirname(__file__), "..", "supervisor.py"), str(path)]
    subprocess.run(command, check=True, timeout=30)
    outcome = run.read("exit.json")
    assert outcome["how"] == "startFailed"
    assert "spec.json" in outcome["error"]


def test_secrets_reach_variables_and_nothing_else(run: Run):
    suite = """*** Test Cases ***
Secret
    Should Be Equal    ${PASSWORD.value}    s3cret-of-the-run
    Should Be Equal    ${SUTs.box.bmc.value}    s3cret-of-the-box
    Should Be Equal    ${SUTs}[box][role]    server
    Log Variables
"""
    run.suite(suite).suite('{"box": {"role": "server"}}', "suts.json")
    run.start(secretsPipe=True, popen={"stdin": subprocess.PIPE})
    secrets = {"variables": {"PASSWORD": "s3cret-of-the-run"}, "suts": {"box": {"bmc": "s3cret-of-the-box"}}}
    assert run.process is not None and run.process.stdin is not None
    run.process.stdin.write(json.dumps(secrets).encode())
    run.process.stdin.close()
    assert run.end()["exitCode"] == 0, run.console()
    # The suite itself names the secrets to compare with, so only files of the run are searched, without its data.
    files = [run.folder / name for name in ("spec.json", "supervisor.json", "exit.json", "console.log")]
    assert not [path for path in files if b"s3cret" in path.read_bytes()]
