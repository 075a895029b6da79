"""The recording listener for Robot Framework 7.0 and later (listener API 3)."""

from __future__ import annotations

import json
from time import perf_counter, time
from typing import Any

from atn_frames import RecordListener, as_json, cut, short
from atn_record import KINDS, STATUSES, SUITE, TEST, Row

# After ID and RESULT of a frame: item id of the parent, kind, what Robot knows of it, times, the file named in
# its row and the file of its body (below a test None means the file of the suite), counters of child suites and
# tests (suites only), Robot's id.
PARENT, KIND, DATA, STARTED, CLOCK, SOURCE, BODY_SOURCE, COUNTS, ROBOT_ID = range(2, 11)
ROOT_NAMES = {"IF/ELSE ROOT": "IF/ELSE", "TRY/EXCEPT ROOT": "TRY/EXCEPT"}


def is_while_iteration(result: Any) -> bool:
    return type(result).__name__ == "WhileIteration"


def control_name(result: Any) -> str:
    kind = result.type
    if kind in ROOT_NAMES:
        return ROOT_NAMES[kind]
    if kind == "ITERATION":
        if is_while_iteration(result):
            return ""
        return short(", ".join(f"{name} = {value}" for name, value in result.assign.items()))
    return short(str(result))


class ListenerV3(RecordListener):
    ROBOT_LISTENER_API_VERSION = 3
    suite_source: str | None = None

    def start_suite(self, data: Any, result: Any) -> None:
        stack = self.stack
        number = self.next_id
        self.next_id = number + 1
        source = str(data.source) if data.source else None
        if stack:
            parent = stack[-1]
            parent[COUNTS][0] += 1
            parent_id, robot_id = parent[0], f"{parent[ROBOT_ID]}-s{parent[COUNTS][0]}"
        else:
            parent_id, robot_id = None, "s1"
            self.note_start(data.test_count)
        if result.metadata:
            metadata = json.dumps({str(key): str(value) for key, value in result.metadata.items()})
            self.writer.meta.append((f"metadata:{number}", metadata))
        clock = perf_counter()
        stack.append((number, result, parent_id, SUITE, data, time(), clock, source, None, [0, 0], robot_id))
        self.suite_source = source
        if self.writer.idle:
            self.writer.wake()

    def end_suite(self, data: Any, result: Any) -> None:
        self.finish(result, cut(result.message) if result.message else None)

    def start_test(self, data: Any, result: Any) -> None:
        number = self.next_id
        self.next_id = number + 1
        parent = self.stack[-1]
        counts = parent[COUNTS]
        counts[1] += 1
        source = str(data.source) if data.source else None
        robot_id = f"{parent[ROBOT_ID]}-t{counts[1]}"
        self.suite_source = source
        clock = perf_counter()
        self.stack.append((number, result, parent[0], TEST, data, time(), clock, source, None, None, robot_id))
        if self.writer.idle:
            self.writer.wake()

    def end_test(self, data: Any, result: Any) -> None:
        self.finish(result, cut(result.message) if result.message else None)
        self.hold_back_rows()

    def start_keyword(self, data: Any, result: Any) -> None:
        self.push_keyword(data, result, self.stack[-1][BODY_SOURCE])

    def start_library_keyword(self, data: Any, implementation: Any, result: Any) -> None:
        number = self.next_id
        self.next_id = number + 1
        parent = self.stack[-1]
        source = parent[BODY_SOURCE]
        self.stack.append((number, result, parent[0], 2, data, time(), perf_counter(), source, source))
        if self.writer.idle:
            self.writer.wake()

    def start_user_keyword(self, data: Any, implementation: Any, result: Any) -> None:
        source = implementation.source
        text = str(source) if source else None
        self.push_keyword(data, result, None if text == self.suite_source else text)

    def start_invalid_keyword(self, data: Any, implementation: Any, result: Any) -> None:
        self.push_keyword(data, result, self.stack[-1][BODY_SOURCE])

    def start_body_item(self, data: Any, result: Any) -> None:
        self.push_keyword(data, result, self.stack[-1][BODY_SOURCE])

    def push_keyword(self, data: Any, result: Any, body_source: str | None) -> None:
        number = self.next_id
        self.next_id = number + 1
        parent = self.stack[-1]
        clock = perf_counter()
        self.stack.append((number, result, parent[0], 2, data, time(), clock, parent[BODY_SOURCE], body_source))
        if self.writer.idle:
            self.writer.wake()

    def end_library_keyword(self, data: Any, implementation: Any, result: Any) -> None:
        stack = self.stack
        frame = stack[-1]
        if frame[1] is not result:
            frame = self.unwind(result)
        message = result.message
        self.items.append(
            self.keyword_row(
                frame,
                STATUSES.get(result.status, 1),
                int((perf_counter() - frame[CLOCK]) * 1_000_000),
                cut(message) if message else None,
            )
        )
        stack.pop()
        if self.writer.idle:
            self.writer.wake()

    end_user_keyword = end_library_keyword
    end_invalid_keyword = end_library_keyword

    def end_keyword(self, data: Any, result: Any) -> None:
        self.end_library_keyword(data, None, result)

    def end_body_item(self, data: Any, result: Any) -> None:
        self.finish(result, cut(result.message) if result.message else None)

    def finish(self, result: Any, message: str | None) -> None:
        frame = self.unwind(result)
        elapsed = int((perf_counter() - frame[CLOCK]) * 1_000_000)
        self.items.append(self.row(frame, STATUSES.get(result.status, 1), elapsed, message))
        self.stack.pop()
        if self.writer.idle:
            self.writer.wake()

    def open_row(self, frame: Any) -> Row:
        return self.row(frame, None, None, None)

    def row(self, frame: Any, status: int | None, elapsed: int | None, message: str | None) -> Row:
        if frame[KIND] < 2:
            return self.structure_row(frame, status, elapsed, message)
        if frame[1].type in ("KEYWORD", "SETUP", "TEARDOWN"):
            return self.keyword_row(frame, status, elapsed, message)
        return self.control_row(frame, status, elapsed, message)

    def structure_row(self, frame: Any, status: int | None, elapsed: int | None, message: str | None) -> Row:
        number, result, parent, kind, data, started, _, source, _, _, robot_id = frame
        tags = as_json(list(result.tags)) if kind == TEST else None
        line = data.lineno if kind == TEST else None
        tests = data.test_count if kind == SUITE else None
        texts = (None, None, None, result.doc or None, tags)
        state = (status, int(started * 1000), elapsed, message, tests)
        return (number, parent, kind, result.name, *texts, source, line, robot_id, *state)

    def keyword_row(self, frame: Any, status: int | None, elapsed: int | None, message: str | None) -> Row:
        number, result, parent, _, data, started, _, source, _ = frame
        args, assign, tags, doc = result.args, result.assign, result.tags, result.doc
        return (
            number,
            parent,
            KINDS[result.type],
            result.name or "",
            result.owner,
            as_json(args) if args else None,
            as_json(assign) if assign else None,
            doc or None,
            as_json(list(tags)) if tags else None,
            source,
            data.lineno,
            None,
            status,
            int(started * 1000),
            elapsed,
            message,
            None,
        )

    def control_row(self, frame: Any, status: int | None, elapsed: int | None, message: str | None) -> Row:
        number, result, parent, _, data, started, _, source, _ = frame
        kind = KINDS[result.type]
        if is_while_iteration(result):
            kind = KINDS["WHILE ITERATION"]
        texts = (control_name(result), None, None, None, None, None)
        return (
            number,
            parent,
            kind,
            *texts,
            source,
            data.lineno,
            None,
            status,
            int(started * 1000),
            elapsed,
            message,
            None,
        )

    def log_message(self, message: Any) -> None:
        text = message.message
        if text is not None and self.stack:
            item = self.stack[-1][0]
            self.add_message(item, text, message.level, message.html, message.timestamp.timestamp())

    def message(self, message: Any) -> None:
        if message.level in ("WARN", "ERROR"):
            self.add_message(None, message.message or "", message.level, message.html, message.timestamp.timestamp())
