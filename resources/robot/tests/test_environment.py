from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import TOOLS
from environments.probe import find_uv

PROGRAM = [sys.executable, str(TOOLS / "environment.py")]


@pytest.fixture
def wheel(tmp_path: Path) -> str:
    """A package of our own, so that no index is asked."""
    path = tmp_path / "atn_probe_package-1.0-py3-none-any.whl"
    info = "atn_probe_package-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("robot/__init__.py", "")
        archive.writestr("robot/version.py", "def get_version():\n    return '7.5'\n")
        archive.writestr("atn_probe_package.py", "def main():\n    print('it runs')\n")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: atn-probe-package\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/entry_points.txt", "[console_scripts]\natn-probe = atn_probe_package:main\n")
        archive.writestr(f"{info}/RECORD", "")
    return str(path)


def ensure(root: Path, *requirements: str, how: str | None = None, code: int = 0) -> list[dict]:
    words = [*PROGRAM, "ensure", "--root", str(root)]
    for requirement in requirements:
        words += ["--requirement", requirement]
    done = subprocess.run(words + (["--how", how] if how else []), capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("how", ["uv", "pip"])
def test_made_once_and_found_again(tmp_path: Path, wheel: str, how: str):
    if how == "uv" and find_uv() is None:
        pytest.skip("uv is not installed")
    lines = ensure(tmp_path / "envs", wheel, how=how)
    result = lines[-1]
    assert [line["step"] for line in lines[:-1]] == ["start", "environment", "packages"]
    assert (result["ok"], result["how"], result["robot"]) == (True, how, "7.5")
    # Moved after it was built: interpreter and scripts must know their new place.
    script = Path(result["python"]).parent / "atn-probe"
    assert subprocess.run([str(script)], capture_output=True, check=True).stdout == b"it runs\n"
    (again,) = ensure(tmp_path / "envs", wheel)
    assert (again["how"], again["python"]) == ("present", result["python"])
    assert again["builtMs"] < 50
    assert [name for name in os.listdir(tmp_path / "envs") if name.startswith(".")] == []


def test_two_at_once_make_one(tmp_path: Path, wheel: str):
    words = [*PROGRAM, "ensure", "--root", str(tmp_path / "envs"), "--requirement", wheel]
    makers = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    results = [json.loads(maker.communicate()[0].splitlines()[-1]) for maker in makers]
    assert all(result["ok"] for result in results), results
    assert len({result["python"] for result in results}) == 1
    assert os.listdir(tmp_path / "envs") == [results[0]["hash"]]
    assert subprocess.run([results[0]["python"], "-c", "import atn_probe_package"], check=False).returncode == 0


def test_a_damaged_one_is_made_again(tmp_path: Path, wheel: str):
    (first,) = ensure(tmp_path / "envs", wheel)[-1:]
    os.remove(Path(first["python"]).parent.parent / "atn-environment.json")
    (second,) = ensure(tmp_path / "envs", wheel)[-1:]
    assert second["ok"]
    assert second["how"] != "present"
    assert os.listdir(tmp_path / "envs") == [first["hash"]]


def test_what_cannot_be_installed_is_said_in_one_sentence(tmp_path: Path):
    result = ensure(tmp_path / "envs", str(tmp_path / "missing.whl"), code=1)[-1]
    assert (result["ok"], result["code"]) == (False, "BUILD_FAILED")
    assert "missing.whl" in result["error"]
    assert os.listdir(tmp_path / "envs") == []


def probe(python: str) -> dict:
    done = subprocess.run([*PROGRAM, "probe", "--python", python], capture_output=True, text=True, check=False)
    answer = json.loads(done.stdout)
    assert done.returncode == (0 if answer["ok"] else 1)
    return answer


def test_probe_tells_what_is_there(tmp_path: Path):
    good = probe(sys.executable)
    assert (good["ok"], good["code"]) == (True, None)
    assert good["robot"].startswith("7.")
    assert probe("/nowhere/python")["code"] == "PYTHON_MISSING"
    assert probe("/bin/true")["code"] == "PYTHON_MISSING"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "empty")], check=True)
    assert probe(str(tmp_path / "empty" / "bin" / "python"))["code"] == "ROBOT_MISSING"


def test_probe_refuses_an_old_robot(tmp_path: Path):
    python = tmp_path / "python"
    answer = '{"python": "3.8.1", "robot": "5.0.1", "executable": "x"}'
    python.write_text(f"#!/bin/sh\necho '{answer}'\n")
    python.chmod(0o755)
    found = probe(str(python))
    assert (found["code"], found["robot"]) == ("ROBOT_TOO_OLD", "5.0.1")
    assert "6.1 or newer" in found["error"]
