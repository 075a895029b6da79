"""The listener of dry runs and the modifier that orders tests, under the Robot of these tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("robot")
SCRIPTS = Path(__file__).resolve().parents[1]

SUITE = """*** Settings ***
Library    nope.library
Suite Setup    Set Suite Variable    ${FROM SETUP}    1
*** Variables ***
${KNOWN}    1
*** Test Cases ***
One
    Log    ${KNOWN} ${from_setup} ${NOBODY.attribute} ${1} ${EMPTY} ${SPACE * 3} %{HOME} ${{ 1 }}
    Mine    x
    ${value} =    Get Variable Value    ${MAYBE}    default
    FOR    ${index}    IN    1    2
        Log    ${index} ${value}
    END
Two
    Mine    x
*** Keywords ***
Mine
    [Arguments]    ${argument}    ${other}=${argument}
    Log    ${argument} ${other}
    Unknown Keyword
With ${embedded} Argument
    Log    ${embedded}
"""


def dry_run(folder: Path, *options: str) -> dict:
    answer = folder.parent / "answer.json"
    environment = {**os.environ, "ATN_DRYRUN": str(answer), "ATN_DRYRUN_DATA": str(folder), "PYTHONPATH": str(SCRIPTS)}
    none = [f"--{file}=NONE" for file in ("output", "log", "report")]
    listener = f"--listener={SCRIPTS / 'atn_dryrun.py'}"
    command = [sys.executable, "-m", "robot", "--dryrun", listener, *none, "--console=none", *options, str(folder)]
    subprocess.run(command, env=environment, check=False, capture_output=True)
    return json.loads(answer.read_text(encoding="utf-8"))


def test_finds_what_will_break_and_only_that(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.robot").write_text(SUITE, encoding="utf-8")
    answer = dry_run(folder)
    assert answer["tests"] == 2
    found = [(each["kind"], each["name"], each["line"]) for each in answer["findings"]]
    line = SUITE.splitlines().index("    Unknown Keyword") + 1
    assert found == [
        ("import", "nope.library", 2),
        ("keyword", "Unknown Keyword", line),
        ("variable", "${NOBODY.attribute}", 8),
    ]
    assert all(each["path"] == str(folder / "a.robot") for each in answer["findings"])


def test_orders_tests_and_suites_by_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for suite, tests in (("a", "123"), ("b", "456")):
        text = "*** Test Cases ***\n" + "".join(f"Test {each}\n    No Operation\n" for each in tests)
        (folder / f"{suite}.robot").write_text(text, encoding="utf-8")
    order = tmp_path / "order.json"
    order.write_text(json.dumps(["B.test_6", "a.Test 2"]), encoding="utf-8")
    environment = {**os.environ, "ATN_ORDER": str(order)}
    modifier = f"--prerunmodifier={SCRIPTS / 'atn_order.py'}"
    command = [sys.executable, "-m", "robot", "--dryrun", modifier, "--output=NONE", "--console=verbose", str(folder)]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    assert [line[5] for line in said.splitlines() if line.startswith("Test ")] == list("645213")
