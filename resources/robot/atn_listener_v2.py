"""The recording listener for Robot Framework 6.1, which tells keywords to listener API 2 only.

API 2 gives names and plain attributes. It does not tell the roots of IF and TRY, which are made up here so that
records look alike, nor why a keyword failed: the last message of level FAIL says that.
"""

from __future__ import annotations

import json
from time import perf_counter, time
from typing import Any, NamedTuple

from atn_frames import RecordListener, as_json, cut, short
from atn_record import KINDS, STATUSES, SUITE, TEST, Row

IF_ROOT, TRY_ROOT = KINDS["IF/ELSE ROOT"], KINDS["TRY/EXCEPT ROOT"]
ROOTS = {"IF": (IF_ROOT, "IF/ELSE"), "TRY": (TRY_ROOT, "TRY/EXCEPT")}
LATER_BRANCHES = ("ELSE IF", "ELSE", "EXCEPT", "FINALLY")


class Frame(NamedTuple):
    id: int
    result: tuple[int, str]  # kind and name: what API 2 offers to recognise an item by
    parent: int | None
    attributes: dict[str, Any]
    started: float
    clock: float
    source: str | None
    robot_id: str | None
    ended: list[tuple[str, str]]  # type and status of each child that ended


def control_name(kind: int, word: str, name: str) -> str:
    """As API 3 names it: the word of the data, then what stands behind it."""
    if kind in (SUITE, TEST, IF_ROOT, TRY_ROOT) or word == "ITERATION":
        return name
    return f"{word}    {name}" if name else word


def root_status(branches: list[tuple[str, str]]) -> str | None:
    """A failure of TRY counts unless a later branch ran instead; one of FINALLY always does. None: nothing ran."""
    ran = [(kind, status) for kind, status in branches if status != "NOT RUN"]
    if not ran:
        return None
    if ("FINALLY", "FAIL") in ran:
        return "FAIL"
    decisive = [status for kind, status in ran if kind != "FINALLY"]
    return decisive[-1] if decisive else "PASS"


def is_passed_over(parent: Frame) -> bool:
    """What stands in something that is not run, or behind a failure, is not run either."""
    return parent.attributes.get("status") == "NOT RUN" or any(status == "FAIL" for _, status in parent.ended)


class ListenerV2(RecordListener):
    ROBOT_LISTENER_API_VERSION = 2
    suite_source: str | None = None
    last_failure: str | None = None

    def start_suite(self, name: str, attributes: dict[str, Any]) -> None:
        if not self.stack:
            self.note_start(attributes["totaltests"])
        if attributes["metadata"]:
            self.writer.meta.append((f"metadata:{self.next_id}", json.dumps(dict(attributes["metadata"]))))
        self.push(SUITE, name, attributes, attributes["source"] or None, attributes["id"])

    def end_suite(self, name: str, attributes: dict[str, Any]) -> None:
        self.finish(SUITE, name, attributes, attributes["message"])

    def start_test(self, name: str, attributes: dict[str, Any]) -> None:
        self.push(TEST, name, attributes, attributes["source"] or None, attributes["id"])

    def end_test(self, name: str, attributes: dict[str, Any]) -> None:
        self.finish(TEST, name, attributes, attributes["message"])
        self.hold_back_rows()

    def start_keyword(self, name: str, attributes: dict[str, Any]) -> None:
        if attributes["type"] not in LATER_BRANCHES:
            self.close_root()
        if attributes["type"] in ROOTS:
            kind, title = ROOTS[attributes["type"]]
            self.push(kind, title, {"lineno": attributes["lineno"], "type": title}, None, None)
        kind = KINDS[attributes["type"]]
        if kind == KINDS["ITERATION"] and self.stack[-1].result[0] == KINDS["WHILE"]:
            kind = KINDS["WHILE ITERATION"]
        source = attributes["source"] or None
        self.push(kind, name, attributes, None if source == self.suite_source else source, None)

    def end_keyword(self, name: str, attributes: dict[str, Any]) -> None:
        failed = attributes["status"] == "FAIL"
        self.finish(None, name, attributes, self.last_failure if failed else None)

    def push(self, kind: int, name: str, attributes: dict[str, Any], source: str | None, robot_id: str | None) -> None:
        if kind in (SUITE, TEST):
            self.suite_source = source
        parent = self.stack[-1].id if self.stack else None
        frame = Frame(self.next_id, (kind, name), parent, attributes, time(), perf_counter(), source, robot_id, [])
        self.next_id += 1
        self.stack.append(frame)
        if self.writer.idle:
            self.writer.wake()

    def finish(self, kind: int | None, name: str, attributes: dict[str, Any], message: str | None) -> None:
        self.close_root()
        frame = self.top(kind, name)
        elapsed = int((perf_counter() - frame.clock) * 1_000_000)
        status = STATUSES.get(attributes["status"], 1)
        ended = frame._replace(attributes=attributes)
        self.items.append(self.row(ended, status, elapsed, cut(message) if message else None))
        self.stack.pop()
        if self.stack:
            self.stack[-1].ended.append((attributes.get("type", ""), attributes["status"]))
        if self.writer.idle:
            self.writer.wake()

    def close_root(self) -> None:
        """A root ends when something else than one of its branches starts or ends."""
        frame = self.stack[-1] if self.stack else None
        if frame is None or frame.result[0] not in (IF_ROOT, TRY_ROOT):
            return
        elapsed = int((perf_counter() - frame.clock) * 1_000_000)
        status = root_status(frame.ended) or ("NOT RUN" if is_passed_over(self.stack[-2]) else "PASS")
        self.items.append(self.row(frame, STATUSES[status], elapsed, None))
        self.stack.pop()
        self.stack[-1].ended.append(("", status))

    def top(self, kind: int | None, name: str) -> Frame:
        """The frame that ends. A timeout inside a listener method may have left others above it."""
        stack = self.stack
        while len(stack) > 1 and not (stack[-1].result[1] == name and (stack[-1].result[0] == kind or kind is None)):
            stack.pop()
        return stack[-1]

    def open_row(self, frame: Frame) -> Row:
        return self.row(frame, None, None, None)

    def row(self, frame: Frame, status: int | None, elapsed: int | None, message: str | None) -> Row:
        attributes = frame.attributes
        kind, name = frame.result
        keyword = 2 <= kind <= 4
        title = attributes["kwname"] if keyword else control_name(kind, attributes.get("type", ""), name)
        head = (frame.id, frame.parent, kind, short(title))
        texts = (
            (attributes["libname"] or None) if keyword else None,
            as_json(attributes.get("args")),
            as_json(attributes.get("assign")) if keyword else None,
            attributes.get("doc") or None,
            as_json(attributes.get("tags")),
        )
        place = (frame.source, attributes.get("lineno"), frame.robot_id)
        tests = attributes.get("totaltests")
        return (*head, *texts, *place, status, int(frame.started * 1000), elapsed, message, tests)

    def log_message(self, message: dict[str, Any]) -> None:
        if message["level"] == "FAIL":
            self.last_failure = message["message"]
        item = self.stack[-1].id if self.stack else None
        self.add_message(item, message["message"], message["level"], message["html"] == "yes", time())

    def message(self, message: dict[str, Any]) -> None:
        if message["level"] in ("WARN", "ERROR"):
            self.add_message(None, message["message"], message["level"], message["html"] == "yes", time())
