"""Which files of a folder are suites, init files and resources: Robot's rules for what it would run."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

SUITE_EXTENSIONS = (".robot", ".rbt", ".robot.rst", ".robot.md")
RESOURCE_EXTENSION = ".resource"
MOST_FILES = 50_000
DEEPEST = 64


@dataclass
class Folder:
    path: str
    init: str | None = None
    suites: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)


@dataclass
class Limits:
    files: int = MOST_FILES
    reached: list[tuple[str, str]] = field(default_factory=list)  # path and sentence


def read_folder(path: str, limits: Limits, above: tuple[str, ...] = ()) -> Folder:
    folder = Folder(path)
    real = os.path.realpath(path)
    if real in above:
        limits.reached.append((path, "A link leads back to a folder above; it is not followed."))
        return folder
    if len(above) >= DEEPEST:
        limits.reached.append((path, f"Folders deeper than {DEEPEST} levels are not looked into."))
        return folder
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name.lower())
    except OSError as error:
        limits.reached.append((path, f"The folder cannot be read: {error.strerror}."))
        return folder
    for entry in entries:
        sort_in(folder, entry, limits, (*above, real))
    return folder


def sort_in(folder: Folder, entry: os.DirEntry[str], limits: Limits, above: tuple[str, ...]) -> None:
    name = entry.name.lower()
    if entry.is_dir():
        # Robot leaves these out, and so do we: .git alone may hold a hundred thousand files.
        if not name.startswith((".", "_")) and name != "cvs":
            folder.folders.append(read_folder(entry.path, limits, above))
    elif not entry.is_file():
        return
    elif name.endswith(SUITE_EXTENSIONS) or name.endswith(RESOURCE_EXTENSION):
        if limits.files <= 0:
            if not limits.reached or limits.reached[-1][1] != too_many():
                limits.reached.append((entry.path, too_many()))
            return
        limits.files -= 1
        sort_in_file(folder, entry, name)


def sort_in_file(folder: Folder, entry: os.DirEntry[str], name: str) -> None:
    if name.endswith(RESOURCE_EXTENSION):
        folder.resources.append(entry.path)
    elif name.startswith("__init__."):
        folder.init = folder.init or entry.path
    elif not name.startswith((".", "_")):
        folder.suites.append(entry.path)


def too_many() -> str:
    return f"There are more than {MOST_FILES} files; this one and all after it are left out."


def only(folder: Folder, wanted: set[str]) -> Folder | None:
    """The folder with nothing but these files and the init files above them; None when none is in it."""
    folders = [kept for kept in (only(each, wanted) for each in folder.folders) if kept is not None]
    suites = [path for path in folder.suites if path in wanted]
    resources = [path for path in folder.resources if path in wanted]
    if not (folders or suites or resources or folder.init in wanted):
        return None
    return Folder(folder.path, folder.init, suites, resources, folders)
