"""What is in an environment, written down, and the environment made read-only.

Only the folders for compiled Python stay writable: the first run fills them, which costs the build nothing.
"""

from __future__ import annotations

import csv
import json
import os
import re
import stat
from typing import Any, Iterator

FILES = "atn-files.json"
USED = "atn-used"
COMPILED = "__pycache__"
ROBOT = re.compile(r"robotframework-([^-]+)\.dist-info$")


def seal(place: str) -> None:
    """One walk: this is part of every build, and what it takes is waited for."""
    sealing = Sealing()
    with open(os.path.join(place, USED), "w", encoding="utf-8"):
        pass
    sealing.visit(place, "")
    content = {"schema": 1, "size": sealing.size, "folders": sealing.folders, "files": sealing.files}
    path = os.path.join(place, FILES)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.chmod(path, 0o444)
    os.chmod(place, 0o555)


class Sealing:
    def __init__(self) -> None:
        self.files: list[tuple[str, int, int]] = []
        self.folders: list[tuple[str, int]] = []
        self.size = 0

    def visit(self, folder: str, name: str) -> None:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        if name and any(entry.name.endswith(".py") for entry in found):
            os.makedirs(os.path.join(folder, COMPILED), exist_ok=True)
        for entry in found:
            path = f"{name}/{entry.name}" if name else entry.name
            if entry.is_symlink() or entry.name == COMPILED or path == USED:
                continue
            if entry.is_dir():
                self.visit(entry.path, path)
            else:
                self.note(entry, path)
        if name:
            self.folders.append((name, os.stat(folder).st_mtime_ns // 1_000_000))
            os.chmod(folder, 0o555)

    def note(self, entry: os.DirEntry[str], path: str) -> None:
        found = entry.stat()
        self.size += found.st_size
        self.files.append((path, found.st_size, found.st_mtime_ns // 1_000_000))
        if found.st_mode & 0o222:
            os.chmod(entry.path, stat.S_IMODE(found.st_mode) & ~0o222)


def listing(place: str) -> Iterator[tuple[str, int, int]]:
    """Path, bytes, time of the last change in ms. Links are left out: what they lead to is not ours."""
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if name != COMPILED]
        for name in names:
            path = os.path.join(folder, name)
            if os.path.islink(path) or (folder == place and name in (FILES, USED)):
                continue
            found = os.stat(path)
            yield os.path.relpath(path, place).replace(os.sep, "/"), found.st_size, found.st_mtime_ns // 1_000_000


def packages_folder(place: str) -> str | None:
    """site-packages."""
    library = os.path.join(place, "Lib") if os.name == "nt" else os.path.join(place, "lib")
    inner = [library, *(os.path.join(library, name) for name in os.listdir(library))] if os.path.isdir(library) else []
    return next((path for path in (os.path.join(each, "site-packages") for each in inner) if os.path.isdir(path)), None)


def records(place: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each installed distribution's own list of files: path relative to site-packages, `sha256=...`, size."""
    folder = packages_folder(place)
    for name in sorted(os.listdir(folder)) if folder else []:
        found = re.match(r"(.+?)-[^-]+\.dist-info$", name)
        path = os.path.join(str(folder), name, "RECORD")
        if found and os.path.isfile(path):
            with open(path, encoding="utf-8", newline="") as file:
                yield found[1], list(csv.reader(file))


def versions_in(place: str) -> tuple[str, str | None]:
    """Of Python, and of Robot Framework, by what lies there: starting the interpreter would take long."""
    python = "?"
    with open(os.path.join(place, "pyvenv.cfg"), encoding="utf-8") as file:
        for line in file:
            name, _, value = line.partition("=")
            if name.strip() in ("version", "version_info"):
                python = ".".join(value.strip().split(".")[:3])
    names = os.listdir(packages_folder(place) or place)
    robot = next((found[1] for found in map(ROBOT.match, names) if found), None)
    return python, robot


def import_names(place: str) -> dict[str, list[str]]:
    """What each distribution lets suites import, by its normalised name."""
    return {re.sub(r"[-_.]+", "-", name).lower(): top_level(rows) for name, rows in records(place)}


def top_level(rows: list[Any]) -> list[str]:
    names = set()
    for row in rows:
        first, _, rest = str(row[0] if row else "").partition("/")
        if first.endswith((".dist-info", ".data")) or first in ("..", "", COMPILED) or first.startswith("_"):
            continue
        if rest and rest.endswith((".py", ".so", ".pyd")):
            names.add(first)
        elif not rest and first.endswith((".py", ".so", ".pyd")):
            names.add(first.split(".")[0])
    return sorted(name for name in names if name.isidentifier())
