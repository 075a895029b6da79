"""What both listener versions share: the stack of what runs, messages, and the text they may hold."""

from __future__ import annotations

import json
import platform
import time
from typing import Any

from robot.version import get_version

from atn_record import LEVELS, RecordWriter, Row
from atn_stop import pass_on_early_stop

try:
    from json.encoder import c_encode_basestring as quote
except ImportError:
    from json.encoder import encode_basestring as quote

LARGE = 100_000
LONGEST_NAME = 5_000
KEPT_HEAD, KEPT_TAIL = 900_000, 100_000
BACKLOG_LIMIT = 50_000
LARGE_PENDING_LIMIT = 32_000_000
# A frame is the stack entry of an item that runs. Both versions begin it like this; the writer needs ID.
ID, RESULT = 0, 1


def cut(text: str) -> str:
    """The head and the tail of a text too long for the record; the whole stays in output.xml."""
    if len(text) <= KEPT_HEAD + KEPT_TAIL:
        return text
    dropped = len(text) - KEPT_HEAD - KEPT_TAIL
    note = f"\n[... {dropped} of {len(text)} characters are left out here, output.xml has them all ...]\n"
    return text[:KEPT_HEAD] + note + text[-KEPT_TAIL:]


def as_json(values: Any) -> str | None:
    if not values:
        return None
    try:
        text = "[" + ",".join(map(quote, values)) + "]"
    except TypeError:
        text = json.dumps([value if isinstance(value, str) else str(value) for value in values])
    return text if len(text) < LARGE else json.dumps([cut_argument(str(value)) for value in values[:1000]])


def short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}..."


def cut_argument(text: str) -> str:
    return text if len(text) <= 1000 else f"{text[:1000]}... ({len(text)} characters)"


class RecordListener:
    """Keeps the stack of what runs and hands finished rows to the writer."""

    def __init__(self, path: str) -> None:
        self.stack: list[Any] = []
        self.writer = RecordWriter(path, self.stack, self.open_row)
        self.items = self.writer.items
        self.messages = self.writer.messages
        self.next_id = 1
        self.next_message = 1
        self.large_pending = 0

    def note_start(self, total_tests: int) -> None:
        facts = {
            "schema": "1",
            "robot": get_version(),
            "python": platform.python_version(),
            "startedAt": str(int(time.time() * 1000)),
            "totalTests": str(total_tests),
            "closed": "0",
        }
        self.writer.meta.extend(facts.items())
        pass_on_early_stop()

    def open_row(self, frame: Any) -> Row:
        """The row of an item that still runs. Called by the writing thread."""
        raise NotImplementedError

    def unwind(self, result: Any) -> Any:
        """The frame of `result`, which ends now.

        A timeout or a signal raised inside a listener method may have left frames above it.
        """
        stack = self.stack
        while stack[-1][RESULT] is not result:
            stack.pop()
        return stack[-1]

    def add_message(self, item: int | None, text: str, level: str, html: bool, when: float) -> None:
        if len(text) > LARGE:
            text = cut(text)
            self.hold_back(len(text))
        self.messages.append((self.next_message, item, int(when * 1000), LEVELS.get(level, 2), html, text))
        self.next_message += 1
        if self.writer.idle:
            self.writer.wake()

    def hold_back(self, size: int) -> None:
        """Large messages come faster than a disk takes them: Robot waits before memory fills."""
        self.large_pending += size
        if self.large_pending > LARGE_PENDING_LIMIT:
            self.writer.wait_until_written()
            self.large_pending = 0

    def hold_back_rows(self) -> None:
        if len(self.items) + len(self.messages) > BACKLOG_LIMIT:
            self.writer.wait_until_written()

    def close(self) -> None:
        self.writer.close()
