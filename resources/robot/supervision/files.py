"""Files of a run folder: written whole or not at all, and readable at any moment."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import time
from typing import Any

RESERVE_BYTES = 64 * 1024
FULL_DISK_PATIENCE_SECONDS = 60.0


def now_ms() -> int:
    return int(time.time() * 1000)


def write_json(path: str, content: dict[str, Any], durable: bool = False) -> None:
    """Another process sees the old content or the new, never half of it."""
    temporary = f"{path}.tmp"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    os.replace(temporary, path)
    if durable:
        sync_directory(os.path.dirname(path))


def sync_directory(path: str) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_json(path: str) -> dict[str, Any] | None:
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def complain(text: str) -> None:
    """For whoever looks into supervisor.log; on a full disk nobody does, and that must not end the supervision."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def make_reserve(path: str) -> str | None:
    """Room for the last word: given up when the disk is full at the end of the run. Answers why there is none."""
    try:
        with open(path, "wb") as file:
            # Not zeros: some file systems store those without using a block.
            file.write(os.urandom(RESERVE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        remove(path)
        return error.strerror or str(error)
    return None


def remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.remove(path)


def write_last_word(path: str, content: dict[str, Any], reserve: str) -> bool:
    """Write exit.json even on a full disk: first with room made by the reserve, then again and again."""
    remove(reserve)
    give_up_at = time.monotonic() + FULL_DISK_PATIENCE_SECONDS
    while True:
        try:
            write_json(path, content, durable=True)
            return True
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            if not full or time.monotonic() >= give_up_at:
                return False
            time.sleep(0.5)
