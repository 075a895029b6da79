"""What a Python interpreter is and whether it can run suites."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import Any

OLDEST_ROBOT = (6, 1)
PROBE_SECONDS = 30
# Runs in the Python that is looked at; `robot.version` loads nothing else of Robot.
QUESTION = """
import json, sys
try:
    from robot.version import get_version
    robot = get_version()
except ImportError:
    robot = None
print(json.dumps({"python": "%d.%d.%d" % sys.version_info[:3], "robot": robot, "executable": sys.executable}))
"""


def probe(python: str) -> dict[str, Any]:
    found: dict[str, Any] = {"schema": 1, "python": None, "robot": None, "executable": None, "uv": find_uv()}
    answer = ask(python)
    if isinstance(answer, str):
        return {**found, "ok": False, "code": "PYTHON_MISSING", "error": answer}
    code, error = judge(python, answer["robot"])
    return {**found, **answer, "ok": code is None, "code": code, "error": error}


def ask(python: str) -> dict[str, Any] | str:
    """What the interpreter says of itself, or a sentence why it does not."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    try:
        done = subprocess.run(
            [python, "-c", QUESTION],
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            env=environment,
            check=False,
        )
    except OSError as error:
        return f"{python} cannot be started: {error.strerror or error}."
    except subprocess.TimeoutExpired:
        return f"{python} did not answer within {PROBE_SECONDS} s."
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return f"{python} is not a working Python: {(done.stderr or done.stdout).strip()[-300:] or 'no answer'}."
    return answer if isinstance(answer, dict) else f"{python} is not a working Python."


def judge(python: str, robot: str | None) -> tuple[str | None, str | None]:
    if robot is None:
        return "ROBOT_MISSING", f"Robot Framework is not installed for {python}."
    if tuple(int(part) for part in robot.split(".")[:2]) < OLDEST_ROBOT:
        return "ROBOT_TOO_OLD", f"Robot Framework {robot} of {python} is too old: 6.1 or newer is needed."
    return None, None


def find_uv() -> str | None:
    """On the PATH, beside this Python, or as its module `uv`."""
    name = "uv.exe" if os.name == "nt" else "uv"
    beside = os.path.join(os.path.dirname(sys.executable), name)
    found = shutil.which("uv") or (beside if os.access(beside, os.X_OK) else None)
    if found is not None:
        return found
    try:
        from uv import find_uv_bin  # type: ignore[import-not-found]

        return str(find_uv_bin())
    except (ImportError, FileNotFoundError):
        return None
