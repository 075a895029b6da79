"""uv and pip: found, started, and what they say when they fail told in one sentence with one code."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from typing import Callable

from environments.index import Sources, tool_environment
from environments.make import EnvironmentProblem
from environments.present import interpreter
from environments.probe import find_uv

OLDEST_PIP = (22, 2)  # can say what it would install
Say = Callable[..., None]


@dataclass
class Tools:
    """`cache`: a folder of ours, so that nothing we make is bound to the user's other environments by hard links."""

    python: str
    cache: str
    sources: Sources
    uv: str | None
    say: Say = field(default=lambda *_, **__: None)

    def run(self, command: list[str], on_line: Callable[[str], None] | None = None) -> str:
        """Answers what was printed to standard output; raises EnvironmentProblem."""
        environment = {**tool_environment(self.sources), "UV_CACHE_DIR": os.path.join(self.cache, "uv")}
        try:
            process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                env=environment,
                text=True,
            )
        except OSError as error:
            raise EnvironmentProblem("BUILD_FAILED", f"{command[0]} cannot be started: {error}.") from error
        said: list[str] = []
        reader = threading.Thread(target=read_lines, args=(process.stderr, said, on_line), daemon=True)
        reader.start()
        assert process.stdout is not None
        output = process.stdout.read()
        process.wait()
        reader.join()
        if process.returncode != 0:
            raise problem("".join(said), output)
        return output


def read_lines(stream: object, said: list[str], on_line: Callable[[str], None] | None) -> None:
    for line in stream:  # type: ignore[attr-defined]
        said.append(line)
        if on_line is not None:
            on_line(line.rstrip("\n"))


def choose_uv(given: str | None, how: str | None, otherwise: str | None = None) -> str | None:
    if how == "pip":
        return None
    if given and not os.access(given, os.X_OK):
        raise EnvironmentProblem("UV_MISSING", f"{given} is not a program that can be started.")
    uv = given or find_uv() or otherwise
    if how == "uv" and uv is None:
        raise EnvironmentProblem("UV_MISSING", "uv was asked for, but it is neither on the PATH nor installed.")
    return uv


def pip_python(tools: Tools) -> str:
    """A Python with a pip that is new enough; the one of the system may have none, so one of our own is made once."""
    base = os.path.realpath(tools.python)
    place = os.path.join(tools.cache, f"pip-{hashlib.sha256(base.encode()).hexdigest()[:12]}")
    if not os.path.exists(os.path.join(place, "complete")):
        tools.say("pip", "Making an environment with pip …")
        make_pip(tools, place)
    return interpreter(place)


def make_pip(tools: Tools, place: str) -> None:
    """Beside its place and renamed: two may make it at once. `python -m pip`, all that is asked of it, takes a move."""
    building = f"{place}.{os.getpid()}"
    try:
        tools.run([tools.python, "-m", "venv", "--clear", building])
        if pip_version(tools, interpreter(building)) < OLDEST_PIP:
            tools.run([interpreter(building), "-m", "pip", "install", "--quiet", "--upgrade", "pip"])
        with open(os.path.join(building, "complete"), "w", encoding="utf-8"):
            pass
        if os.path.isdir(place) and not os.path.exists(os.path.join(place, "complete")):
            shutil.rmtree(place, ignore_errors=True)
        os.rename(building, place)
    except OSError:
        if not os.path.exists(os.path.join(place, "complete")):
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)


def pip_version(tools: Tools, python: str) -> tuple[int, ...]:
    found = re.match(r"pip (\d+)\.(\d+)", tools.run([python, "-m", "pip", "--version"]))
    return (int(found[1]), int(found[2])) if found else (0, 0)


AUTH = re.compile(r"\b(?:401|403)\b.{0,80}|Unauthorized|Forbidden|needs? credentials|User for .*:", re.I)
UNREACHABLE = re.compile(
    r"error sending request|connection (?:refused|reset|closed|broken)|connect(?:ion)? error|timed? ?out|dns error"
    r"|name resolution|Max retries exceeded|NewConnectionError|ProtocolError|IncompleteRead|incomplete message"
    r"|end of file before|unexpected EOF|error decoding response body|request or response body error|Failed to fetch"
    r"|ConnectionResetError|\b50[0234] (?:Server|Service|Bad|Internal|Gateway)",
    re.I,
)
HASHES = re.compile(r"hash mismatch|DO NOT MATCH THE HASHES|hashes? .*do(?:es)? not match", re.I)
UNSOLVABLE = re.compile(
    r"No solution found|ResolutionImpossible|No matching distribution|conflicting dependencies|was not found"
    r"|not found in the package registry|unsatisfiable",
    re.I,
)
FULL = re.compile(r"No space left on device|os error 28|Errno 28", re.I)


def problem(errors: str, output: str) -> EnvironmentProblem:
    """What a tool said, as a code that a reader can act upon and the point of it."""
    # pip tells of an index that refuses among what it says at length.
    refusals = re.findall(r"Could not fetch URL \S+: (?!404\b).*", output)
    said = "\n".join([errors if errors.strip() else output, *refusals])
    reason = the_point(errors, output)
    if FULL.search(said):
        return EnvironmentProblem("DISK_FULL", "The disk is full.")
    if HASHES.search(said):
        return EnvironmentProblem("HASH_MISMATCH", reason)
    if "conflict is caused by" in output:
        return EnvironmentProblem("LOCK_FAILED", reason)
    if AUTH.search(said):
        return EnvironmentProblem("INDEX_UNREACHABLE", f"The index refuses to answer without credentials. {reason}")
    if refusals or UNREACHABLE.search(said):
        return EnvironmentProblem("INDEX_UNREACHABLE", "\n".join([*refusals[:1], reason]))
    if UNSOLVABLE.search(said):
        return EnvironmentProblem("LOCK_FAILED", reason)
    return EnvironmentProblem("BUILD_FAILED", reason)


def the_point(errors: str, output: str) -> str:
    """Tools say much before they come to the point, and mark the point."""
    conflict = re.search(r"The conflict is caused by:\n((?:    .*\n)+)", output)
    if conflict:
        head = next((line[7:] for line in errors.splitlines() if line.startswith("ERROR: Cannot install")), "")
        return "\n".join([head, *(line.strip() for line in conflict[1].splitlines())]).strip()
    marked = [shortened(line[7:]) for line in errors.splitlines() if line.startswith("ERROR: ")]
    if marked:
        return "\n".join(marked)[-4000:]
    lines = [line.rstrip() for line in errors.splitlines() if line.strip() and not line.startswith(("DEBUG", "TRACE"))]
    start = next((at for at, line in enumerate(lines) if re.match(r"\s*(?:error:|×)", line)), 0)
    if "Failed to build" in errors and start > 0:
        # What the package's own build said comes first, and its last line is the reason.
        lines = [lines[start - 1], *lines[max(0, start - 12) : start - 1], *lines[start:]]
        start = 0
    plain = [re.sub(r"^(?:error|cause|hint):\s*|^[×╰├│▶─\s]+", "", line.strip()) for line in lines[start:]]
    return "\n".join(line for line in plain if line)[-4000:] or (output.strip() or "It did not say why.")[-2000:]


def shortened(line: str) -> str:
    """pip lists every version there ever was."""
    return re.sub(r"\(from versions: (?:.*, )?((?:[^,()]+, ){4}[^,()]+)\)", r"(the last versions there are: \1)", line)
