"""The writing side of the run record: buffers that Robot's thread fills, one thread that empties them into SQLite.

Robot's thread only appends to lists. A signal or a timeout of Robot may raise inside any of its lines, so
it must never hold a half done transaction; the writing thread cannot be interrupted that way. Rows go in
as few, wide statements, because SQLite lets go of the interpreter once a statement: Robot keeps running.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import threading
import time
from itertools import chain
from typing import Any, Callable, Iterable, Sequence

SCHEMA_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "record_schema.sql")
BATCH_SECONDS = 0.025
# Nobody can read thousands of rows a second as they come. From there on they wait longer for their batch, which saves
# Robot, the harness and the page, all on the same processors, half of the work of showing them.
BUSY_ROWS_A_SECOND = 1800
BUSY_BATCH_SECONDS = 0.12
FULL_DISK_PATIENCE_SECONDS = 30.0
CLOSING_PATIENCE_SECONDS = 3.0
ITEM_COLUMNS = 17
MESSAGE_COLUMNS = 6
# At most 850 values a statement: SQLite before 3.32 takes no more than 999.
GROUPS = (50, 10, 1)

SUITE, TEST, KEYWORD, SETUP, TEARDOWN = 0, 1, 2, 3, 4
KINDS = {
    "SUITE": 0,
    "TEST": 1,
    "KEYWORD": 2,
    "SETUP": 3,
    "TEARDOWN": 4,
    "FOR": 5,
    "ITERATION": 6,
    "IF/ELSE ROOT": 7,
    "IF": 8,
    "ELSE IF": 8,
    "ELSE": 8,
    "TRY/EXCEPT ROOT": 9,
    "TRY": 10,
    "EXCEPT": 10,
    "FINALLY": 10,
    "WHILE": 11,
    "WHILE ITERATION": 12,
    "VAR": 13,
    "RETURN": 14,
    "CONTINUE": 15,
    "BREAK": 16,
    "ERROR": 17,
    "GROUP": 18,
}
STATUSES = {"PASS": 0, "FAIL": 1, "SKIP": 2, "NOT RUN": 3}
LEVELS = {"TRACE": 0, "DEBUG": 1, "INFO": 2, "WARN": 3, "ERROR": 4, "FAIL": 5, "CONSOLE": 6, "SKIP": 7}

Row = Sequence[Any]


def open_record(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    # NORMAL syncs at checkpoints only: a kill of every process loses nothing that was committed.
    connection.execute("PRAGMA synchronous = NORMAL")
    with open(SCHEMA_FILE, encoding="utf-8") as file:
        schema = file.read()
    if sqlite3.sqlite_version_info < (3, 37):
        schema = schema.replace(") STRICT;", ");")
    connection.executescript(f"BEGIN;\n{schema}\nCOMMIT;")
    return connection


def clean(value: Any) -> Any:
    """What SQLite refuses: text with lone surrogates."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value


