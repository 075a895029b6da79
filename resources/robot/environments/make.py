"""Making an environment: built in a folder beside its place, moved there when it is complete.

Its place is named by a hash of what is in it, so it is made once and never changed. Two processes that make
the same one at once do not disturb each other: the first to finish wins.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import Any, Callable

from environments.present import MARKER, environment_hash, interpreter, read_marker
from environments.probe import ask, find_uv
from environments.remove import remove_tree

STALE_BUILD_SECONDS = 6 * 3600
Say = Callable[[str, str], None]


class EnvironmentProblem(Exception):
    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass
class Order:
    root: str
    requirements: list[str]
    python: str
    how: str | None = None  # None: uv where it is found, else pip
    uv: str | None = None  # taken where there is none on the PATH


def make(order: Order, version: str, say: Say) -> dict[str, Any]:
    """Makes what is not there; answers its marker."""
    key = environment_hash(order.requirements, version)
    place = os.path.join(os.path.abspath(order.root), key)
    say("start", f"Making an environment with {', '.join(order.requirements)} for Python {version} …")
    os.makedirs(order.root, exist_ok=True)
    remove_stale_builds(order.root)
    building = tempfile.mkdtemp(prefix=f".building-{key}-", dir=order.root)
    try:
        marker = build(order, building, say)
        name_final_place(building, place)
        move_into_place(building, place)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return marker


def build(order: Order, folder: str, say: Say) -> dict[str, Any]:
    uv = None if order.how == "pip" else (find_uv() or order.uv)
    if order.how == "uv" and uv is None:
        raise EnvironmentProblem("UV_MISSING", "uv was asked for, but it is neither on the PATH nor installed.")
    steps = uv_steps(uv, order, folder) if uv is not None else pip_steps(order, folder)
    for name, command in steps:
        say(name, " ".join(os.path.basename(word) for word in command[:3]))
        execute(command)
    answer = ask(interpreter(folder))
    if isinstance(answer, str):
        raise EnvironmentProblem("BUILD_FAILED", answer)
    marker = {"requirements": sorted(set(order.requirements)), **answer, "how": "uv" if uv else "pip"}
    with open(os.path.join(folder, MARKER), "w", encoding="utf-8") as file:
        json.dump(marker, file)
    return marker


def uv_steps(uv: str, order: Order, folder: str) -> list[tuple[str, list[str]]]:
    # Relocatable: the environment is moved once, and its scripts must not name the folder it was built in.
    make = [uv, "venv", "--quiet", "--relocatable", "--allow-existing", "--no-config", "--python", order.python, folder]
    install = [uv, "pip", "install", "--quiet", "--no-config", "--python", interpreter(folder), *order.requirements]
    return [("environment", make), ("packages", install)]


def pip_steps(order: Order, folder: str) -> list[tuple[str, list[str]]]:
    make = [order.python, "-m", "venv", folder]
    install = [
        interpreter(folder),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        *order.requirements,
    ]
    return [("environment", make), ("packages", install)]


def execute(command: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    except OSError as error:
        raise EnvironmentProblem("BUILD_FAILED", f"{command[0]} cannot be started: {error}.") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        # pip says much before it comes to the point, and marks the point.
        points = [line for line in said.splitlines() if line.startswith("ERROR:")]
        raise EnvironmentProblem("BUILD_FAILED", points[-1] if points else said[-2000:])


def name_final_place(building: str, place: str) -> None:
    """The scripts pip makes name the interpreter by its full path, which is about to change."""
    if os.name == "nt":
        return  # there they are programs; Robot and libraries are started as `python -m` anyway
    folder = os.path.join(building, "bin")
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.islink(path):
            continue
        with open(path, "rb") as file:
            content = file.read()
        if building.encode() in content and b"\0" not in content:
            with open(path, "wb") as file:
                file.write(content.replace(building.encode(), place.encode()))


def move_into_place(building: str, place: str) -> None:
    if os.path.isdir(place) and read_marker(place) is None:
        # Damaged: out of the way first, for a folder that is not empty cannot be replaced.
        os.rename(place, f"{building}-damaged")
        remove_tree(f"{building}-damaged")
    try:
        os.rename(building, place)
    except OSError as error:
        if read_marker(place) is None:
            raise EnvironmentProblem("BUILD_FAILED", f"{place} cannot be made: {error}.") from error


def remove_stale_builds(root: str) -> None:
    """What a killed build left behind."""
    for name in os.listdir(root):
        path = os.path.join(root, name)
        try:
            if name.startswith(".building-") and time.time() - os.stat(path).st_mtime > STALE_BUILD_SECONDS:
                remove_tree(path)
        except OSError:
            continue
