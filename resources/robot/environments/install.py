"""Building the environment of a lock: every file held against its hash, complete or not there, read-only afterwards."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from dataclasses import dataclass, replace
from typing import Any

from environments.fetch import fetch_all, named_copies
from environments.index import Sources, pip_arguments, uv_arguments
from environments.make import move_into_place, name_final_place, remove_stale_builds
from environments.present import MARKER, interpreter, read_marker
from environments.remove import remove_tree
from environments.seal import import_names, seal, versions_in
from environments.tools import Tools


@dataclass
class Build:
    """`packages`: [{name, version, sha256s}]; `files`: wheels at hand: [{name, version, path, fileName, sha256}]."""

    root: str
    key: str
    lock_hash: str
    packages: list[dict[str, Any]]
    files: list[dict[str, Any]]


def install(tools: Tools, order: Build) -> dict[str, Any]:
    """Builds what is not there; answers its marker."""
    place = os.path.join(os.path.abspath(order.root), order.key)
    os.makedirs(order.root, exist_ok=True)
    remove_stale_builds(order.root)
    building = tempfile.mkdtemp(prefix=f".building-{order.key}-", dir=order.root)
    try:
        marker = build(tools, order, building)
        name_final_place(building, place)
        seal(building)
        move_into_place(building, place)
    finally:
        remove_tree(building)
    return read_marker(place) or marker


def build(tools: Tools, order: Build, folder: str) -> dict[str, Any]:
    total = len(order.packages)
    tools.say("environment", "Making an empty environment …", done=0, total=total)
    with tempfile.TemporaryDirectory(prefix="atn-files-") as files:
        order = replace(order, files=named_copies(order.files, files))
        sources = with_folder(tools.sources, files, offline=covers(order))
        tools = Tools(tools.python, tools.cache, sources, tools.uv, tools.say)
        listed = os.path.join(files, "lock.txt")
        write_requirements(listed, order)
        (uv_install if tools.uv else pip_install)(tools, order, folder, listed)
    python, robot = versions_in(folder)
    marker = {
        "schema": 2,
        "lockHash": order.lock_hash,
        "packages": order.packages,
        "importNames": import_names(folder),
        "how": "uv" if tools.uv else "pip",
        "python": python,
        "robot": robot,
    }
    with open(os.path.join(folder, MARKER), "w", encoding="utf-8") as file:
        json.dump(marker, file)
    return marker


def with_folder(sources: Sources, folder: str, offline: bool) -> Sources:
    return Sources(sources.index, [folder, *sources.folders], sources.offline or offline)


def covers(order: Build) -> bool:
    """Every package is here as a file: no index is asked."""
    here = {(each["name"], each["version"]) for each in order.files}
    return all((package["name"], package["version"]) in here for package in order.packages)


def write_requirements(path: str, order: Build) -> None:
    """A wheel that was built here from a locked source distribution has a hash of its own beside the locked ones."""
    own = {(each["name"], each["version"]): each["sha256"] for each in order.files}
    with open(path, "w", encoding="utf-8") as file:
        for package in order.packages:
            hashes = {*package["sha256s"], *filter(None, [own.get((package["name"], package["version"]))])}
            words = [f"{package['name']}=={package['version']}", *(f"--hash=sha256:{each}" for each in sorted(hashes))]
            file.write(" ".join(words) + "\n")


def uv_install(tools: Tools, order: Build, folder: str, listed: str) -> None:
    uv = str(tools.uv)
    tools.run(
        [uv, "venv", "--quiet", "--relocatable", "--allow-existing", "--no-config", "--python", tools.python, folder]
    )
    words = [uv, "pip", "install", "--no-deps", "--require-hashes", "--python", interpreter(folder)]
    with Watching(tools, len(order.packages)) as watching:
        tools.run([*words, *uv_arguments(tools.sources), "--requirement", listed], watching.tell)


class Watching:
    """uv tells of large files only; how many packages are unpacked is seen in its cache."""

    def __init__(self, tools: Tools, total: int) -> None:
        self.tools, self.total = tools, total
        self.folder = os.path.join(tools.cache, "uv", "archive-v0")
        self.before = self.count()
        self.message = "Fetching packages …"
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def __enter__(self) -> Watching:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def count(self) -> int:
        try:
            return len(os.listdir(self.folder))
        except OSError:
            return 0

    def watch(self) -> None:
        last = None
        while not self.over.wait(0.2):
            now = (self.message, min(self.count() - self.before, self.total))
            if now != last:
                self.tools.say("packages", now[0], done=max(0, now[1]), total=self.total)
            last = now

    def tell(self, line: str) -> None:
        said = line.strip()
        if said.startswith(("Downloading ", "Downloaded ", "Building ", "Built ", "Prepared ", "Installed ")):
            self.message = f"{said}."


def pip_install(tools: Tools, order: Build, folder: str, listed: str) -> None:
    fetched = fetch_all(tools, order.packages, order.files)
    tools.say("installing", "Installing …", done=len(order.packages), total=len(order.packages))
    tools.run([tools.python, "-m", "venv", folder])
    only_wheels = all(path.endswith(".whl") for path in fetched)
    folders = sorted({os.path.dirname(path) for path in fetched})
    # What builds a source distribution comes from the index; wheels need nothing more.
    sources = Sources(tools.sources.index, folders, tools.sources.offline or only_wheels)
    words = [
        interpreter(folder),
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--require-hashes",
        "--no-compile",
        "--progress-bar",
        "off",
    ]
    Tools(tools.python, tools.cache, sources, None).run([*words, *pip_arguments(sources), "--requirement", listed])
