"""A lock with all its wheels in one zip: what is built from it elsewhere needs no index."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from typing import Any, Callable

from environments.describe import build_wheel, describe
from environments.fetch import fetch_all, hash_of, named_copies
from environments.lock import normal
from environments.make import EnvironmentProblem
from environments.tools import Tools

CONTENT = "wheelhouse.json"
LARGEST_CONTENT = 16 * 1024**2
MOST_WHEELS = 2000
LARGEST = 20 * 1024**3


def export_wheelhouse(tools: Tools, order: dict[str, Any]) -> dict[str, Any]:
    """Written beside its place and renamed: there is a whole file or none."""
    target = order["path"]
    partial = f"{target}.{os.getpid()}.partial"
    try:
        with tempfile.TemporaryDirectory(prefix="atn-wheels-") as folder:
            here = named_copies(order["files"], folder)
            wheels = [as_wheel(tools, path, folder) for path in fetch_all(tools, order["packages"], here)]
            entries = [entry_of(path, source, order["packages"], here) for path, source in wheels]
            tools.say("writing", "Writing the wheelhouse …", done=len(wheels), total=len(wheels))
            with zipfile.ZipFile(partial, "x", zipfile.ZIP_STORED) as archive:
                archive.writestr(CONTENT, json.dumps({"schema": 1, "lock": order["lock"], "wheels": entries}, indent=1))
                for path, _ in wheels:
                    archive.write(path, f"wheels/{os.path.basename(path)}")
        os.link(partial, target)  # refuses what is there, unlike a rename
        return {"size": os.path.getsize(target), "wheels": len(wheels)}
    except FileExistsError as error:
        raise EnvironmentProblem(
            "EXISTS", f"{target} is there already. Name another file, or remove it first."
        ) from error
    finally:
        if os.path.exists(partial):
            os.remove(partial)


def as_wheel(tools: Tools, path: str, folder: str) -> tuple[str, str | None]:
    """Path of the wheel, and the hash of the source distribution that it was built from."""
    if path.endswith(".whl"):
        return path, None
    return build_wheel(tools, path, os.path.join(folder, hash_of(path)[:16])), hash_of(path)


def entry_of(
    path: str, source: str | None, packages: list[dict[str, Any]], files: list[dict[str, Any]]
) -> dict[str, Any]:
    sha256, said = hash_of(path), describe(path)
    built_from = source or next((each.get("builtFrom") for each in files if each["sha256"] == sha256), None)
    name = normal(said["name"])
    # The version is written as the lock writes it: 1.0 and 1.0.0 are one version, but not one text.
    version = next(package["version"] for package in packages if package["name"] == name)
    return {
        "name": name,
        "version": version,
        "fileName": os.path.basename(path),
        "sha256": sha256,
        "builtFrom": built_from,
    }


def import_wheelhouse(path: str, target: str, say: Callable[..., None]) -> dict[str, Any]:
    """Unpacks into the empty folder `target`; each wheel must be what the list says and the lock takes."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = read_content(archive)
            wheels = content["wheels"]
            for done, wheel in enumerate(wheels):
                say("wheels", f"Checking {wheel['fileName']} …", done=done, total=len(wheels))
                wheel["path"] = unpack(archive, wheel, target)
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno in (28, 122):
            raise
        raise EnvironmentProblem(
            "BAD_FILE", f"{os.path.basename(path)} is not a wheelhouse that can be used: {error}."
        ) from error
    refuse_strangers(content["lock"]["packages"], wheels)
    return {"lock": content["lock"], "wheels": wheels}


def read_content(archive: zipfile.ZipFile) -> dict[str, Any]:
    if archive.getinfo(CONTENT).file_size > LARGEST_CONTENT:
        raise ValueError("its list is too large")
    content = json.loads(archive.read(CONTENT).decode("utf-8"))
    if content["schema"] != 1 or len(content["wheels"]) > MOST_WHEELS:
        raise ValueError("it was written by another version of the workbench")
    if sum(archive.getinfo(f"wheels/{wheel['fileName']}").file_size for wheel in content["wheels"]) > LARGEST:
        raise ValueError("it is too large")
    return dict(content)


def unpack(archive: zipfile.ZipFile, wheel: dict[str, Any], target: str) -> str:
    name = str(wheel["fileName"])
    if os.path.basename(name) != name or "\\" in name or not name.endswith(".whl"):
        raise ValueError("it names a file outside")
    path = os.path.join(target, name)
    digest = hashlib.sha256()
    with archive.open(f"wheels/{name}") as source, open(path, "xb") as file:
        for chunk in iter(lambda: source.read(1 << 20), b""):
            digest.update(chunk)
            file.write(chunk)
    if digest.hexdigest() != wheel["sha256"]:
        raise EnvironmentProblem("HASH_MISMATCH", f"{name} is not the wheel that was exported: its hash is another.")
    return path


def refuse_strangers(packages: list[dict[str, Any]], wheels: list[dict[str, Any]]) -> None:
    locked = {(package["name"], package["version"]): package["sha256s"] for package in packages}
    for wheel in wheels:
        hashes = locked.get((wheel["name"], wheel["version"]), [])
        if (wheel["builtFrom"] or wheel["sha256"]) not in hashes:
            raise EnvironmentProblem("HASH_MISMATCH", f"{wheel['fileName']} is not a wheel that the lock takes.")
    missing = locked.keys() - {(wheel["name"], wheel["version"]) for wheel in wheels}
    if missing:
        raise EnvironmentProblem(
            "BAD_FILE",
            f"The wheelhouse is not complete: {', '.join(sorted(name for name, _ in missing))} is not in it.",
        )
