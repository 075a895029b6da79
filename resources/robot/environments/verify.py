"""Whether an environment still is what was built: each file against the hash that it was installed with."""

from __future__ import annotations

import base64
import hashlib
import json
import os

from environments.seal import FILES, listing, packages_folder, records

SAME_TIME_MS = 2  # a time that went through other hands may be off by its last part


def verify(place: str) -> list[str]:
    """Sentences of what is wrong; none when all is well."""
    return [*changed(place), *damaged(place)]


def changed(place: str) -> list[str]:
    try:
        with open(os.path.join(place, FILES), encoding="utf-8") as file:
            known = {path: (size, time) for path, size, time in json.load(file)["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return ["The list of its files is missing or damaged."]
    found = {path: (size, time) for path, size, time in listing(place)}
    missing = [f"{path} is missing." for path in sorted(known.keys() - found.keys())]
    added = [f"{path} was added." for path in sorted(found.keys() - known.keys())]
    other = [f"{path} was changed." for path in sorted(known.keys() & found.keys()) if differ(known[path], found[path])]
    return [*missing, *other, *added]


def differ(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] != other[0] or abs(one[1] - other[1]) > SAME_TIME_MS


def damaged(place: str) -> list[str]:
    folder = packages_folder(place)
    if folder is None:
        return ["It has no packages."]
    problems = []
    for _, rows in records(place):
        for row in rows:
            # Programs name the place of the environment, which was not known when they were installed.
            if len(row) < 2 or not row[1].startswith("sha256=") or row[0].startswith(".."):
                continue
            path = os.path.normpath(os.path.join(folder, row[0]))
            try:
                with open(path, "rb") as file:
                    digest = hashlib.sha256(file.read()).digest()
            except OSError:
                continue  # told as missing already
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != row[1][7:]:
                problems.append(f"{os.path.relpath(path, place)} does not have the content that was installed.")
    return problems
