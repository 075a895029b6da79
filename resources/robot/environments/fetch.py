"""Fetching the files of a lock one by one with pip. Each stays when it has come: the next attempt goes on."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from typing import Any

from environments.index import pip_arguments
from environments.make import EnvironmentProblem
from environments.tools import Tools, pip_python


def fetch_all(tools: Tools, packages: list[dict[str, Any]], files: list[dict[str, Any]]) -> list[str]:
    """Answers the path of one file for each package."""
    here = {(each["name"], each["version"]): each for each in files}
    paths, size = [], 0
    for done, package in enumerate(packages):
        tools.say(
            "packages", f"Fetching {package['name']} {package['version']} …", done=done, total=len(packages), bytes=size
        )
        given = here.get((package["name"], package["version"]))
        path = checked_copy(given) if given else (kept(tools, package) or fetch(tools, package))
        size += os.path.getsize(path)
        paths.append(path)
    return paths


def kept(tools: Tools, package: dict[str, Any]) -> str | None:
    """The file that an attempt before has fetched, if it still is what it was."""
    for sha256 in package["sha256s"]:
        folder = os.path.join(tools.cache, "files", sha256)
        for name in os.listdir(folder) if os.path.isdir(folder) else []:
            path = os.path.join(folder, name)
            if hash_of(path) == sha256:
                return path
            shutil.rmtree(folder, ignore_errors=True)
    return None


def fetch(tools: Tools, package: dict[str, Any]) -> str:
    with tempfile.TemporaryDirectory(prefix="atn-fetch-") as folder:
        listed = os.path.join(folder, "one.txt")
        hashes = " ".join(f"--hash=sha256:{each}" for each in package["sha256s"])
        with open(listed, "w", encoding="utf-8") as file:
            file.write(f"{package['name']}=={package['version']} {hashes}\n")
        arrived = os.path.join(folder, "files")
        words = [
            pip_python(tools),
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--require-hashes",
            "--progress-bar",
            "off",
            "--dest",
            arrived,
        ]
        tools.run([*words, *pip_arguments(tools.sources), "--requirement", listed])
        (name,) = os.listdir(arrived)
        return keep(tools, os.path.join(arrived, name))


def keep(tools: Tools, path: str) -> str:
    place = os.path.join(tools.cache, "files", hash_of(path))
    os.makedirs(place, exist_ok=True)
    target = os.path.join(place, os.path.basename(path))
    partial = f"{target}.{os.getpid()}.partial"
    shutil.copyfile(path, partial)
    os.replace(partial, target)
    return target


def named_copies(files: list[dict[str, Any]], folder: str) -> list[dict[str, Any]]:
    """The store names a wheel by its hash, which no tool takes for a wheel: the same with copies in `folder`."""
    copies = [{**each, "path": os.path.join(folder, each["fileName"])} for each in files]
    for each, copy in zip(files, copies):
        shutil.copyfile(each["path"], copy["path"])
    return copies


def checked_copy(given: dict[str, Any]) -> str:
    path = str(given["path"])
    if hash_of(path) != given["sha256"]:
        raise EnvironmentProblem("HASH_MISMATCH", f"{given['fileName']} is not the file it was: its hash has changed.")
    return path


def hash_of(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()
