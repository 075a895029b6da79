"""Robot listener for a dry run: what will go wrong, before anything is run.

Reads ATN_DRYRUN, the path of the answer: one JSON object {"schema": 1, "robot": version, "tests": number,
"findings": [{"kind": "import" | "keyword" | "variable" | "data", "name", "message", "path", "line"}]}, each finding
once. Paths are absolute, as Robot has them; `line` and `name` may be null.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

from robot.libraries.BuiltIn import BuiltIn
from robot.version import get_version

from atn_used_variables import VariableUse, assigned_anywhere, base_name, used_in

IMPORT = re.compile(r"^Error in file '(?P<path>.+?)' on line (?P<line>\d+): (?P<what>.+)$", re.DOTALL)
IMPORTED = re.compile(r"^Importing \S+(?: file)? '(?P<name>.+?)' failed: |^\S+ file '(?P<other>.+?)' does not exist")
UNKNOWN = re.compile(r"No keyword with name '(?P<name>.+?)' found\.")
# Robot older than 7.0 tells of keywords only what it makes of them for the test.
SEVERAL = re.compile(r"^Several failures occurred:")
SEPARATOR = re.compile(r"\n\n\d+\) ")
SPLIT = "\0"
MOST_FINDINGS = 1000
# Robot sets these too, but not where a suite begins; a list, a dictionary and a text of one name hide each other there.
SET_BY_ROBOT = (
    "CURDIR",
    "EMPTY",
    "SUITE_STATUS",
    "SUITE_MESSAGE",
    "TEST_NAME",
    "TEST_DOCUMENTATION",
    "TEST_TAGS",
    "TEST_STATUS",
    "TEST_MESSAGE",
    "KEYWORD_STATUS",
    "KEYWORD_MESSAGE",
)


class atn_dryrun:
    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self) -> None:
        self._findings: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._tests = 0
        self._sources: set[str] = set()
        self._defined = {base_name(name) for name in SET_BY_ROBOT}
        self._told = False

    def start_suite(self, data: Any, result: Any) -> None:
        if data.source and os.path.isfile(str(data.source)):
            self._sources.add(str(data.source))
        self._defined.update(base_name(name) for name in BuiltIn().get_variables(no_decoration=True))

    def start_test(self, data: Any, result: Any) -> None:
        self._told = False

    def end_keyword(self, data: Any, result: Any) -> None:
        """Robot 7.0 and newer; from the innermost outwards, so the first of one message is where it happened."""
        if result.status == "FAIL" and result.message:
            self._told = True
            self._add_failure(result.message, str(data.source or ""), data.lineno)

    def end_test(self, data: Any, result: Any) -> None:
        self._tests += 1
        if result.failed and not self._told:
            for message in SEVERAL.sub("", SEPARATOR.sub(SPLIT, result.message)).split(SPLIT):
                if message.strip():
                    self._add_failure(message.strip(), str(data.source or ""), data.lineno)

    def message(self, message: Any) -> None:
        if message.level != "ERROR":
            return
        found = IMPORT.match(message.message)
        if found is None:
            self._add("data", None, message.message.split("\n")[0], None, None)
            return
        what = found["what"].split("\n")[0]
        imported = IMPORTED.match(what)
        kind, name = ("import", imported["name"] or imported["other"]) if imported else ("data", None)
        self._add(kind, name, what, found["path"], int(found["line"]))

    def close(self) -> None:
        for use in self._undefined():
            self._add("variable", use.name, f"Variable '{use.name}' is not set anywhere.", use.path, use.line)
        answer = {
            "schema": 1,
            "robot": get_version(),
            "tests": self._tests,
            "findings": list(self._findings.values())[:MOST_FINDINGS],
        }
        with open(os.environ["ATN_DRYRUN"], "w", encoding="utf-8") as file:
            json.dump(answer, file)

    def _undefined(self) -> list[VariableUse]:
        folder = os.environ.get("ATN_DRYRUN_DATA", "")
        defined = self._defined | assigned_anywhere(folder)
        first: dict[str, VariableUse] = {}
        for source in sorted(self._sources):
            for use in used_in(source):
                if base_name(use.name) not in defined:
                    first.setdefault(base_name(use.name), use)
        return list(first.values())

    def _add_failure(self, message: str, path: str, line: int | None) -> None:
        unknown = UNKNOWN.search(message)
        kind, name = ("keyword", unknown["name"]) if unknown else ("data", None)
        first = message.split("\n")[0]
        # An outer keyword fails for the same reason as the one in it, which was here before.
        if not any(each["message"] == first and each["kind"] == kind for each in self._findings.values()):
            self._add(kind, name, first, path, line)

    def _add(self, kind: str, name: str | None, message: str, path: str | None, line: int | None) -> None:
        key = (kind, name, message, path, line)
        self._findings.setdefault(
            key, {"kind": kind, "name": name, "message": message, "path": path or None, "line": line}
        )
