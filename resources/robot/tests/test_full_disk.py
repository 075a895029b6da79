"""A disk that is full: a small tmpfs where this may be mounted (root on Linux), else the limit of a file's size."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run, wait_for
from supervision import files

TALKING = """
*** Settings ***
Library    OperatingSystem
*** Test Cases ***
Talks
    Create File    ${EXECDIR}/ready    yes
    FOR    ${i}    IN RANGE    100000
        Log    ${{'x' * 2000}}
        Sleep    1 ms
    END
"""


@pytest.fixture
def small_disk(tmp_path: Path):
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    with open(folder / "ballast", "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError as error:
            assert error.errno == errno.ENOSPC


def test_a_disk_that_fills_up_in_mid_run(small_disk: Path):
    run = Run(small_disk / "run", sys.executable)
    run.suite(TALKING).start(timeLimitSeconds=8, stopGraceSeconds=2, secondGraceSeconds=2)
    run.wait_for_mark("ready")
    run.wait_for_items(1)
    fill(small_disk)
    outcome = run.end()
    # Robot may give up by itself when it cannot write output.xml; how does not matter, that we hear of it does.
    assert outcome["schema"] == 1
    assert outcome["recordRows"] is None or outcome["recordRows"] >= 1
    assert not (run.folder / "exit.reserve").exists()


def test_robot_goes_on_without_the_record(tmp_path: Path, small_disk: Path):
    """Only the record's disk is full: the run ends as it would have, and says what is missing."""
    run = Run(tmp_path / "run", sys.executable)
    suite = TALKING.replace("100000", "1500")
    fill_at = small_disk / "ballast"
    fill_at.write_bytes(b"x" * 1_500_000)
    os.symlink(small_disk / "record.db", run.folder / "record.db")
    outcome = run.suite(suite).start().end()
    assert (outcome["how"], outcome["exitCode"]) == ("exited", 0)
    assert "ATN run record: recording stopped: " in run.console()
    assert "database or disk is full" in run.console()
    fill_at.unlink()
    assert run.rows("PRAGMA integrity_check")[0][0] == "ok"
    assert run.rows("SELECT count(*) FROM item")[0][0] > 50


def test_the_last_word_waits_for_room(small_disk: Path):
    fill(small_disk)
    target, reserve = small_disk / "exit.json", small_disk / "exit.reserve"
    reserve.write_bytes(b"")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from supervision.files import write_last_word\n"
        "print(write_last_word(sys.argv[2], {'text': 'x' * 9000}, sys.argv[3]))\n"
    )
    command = [sys.executable, "-c", script, str(Path(__file__).parent.parent), str(target), str(reserve)]
    waiting = subprocess.Popen(command, stdout=subprocess.PIPE)
    wait_for(lambda: not reserve.exists(), "the reserve to be given up")
    wait_for(lambda: (small_disk / "exit.json.tmp").exists(), "the first try")
    assert not target.exists()
    (small_disk / "ballast").unlink()
    output, _ = waiting.communicate(timeout=20)
    assert output.strip() == b"True"
    assert files.read_json(str(target)) == {"text": "x" * 9000}


def test_the_reserve_makes_room(small_disk: Path):
    reserve = small_disk / "exit.reserve"
    files.make_reserve(str(reserve))
    assert reserve.stat().st_size == files.RESERVE_BYTES
    fill(small_disk)
    target = small_disk / "exit.json"
    assert files.write_last_word(str(target), {"text": "x" * 9000}, str(reserve))
    assert files.read_json(str(target)) == {"text": "x" * 9000}


def test_a_disk_that_is_full_from_the_start(small_disk: Path):
    run = Run(small_disk / "run", sys.executable)
    run.suite("*** Test Cases ***\nOne\n    Log    hello\n").spec()
    fill(small_disk)
    os.truncate(small_disk / "ballast", os.path.getsize(small_disk / "ballast") - 8192)
    command = [sys.executable, str(Path(__file__).parent.parent / "supervisor.py"), str(run.folder / "spec.json")]
    assert subprocess.run(command, timeout=30, check=False).returncode == 0
    outcome = run.read("exit.json")
    assert outcome["how"] == "startFailed"
    assert "cannot be written: No space left on device" in outcome["error"]
