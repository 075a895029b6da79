"""What a file of a library is: name, version and imports out of a wheel; a wheel out of sources."""

from __future__ import annotations

import os
import re
import tarfile
import zipfile
from email.parser import HeaderParser
from typing import Any

from environments.index import pip_arguments, uv_arguments
from environments.make import EnvironmentProblem
from environments.seal import top_level
from environments.tools import Tools, pip_python

LARGEST_METADATA = 4 * 1024**2


def describe(path: str) -> dict[str, Any]:
    """{name, version, summary, importNames} of a wheel."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            metadata = next(name for name in names if re.match(r"[^/]+\.dist-info/METADATA$", name))
            if archive.getinfo(metadata).file_size > LARGEST_METADATA:
                raise ValueError("its metadata are too large")
            text = archive.read(metadata).decode("utf-8")
    except (
        OSError,
        zipfile.BadZipFile,
        StopIteration,
        ValueError,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        reason = "it has no metadata" if isinstance(error, StopIteration) else str(error)
        raise EnvironmentProblem("BAD_FILE", f"{os.path.basename(path)} is not a wheel: {reason}.") from error
    headers = HeaderParser().parsestr(text)
    name, version = headers.get("Name", "").strip(), headers.get("Version", "").strip()
    if not re.match(r"^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$", name) or not version:
        raise EnvironmentProblem("BAD_FILE", f"{os.path.basename(path)} does not say its name and version.")
    rows = [[each] for each in names]
    return {
        "name": name,
        "version": version,
        "summary": headers.get("Summary", "").strip(),
        "importNames": top_level(rows),
    }


def build_wheel(tools: Tools, source: str, target: str) -> str:
    """Builds a wheel of a source distribution or folder into the folder `target`; answers its path."""
    if os.path.isfile(source):
        refuse_no_source(source)
    tools.say("building", f"Building a wheel of {os.path.basename(source)} …")
    try:
        run_build(tools, source, target)
    except EnvironmentProblem as problem:
        code = "WHEEL_FAILED" if problem.code == "BUILD_FAILED" else problem.code
        raise EnvironmentProblem(code, str(problem)) from problem
    wheels = [name for name in os.listdir(target) if name.endswith(".whl")]
    if len(wheels) != 1:
        raise EnvironmentProblem("WHEEL_FAILED", f"{os.path.basename(source)} did not become a wheel.")
    return os.path.join(target, wheels[0])


def run_build(tools: Tools, source: str, target: str) -> None:
    os.makedirs(target, exist_ok=True)
    if tools.uv:
        words = [tools.uv, "build", "--wheel", "--python", tools.python, "--out-dir", target]
        tools.run([*words, *uv_arguments(tools.sources), source])
    else:
        words = [pip_python(tools), "-m", "pip", "wheel", "--no-deps", "--progress-bar", "off", "--wheel-dir", target]
        tools.run([*words, *pip_arguments(tools.sources), source])


def refuse_no_source(path: str) -> None:
    try:
        known = zipfile.is_zipfile(path) or tarfile.is_tarfile(path)
    except OSError:
        known = False
    if not known:
        raise EnvironmentProblem("BAD_FILE", f"{os.path.basename(path)} is not a source distribution.")