def complain(text: str) -> None:
    """On the console, which may lie on the same full disk: that must not end the writing thread."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.__stderr__.write(f"ATN run record: {text}\n")
        sys.__stderr__.flush()


class RecordWriter:
    """Owns the connection and the writing thread. Robot's thread appends to `items` and `messages`."""

    def __init__(self, path: str, stack: list[Any], open_row: Callable[[Any], Row]) -> None:
        self.items: list[Row] = []
        self.messages: list[Row] = []
        self.meta: list[tuple[str, str]] = []
        self.idle = True
        self.stopped: str | None = None
        self._stack = stack
        self._open_row = open_row
        self._written_open: set[int] = set()
        self._owner_pid = os.getpid()
        self._wake = threading.Event()
        self._closing = False
        self._connection = open_record(path)
        self._thread = threading.Thread(target=self._run, name="atn-record", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """The first event after a pause is written at once; those after it wait for the next batch."""
        self.idle = False
        self._wake.set()

    def close(self) -> None:
        # A forked child of a library has this object too, but neither the thread nor the right to write.
        if self._closing or os.getpid() != self._owner_pid:
            return
        self._closing = True
        self._wake.set()
        self._thread.join()

    def backlog(self) -> int:
        return len(self.items) + len(self.messages)

    def wait_until_written(self) -> None:
        while self.backlog() and not self.stopped and self._thread.is_alive():
            self._wake.set()
            time.sleep(0.005)

    def _run(self) -> None:
        pause = BATCH_SECONDS
        while not self._closing and not self.stopped:
            self.idle = True
            # An event that came before `idle` was set did not wake us: look before sleeping. What only started
            # has no row yet, it stands on the stack.
            if not self._has_news():
                self._wake.wait()
            self._wake.clear()
            self.idle = False
            if self._closing:
                break
            rows = self._write_patiently()
            pause = BUSY_BATCH_SECONDS if rows >= BUSY_ROWS_A_SECOND * pause else BATCH_SECONDS
            self._wake.wait(pause)
        self._discard_until_closed()
        self._finish()

    def _discard_until_closed(self) -> None:
        while not self._closing:
            for rows in (self.items, self.messages, self.meta):
                rows.clear()
            self._wake.wait(1)
            self._wake.clear()

    def _has_news(self) -> bool:
        newest = self._stack[-1:]
        return bool(self.items or self.messages or self.meta) or any(
            frame[0] not in self._written_open for frame in newest
        )

    def _finish(self) -> None:
        if not self.stopped:
            self._write_patiently()
        try:
            note = [("closed", "1")] if not self.stopped else [("dropped", self.stopped)]
            self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", note)
            # One self-contained file that can be read from a read-only place; stays WAL while somebody reads.
            self._connection.execute("PRAGMA busy_timeout = 200")
            self._connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error:
            pass
        finally:
            self._connection.close()

    def _write_patiently(self) -> int:
        """Write all, answer how many rows; while the disk is full keep it and try again, for a bounded time."""
        failed_at = None
        while not self.stopped:
            try:
                return self._write()
            except sqlite3.Error as error:
                now = time.monotonic()
                if failed_at is None:
                    failed_at = now
                    complain(f"cannot write ({error}), trying again.")
                patience = CLOSING_PATIENCE_SECONDS if self._closing else FULL_DISK_PATIENCE_SECONDS
                if now - failed_at >= patience:
                    self._stop(str(error))
                else:
                    time.sleep(0.25)
            except Exception as error:
                # Nothing else is expected; if it comes, rows must not pile up in memory behind a dead thread.
                self._stop(repr(error))
        return 0

    def _stop(self, reason: str) -> None:
        self.stopped = f"{reason}; {self.backlog()} rows and everything after them are not recorded"
        complain(f"recording stopped: {self.stopped}")

    def _write(self) -> int:
        message_count, item_count, frames = self._snapshot()
        items, messages, meta = self.items[:item_count], self.messages[:message_count], self.meta[:]
        fresh = [self._open_row(frame) for frame in frames if frame[0] not in self._written_open]
        if fresh or items or messages or meta:
            self._transact((fresh, items, messages, meta))
        self._written_open = {frame[0] for frame in frames}
        del self.items[:item_count], self.messages[:message_count], self.meta[: len(meta)]
        return item_count + message_count

    def _snapshot(self) -> tuple[int, int, list[Any]]:
        """A moment in which no item is between its start and its row: a batch never leaves a gap in the ids.

        Robot's thread appends the row of an item before it takes it off the stack.
        """
        while True:
            message_count = len(self.messages)
            item_count = len(self.items)
            frames = self._stack[:]
            same_top = len(self._stack) == len(frames) and (not frames or self._stack[-1] is frames[-1])
            if same_top and len(self.items) == item_count:
                return message_count, item_count, frames

    def _transact(self, groups: Sequence[Sequence[Row]]) -> None:
        try:
            self._insert_all(*groups)
        except UnicodeEncodeError:
            self._insert_all(*([tuple(map(clean, row)) for row in rows] for rows in groups))

    def _insert_all(
        self, fresh: Sequence[Row], items: Sequence[Row], messages: Sequence[Row], meta: Sequence[Row]
    ) -> None:
        connection = self._connection
        connection.execute("BEGIN")
        try:
            self._insert("INSERT OR IGNORE INTO item", ITEM_COLUMNS, fresh)
            self._insert("INSERT OR REPLACE INTO item", ITEM_COLUMNS, items)
            self._insert("INSERT OR IGNORE INTO message", MESSAGE_COLUMNS, messages)
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _insert(self, statement: str, columns: int, rows: Sequence[Row]) -> None:
        start = 0
        for size in GROUPS:
            sql = f"{statement} VALUES {','.join(['(' + ','.join('?' * columns) + ')'] * size)}"
            while len(rows) - start >= size:
                values: Iterable[Any] = chain.from_iterable(rows[start : start + size])
                self._connection.execute(sql, tuple(values))
                start += size
