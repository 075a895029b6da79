"""Starts Robot Framework in the environment of a run: `python atn_robot.py ROBOT-ARGUMENTS`.

The same as `python -m robot`, after one look that the environment can do it. What is wrong with it goes as one
sentence into the file named by ATN_START_ERROR, where the supervisor finds it.
"""

from __future__ import annotations

import gc
import json
import os
import sys

from atn_stop import keep_early_stops, watch_stop_file

OLDEST = (6, 1)


def refuse(code: str, sentence: str) -> None:
    path = os.environ.get("ATN_START_ERROR")
    if path:
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"code": code, "message": sentence}, file)
    sys.exit(sentence)


def check_robot() -> None:
    try:
        from robot.version import get_version
    except ImportError as error:
        refuse("ROBOT_MISSING", f"Robot Framework is not installed for {sys.executable}: {error}.")
        return
    version = get_version()
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        refuse("ROBOT_TOO_OLD", f"Robot Framework {version} is too old: 6.1 or newer is needed.")


if __name__ == "__main__":
    keep_early_stops()
    # `python -m robot` searches the working directory first; our own folder is no business of test libraries.
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[0] = os.getcwd()
    # Last of all: a library of that name in the test data or the environment wins.
    sys.path.append(os.path.join(here, "library"))
    check_robot()
    if os.environ.get("ATN_STOP_FILE"):
        watch_stop_file(os.environ["ATN_STOP_FILE"])
    from robot import run_cli

    # Robot's own modules live until the end: looking through them again and again costs 4 % of a run of 10,000 short
    # keywords. Nothing of the suites or their libraries is imported yet: what is theirs is collected as ever.
    gc.freeze()
    run_cli(sys.argv[1:])
