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


def seal(place: str) -> None:
    make_room_for_compiled(place)
    with open(os.path.join(place, USED), "w", encoding="utf-8"):
        pass
    files = sorted(listing(place))
    folders = sorted((name, os.stat(os.path.join(place, name)).st_mtime_ns // 1_000_000) for name in folders_of(place))
    size = sum(size for _, size, _ in files)
    with open(os.path.join(place, FILES), "w", encoding="utf-8") as file:
        json.dump({"schema": 1, "size": size, "folders": folders, "files": files}, file)
    make_read_only(place)


def walk(place: str) -> Iterator[tuple[str, list[str]]]:
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if name != COMPILED and not os.path.islink(os.path.join(folder, name))]
        yield folder, names


def listing(place: str) -> Iterator[tuple[str, int, int]]:
    """Path, bytes, time of the last change in ms. Links are left out: what they lead to is not ours."""
    for folder, names in walk(place):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.islink(path) or name in (FILES, USED):
                continue
            found = os.stat(path)
            yield os.path.relpath(path, place).replace(os.sep, "/"), found.st_size, found.st_mtime_ns // 1_000_000


def folders_of(place: str) -> Iterator[str]:
    for folder, _ in walk(place):
        if folder != place:
            yield os.path.relpath(folder, place).replace(os.sep, "/")


def make_room_for_compiled(place: str) -> None:
    for folder, names in walk(place):
        if any(name.endswith(".py") for name in names):
            os.makedirs(os.path.join(folder, COMPILED), exist_ok=True)


def make_read_only(place: str) -> None:
    for folder, names in walk(place):
        for name in names:
            path = os.path.join(folder, name)
            if not os.path.islink(path) and name != USED:
                os.chmod(path, stat.S_IMODE(os.stat(path).st_mode) & ~0o222)
        os.chmod(folder, 0o555)


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
