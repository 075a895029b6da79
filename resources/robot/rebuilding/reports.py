"""Which report files a run folder lacks, and how to make them."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from robot.api import ExecutionResult, ResultWriter
from robot.errors import DataError
from robot.output import LOGGER

from rebuilding.output import OutputWriter

# Robot holds a whole result in memory, about 1 KB a row: 201,000 rows took 209 MB.
MOST_ROWS_IN_LOG = 400_000
NAMES = {"log": "log.html", "report": "report.html", "xunit": "xunit.xml"}


class RebuildProblem(Exception):
    pass


def rebuild(run_dir: str, force: bool) -> dict[str, Any]:
    LOGGER.unregister_console_logger()
    folder = os.path.join(run_dir, "output")
    output = os.path.join(folder, "output.xml")
    if not force and is_whole(output):
        missing = [kind for kind, name in NAMES.items() if not filled(os.path.join(folder, name))]
        return render(output, folder, missing, os.path.getsize(output) // 300, "output.xml")
    os.makedirs(folder, exist_ok=True)
    rows = write_output(os.path.join(run_dir, "record.db"), output)
    result = render(output, folder, list(NAMES), rows, "record.db")
    return {**result, "written": ["output.xml", *result["written"]]}


def is_whole(output: str) -> bool:
    """Only Robot's own reader can tell: a file may be well-formed and still not be one of its outputs."""
    if not filled(output):
        return False
    try:
        ExecutionResult(output, include_keywords=False)
    except (DataError, OSError):
        return False
    return True


def filled(path: str) -> bool:
    return os.path.isfile(path) and os.path.getsize(path) > 0


def write_output(record_path: str, output: str) -> int:
    if not os.path.exists(record_path):
        raise RebuildProblem("There is neither a whole output.xml nor a run record.")
    temporary = f"{output}.rebuilding"
    try:
        record = sqlite3.connect(record_path, timeout=5)
        record.row_factory = sqlite3.Row
        (items,) = record.execute("SELECT count(*) FROM item").fetchone()
        (messages,) = record.execute("SELECT count(*) FROM message").fetchone()
        if items == 0:
            raise RebuildProblem("The run record is empty: the run ended before its first suite began.")
        OutputWriter(record, temporary).write()
        record.close()
        os.replace(temporary, output)
    except sqlite3.Error as error:
        raise RebuildProblem(f"The run record cannot be read: {error}.") from error
    except OSError as error:
        raise RebuildProblem(f"The reports cannot be written: {error}.") from error
    return int(items + messages)


def render(output: str, folder: str, kinds: list[str], rows: int, source: str) -> dict[str, Any]:
    skipped = {}
    if rows > MOST_ROWS_IN_LOG and "log" in kinds:
        kinds = [kind for kind in kinds if kind != "log"]
        skipped["log.html"] = f"The run has about {rows} rows; a log of more than {MOST_ROWS_IN_LOG} is not made."
    if kinds:
        files = {kind: os.path.join(folder, NAMES[kind]) if kind in kinds else None for kind in NAMES}
        try:
            result = ExecutionResult(output, include_keywords="log" in kinds)
            ResultWriter(result).write_results(output=None, **files)
        except (DataError, OSError) as error:
            raise RebuildProblem(f"Robot cannot make reports from {output}: {error}.") from error
    written = [NAMES[kind] for kind in kinds]
    return {"ok": True, "from": source, "written": written, "skipped": skipped, "error": None}
