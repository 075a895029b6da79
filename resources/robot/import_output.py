"""Results of another tool's Robot run as a run record: `python import_output.py OUTPUT RECORD_DB`.

Reads output.xml of Robot Framework 4 and newer, and output.json of 7.2 and newer, as a stream of events, so memory
does not grow with the file: what is open is kept, nothing else. A file that was cut gives everything up to the cut;
what was open then has no outcome.
Prints JSON lines: `{"bytes"}` on the way, at the end `{"ok", "items", "name", "startedAt", "endedAt", "cut", "error"}`.
"""

from __future__ import annotations

import json
import sqlite3
import sys

from importing.json_results import JsonResults
from importing.record_writer import RecordWriter, Refused, open_record
from importing.xml_results import XmlResults

TELL_EVERY = 16 << 20


class Told:
    """Says how many bytes are read, now and then."""

    def __init__(self) -> None:
        self.done = self.told = 0

    def __call__(self, count: int) -> None:
        self.done += count
        if self.done - self.told >= TELL_EVERY:
            self.told = self.done
            print(json.dumps({"bytes": self.done}), flush=True)


def is_json(source: str) -> bool:
    with open(source, "rb") as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))


def main() -> int:
    source, target = sys.argv[1:]
    answer: dict = {"ok": False, "items": 0, "name": "", "startedAt": None, "endedAt": None, "cut": None, "error": None}
    database = open_record(target)
    try:
        writer = RecordWriter(database)
        reader = JsonResults(writer) if is_json(source) else XmlResults(writer)
        answer["cut"] = reader.read(source, Told())
        if writer.numbers == 0:
            raise Refused("There is no suite in this result file.")
        writer.finish(answer["cut"])
        answer |= {
            "ok": True,
            "items": writer.numbers,
            "name": writer.name,
            "startedAt": writer.started,
            "endedAt": writer.ended,
        }
    except (Refused, OSError, sqlite3.Error, ValueError) as error:
        answer["error"] = str(error)
    finally:
        database.close()
    print(json.dumps(answer))
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
