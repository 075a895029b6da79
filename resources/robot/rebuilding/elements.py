"""A row of the record as an element of output.xml, in the format all Robot versions from 6.1 on read (schema 4)."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, Mapping

STATUSES = ("PASS", "FAIL", "SKIP", "NOT RUN")
LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FAIL", "INFO", "SKIP")
LOST = "Lost: the run ended before this did."
SEPARATOR = "    "
FLAVORS = ("IN", "IN RANGE", "IN ENUMERATE", "IN ZIP")
# What XML 1.0 cannot hold at all.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Attributes = Mapping[str, str]
Child = "tuple[str, Attributes, str]"


def xml_text(text: str) -> str:
    return FORBIDDEN.sub(lambda match: f"\\x{ord(match.group()):02x}", text)


def stamp(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000).strftime("%Y%m%d %H:%M:%S.%f")[:-3]


def opening(row: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Name and attributes of the element."""
    kind = row["kind"]
    if kind == 0:
        return "suite", without_none({"id": row["robotId"], "name": row["name"], "source": row["source"]})
    if kind == 1:
        line = None if row["line"] is None else str(row["line"])
        return "test", without_none({"id": row["robotId"], "name": row["name"], "line": line})
    if kind in (2, 3, 4):
        types = {3: "SETUP", 4: "TEARDOWN"}
        return "kw", without_none({"name": row["name"], "library": row["owner"], "type": types.get(kind)})
    return control(kind, row["name"].split(SEPARATOR))


def control(kind: int, words: list[str]) -> tuple[str, dict[str, str]]:
    if kind == 5:
        return "for", {"flavor": next((word for word in words if word in FLAVORS), "IN")}
    if kind == 8:
        branch = {"type": words[0] or "IF"}
        return "branch", {**branch, "condition": words[1]} if len(words) > 1 else branch
    if kind == 10:
        return "branch", {"type": words[0] or "TRY"}
    if kind == 11:
        return "while", {"condition": words[1]} if len(words) > 1 else {}
    if kind == 13:
        return "variable", {"name": words[1] if len(words) > 1 else ""}
    if kind == 18:
        return "group", {"name": words[1] if len(words) > 1 else ""}
    names = {6: "iter", 7: "if", 9: "try", 12: "iter", 14: "return", 15: "continue", 16: "break", 17: "error"}
    return names[kind], {}


def children(row: Mapping[str, Any], metadata: Mapping[str, str]) -> list[tuple[str, Attributes, str]]:
    """What stands at the beginning of the element."""
    found: list[tuple[str, Attributes, str]] = []
    kind = row["kind"]
    if kind > 4:
        return control_children(kind, row["name"].split(SEPARATOR))
    found += [("var", {}, name) for name in strings(row["assign"])]
    found += [("arg", {}, value) for value in strings(row["args"])]
    if row["doc"]:
        found.append(("doc", {}, row["doc"]))
    found += [("tag", {}, tag) for tag in strings(row["tags"])]
    found += [("meta", {"name": name}, value) for name, value in metadata.items()]
    return found


def control_children(kind: int, words: list[str]) -> list[tuple[str, Attributes, str]]:
    if kind == 5:
        at = next((place for place, word in enumerate(words) if word in FLAVORS), len(words))
        return [("var", {}, word) for word in words[1:at]] + [("value", {}, word) for word in words[at + 1 :]]
    if kind == 6 and words[0]:
        pairs = (pair.partition(" = ") for pair in words[0].split(", "))
        return [("var", {"name": name}, value) for name, _, value in pairs]
    if kind == 10:
        return [("pattern", {}, word) for word in words[1:] if not word.startswith("type=")]
    if kind == 13:
        return [("var", {}, word) for word in words[2:]]
    return [("value", {}, word) for word in words[1:]] if kind in (14, 17) else []


def status(row: Mapping[str, Any], last_sign: int) -> tuple[dict[str, str], str]:
    """Attributes and text of the status element. What still ran when the record ended is a failure, and lost."""
    started = row["started"]
    running = row["status"] is None
    ended = max(last_sign, started) if running else started + (row["elapsed"] or 0) // 1000
    name = "FAIL" if running else STATUSES[row["status"]]
    text = LOST if running else row["message"] or ""
    # Control structures cannot have one in Robot 6.1.
    has_text = row["kind"] <= 4
    return {"status": name, "starttime": stamp(started), "endtime": stamp(ended)}, text if has_text else ""


def message(row: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    attributes = {"timestamp": stamp(row["time"]), "level": LEVELS[row["level"]]}
    return {**attributes, "html": "true"} if row["html"] else attributes, row["text"] or ""


def strings(text: str | None) -> list[str]:
    return [str(value) for value in json.loads(text)] if text else []


def without_none(values: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
