"""Solving a set of requirements: names, versions and the hashes of all that may be installed for them."""

from __future__ import annotations

import json
import os
import re
import tempfile
from typing import Any

from environments.fetch import named_copies
from environments.make import EnvironmentProblem
from environments.tools import Tools, pip_python

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?:==(?P<version>[^\s;\\]+)| @ (?P<url>[^\s;\\]+))")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def normal(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lock(tools: Tools, requirements: list[str], files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    `files`: wheels of the registry ({name, version, path, sha256}); each is demanded as exactly that file. Answers
    [{name, version, sha256s}], sorted.
    """
    tools.say("solving", f"Solving {', '.join(requirements + [each['name'] for each in files])} …")
    with tempfile.TemporaryDirectory(prefix="atn-lock-") as folder:
        named = named_copies(files, folder)
        wanted = [*requirements, *(f"{each['name']} @ {file_url(each['path'])}" for each in named)]
        path = os.path.join(folder, "requirements.in")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(wanted) + "\n")
        packages = uv_lock(tools, path) if tools.uv else pip_lock(tools, path, os.path.join(folder, "report.json"))
    own = {normal(each["name"]): each for each in files}
    for package in packages:
        each = own.get(package["name"])
        if each is not None:
            package["version"], package["sha256s"] = each["version"], [each["sha256"]]
    without = [package["name"] for package in packages if not package["sha256s"]]
    if without:
        raise EnvironmentProblem(
            "LOCK_FAILED", f"The index gives no hash for {', '.join(without)}, so nobody could tell a wrong file."
        )
    return sorted(packages, key=lambda package: package["name"])


def uv_lock(tools: Tools, path: str) -> list[dict[str, Any]]:
    from environments.index import uv_arguments

    words = [
        str(tools.uv),
        "pip",
        "compile",
        "--quiet",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--python",
        tools.python,
    ]
    text = tools.run([*words, *uv_arguments(tools.sources), path])
    packages = []
    for entry in text.replace("\\\n", " ").splitlines():
        pin = PIN.match(entry.strip())
        if pin is None:
            continue
        hashes = sorted(set(HASH.findall(entry)))
        packages.append({"name": normal(pin["name"]), "version": pin["version"] or "", "sha256s": hashes})
    return packages


def pip_lock(tools: Tools, path: str, report: str) -> list[dict[str, Any]]:
    from environments.index import pip_arguments

    words = [
        pip_python(tools),
        "-m",
        "pip",
        "install",
        "-vv",
        "--dry-run",
        "--ignore-installed",
        "--progress-bar",
        "off",
        "--report",
        report,
    ]
    tools.run([*words, *pip_arguments(tools.sources), "--requirement", path])
    with open(report, encoding="utf-8") as file:
        content = json.load(file)
    packages = []
    for item in content["install"]:
        archive = item["download_info"].get("archive_info", {})
        sha256 = archive.get("hashes", {}).get("sha256") or archive.get("hash", "").replace("sha256=", "")
        metadata = item["metadata"]
        packages.append(
            {"name": normal(metadata["name"]), "version": metadata["version"], "sha256s": [sha256] if sha256 else []}
        )
    return packages


def file_url(path: str) -> str:
    from pathlib import Path

    return Path(path).absolute().as_uri()
