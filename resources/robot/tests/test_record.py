from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

import atn_frames
import atn_record
from atn_record import RecordWriter, open_record
from conftest import wait_for


def item(number: int, name: str = "x") -> tuple[Any, ...]:
    nothing = (None,) * 8
    return (number, None, 2, name, *nothing, 0, 0, 0, None, None)


def test_a_sqlite_without_strict_tables_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    connection = open_record(str(tmp_path / "record.db"))
    schema = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'item'").fetchone()[0]
    assert "STRICT" not in schema
    connection.execute(f"INSERT INTO item VALUES ({','.join('?' * 17)})", item(1))
    connection.close()


def test_rows_of_every_batch_size_arrive(tmp_path: Path):
    path = str(tmp_path / "record.db")
    writer = RecordWriter(path, [], lambda frame: frame)
    expected = 0
    for size in (1, 9, 10, 49, 50, 51, 163):
        for _ in range(size):
            expected += 1
            writer.items.append(item(expected))
        writer.wake()
        writer.wait_until_written()
    writer.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*), max(id) FROM item").fetchone() == (expected, expected)
    connection.close()


def test_rows_wait_longer_for_their_batch_only_while_very_many_come(tmp_path: Path):
    writer = RecordWriter(str(tmp_path / "record.db"), [], lambda frame: frame)
    sizes = [44, 45, 215, 216, 44, 10]  # 1,800 rows a second are 45 in 25 ms and 216 in 120 ms
    pauses: list[float] = []
    wait = writer._wake.wait

    def bring(size: int) -> None:
        writer.items.extend(item(1 + row) for row in range(size))

    def pause(seconds: float | None = None) -> bool:
        if seconds is None:
            return wait()
        pauses.append(seconds)
        bring(sizes[len(pauses)] if len(pauses) < len(sizes) else 0)
        return False

    writer._wake.wait = pause  # type: ignore[method-assign]
    bring(sizes[0])
    writer.wake()
    wait_for(lambda: len(pauses) >= len(sizes), "a batch of each size")
    writer.close()
    assert pauses[: len(sizes)] == [0.025, 0.12, 0.025, 0.12, 0.025, 0.025]


def test_half_a_surrogate_pair_spoils_nothing_else(tmp_path: Path):
    path = str(tmp_path / "record.db")
    writer = RecordWriter(path, [], lambda frame: frame)
    writer.items.extend([item(1, "good"), item(2, "half \ud83d"), item(3, "Grüße")])
    writer.close()
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM item ORDER BY id")]
    assert names == ["good", "half \\ud83d", "Grüße"]
    connection.close()


def test_what_starts_while_a_batch_is_written_needs_no_later_event(tmp_path: Path):
    """A keyword may start there and then sleep for an hour: nothing else would wake the writer for it."""
    path = str(tmp_path / "record.db")
    stack: list[Any] = [(1, None)]

    def row(frame: Any) -> tuple[Any, ...]:
        if len(stack) == 1:
            stack.append((2, None))  # as Robot's thread does when the writer is not idle
        return item(frame[0])

    writer = RecordWriter(path, stack, row)
    writer.wake()
    connection = sqlite3.connect(path)
    wait_for(lambda: connection.execute("SELECT max(id) FROM item").fetchone() == (2,), "both rows", patience=5)
    connection.close()
    writer.close()


def test_what_waits_is_dropped_after_the_disk_stayed_full(tmp_path: Path, monkeypatch, capfd):
    """Memory must not fill with rows nobody will write."""
    monkeypatch.setattr(atn_record, "FULL_DISK_PATIENCE_SECONDS", 0.0)
    writer = RecordWriter(str(tmp_path / "record.db"), [], lambda frame: frame)
    writer._connection.execute("PRAGMA max_page_count = 1")
    for number in range(1, 20_000):
        writer.items.append(item(number, "x" * 100))
    writer.wake()
    writer.wait_until_written()
    assert writer.stopped is not None
    assert "full" in writer.stopped
    wait_for(lambda: not writer.items, "the rows to be dropped")
    writer.items.append(item(99_999))
    wait_for(lambda: not writer.items, "later rows to be dropped")
    writer.close()


def test_a_console_that_cannot_be_written_does_not_end_the_writing(tmp_path: Path, monkeypatch):
    """/dev/full is a disk without room: record and console often share one."""
    monkeypatch.setattr(atn_record, "FULL_DISK_PATIENCE_SECONDS", 0.0)
    with open("/dev/full", "w", buffering=1) as full:
        monkeypatch.setattr(sys, "__stderr__", full)
        writer = RecordWriter(str(tmp_path / "record.db"), [], lambda frame: frame)
        writer._connection.execute("PRAGMA max_page_count = 1")
        writer.items.extend(item(number, "x" * 100) for number in range(1, 20_000))
        writer.wake()
        wait_for(lambda: writer.stopped, "recording to stop")
        wait_for(lambda: not writer.items, "the rows to be dropped")
        writer.close()
        monkeypatch.undo()
        with contextlib.suppress(OSError):
            full.close()


def test_an_unexpected_error_stops_recording_and_says_so(tmp_path: Path):
    writer = RecordWriter(str(tmp_path / "record.db"), [], lambda frame: frame)
    writer.items.append(item(2**70))
    writer.wake()
    wait_for(lambda: writer.stopped, "recording to stop")
    assert writer.stopped is not None
    assert "OverflowError" in writer.stopped
    writer.close()
    connection = sqlite3.connect(tmp_path / "record.db")
    assert "OverflowError" in connection.execute("SELECT value FROM meta WHERE key = 'dropped'").fetchone()[0]
    connection.close()


def test_text_is_cut_in_the_middle():
    text = "a" * 900_000 + "b" * 500_000 + "c" * 100_000
    kept = atn_frames.cut(text)
    assert kept.startswith("a" * 900_000)
    assert kept.endswith("c" * 100_000)
    assert "500000 of 1500000" in kept
    assert atn_frames.cut("short") == "short"


@pytest.mark.parametrize("values", [["a", 'quote " back \\ line \n nul \x00'], ["Grüße 你好"], []])
def test_arguments_are_json(values: list[str]):
    text = atn_frames.as_json(values)
    assert json.loads(text or "[]") == values


def test_arguments_that_are_not_text_are_made_text():
    assert json.loads(atn_frames.as_json([1, None, "x"]) or "") == ["1", "None", "x"]
