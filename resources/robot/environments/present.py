"""Where an environment lies and whether it is complete. Loads next to nothing: this is asked before every run."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from typing import Any

MARKER = "atn-environment.json"


def environment_hash(requirements: list[str], version: str) -> str:
    content = json.dumps([sorted(set(requirements)), version, sys.platform])
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def interpreter(place: str) -> str:
    return os.path.join(place, "Scripts", "python.exe") if os.name == "nt" else os.path.join(place, "bin", "python")


def read_marker(place: str) -> dict[str, Any] | None:
    """A complete environment has the marker, written last, and an interpreter that can be executed."""
    try:
        with open(os.path.join(place, MARKER), encoding="utf-8") as file:
            marker = json.load(file)
    except (OSError, ValueError):
        return None
    return marker if isinstance(marker, dict) and os.access(interpreter(place), os.X_OK) else None
