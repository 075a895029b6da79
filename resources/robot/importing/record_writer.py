"""What readers of results give, as a run record: written as it ends, so that only what is open is in memory."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import datetime

SCHEMA_FILE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "record_schema.sql")
BATCH = 5000
LONGEST_TEXT = 1 << 20
KINDS = {
    "suite": 0, "test": 1, "kw": 2, "for": 5, "iter": 6, "if": 7, "branch": 8, "try": 9, "while": 11, "variable": 13,
    "return": 14, "continue": 15, "break": 16, "error": 17, "group": 18,
}  # fmt: skip
KEYWORD_TYPES = {"SETUP": 3, "TEARDOWN": 4}
STATUSES = {"PASS": 0, "FAIL": 1, "SKIP": 2, "NOT RUN": 3, "NOT_RUN": 3}
LEVELS = {"TRACE": 0, "DEBUG": 1, "INFO": 2, "WARN": 3, "ERROR": 4, "FAIL": 5, "CONSOLE": 6, "SKIP": 7}


class Refused(Exception):
    """The file is not what this script reads."""


class Item:
    def __init__(self, number: int, tag: str, attributes: dict[str, str], parent: Item | None) -> None:
        self.number = number
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.arguments: list[str] = []
        self.assign: list[str] = []
        self.tags: list[str] = []
        self.doc: str | None = None
        self.message: str | None = None
        self.status: int | None = None
        self.started: int | None = None
        self.elapsed: int | None = None
        self.tests = 0
        self.later: list[Held] = []


class Held:
    """What a file names before its place: numbered when that has come."""

    def __init__(self, writer: RecordWriter) -> None:
        self.base = writer.numbers
        self.depth = len(writer.open)
        self.count = 0
        self.rows, self.messages = writer.rows, writer.messages


class RecordWriter:
    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.open: list[Item] = []
        self.numbers = 0
        self.rows: list[tuple] = []
        self.messages: list[tuple] = []
        self.characters = 0
        self.held: list[Held] = []
        self.metadata: dict[int, dict[str, str]] = {}
        self.generator = ""
        self.name = ""
        self.started: int | None = None
        self.ended: int | None = None
        self.tests = 0

    def begin_file(self, generator: str) -> None:
        if not generator.startswith(("Rebot", "Robot")):
            raise Refused("This is no result file of Robot Framework: it does not say which version wrote it.")
        self.generator = generator

    def begin(self, tag: str, attributes: dict[str, str]) -> Item:
        """Items are numbered in the order of their start, a parent before its children."""
        self.numbers += 1
        item = Item(self.numbers, tag, attributes, self.open[-1] if self.open else None)
        self.open.append(item)
        return item

    def say(self, item: int | None, text: str, level: str, *, time: str | None, html: bool) -> None:
        self.messages.append((item, moment(time), LEVELS.get(level, 2), 1 if html else 0, text))
        self.characters += len(text)
        if len(self.messages) >= BATCH or self.characters >= LONGEST_TEXT * 8:
            self.flush()

    def hold(self) -> None:
        """The item that begins next is the last of its parent's, whatever stands behind it in the file."""
        self.held.append(Held(self))
        self.rows, self.messages = [], []

    def end(self) -> None:
        """The item that began last is over."""
        item = self.open.pop()
        for each in item.later:
            self.place(each)
        self.close(item)
        if self.held and len(self.open) == self.held[-1].depth:
            held = self.held.pop()
            held.count, self.numbers = self.numbers - held.base, held.base
            held.rows, self.rows = self.rows, held.rows
            held.messages, self.messages = self.messages, held.messages
            self.open[-1].later.append(held)

    def place(self, held: Held) -> None:
        shift = self.numbers - held.base

        def moved(number: int) -> int:
            return number + shift if number > held.base else number

        self.rows += [(moved(row[0]), moved(row[1]), *row[2:]) for row in held.rows]
        self.messages += [(moved(row[0]), *row[1:]) for row in held.messages]
        self.numbers += held.count

    def close(self, item: Item) -> None:
        structure = item.tag in ("suite", "test")
        if item.parent is None:
            self.name = item.attributes.get("name", "")
        if item.tag == "test":
            self.tests += 1
            for each in self.open:
                each.tests += 1
        started = item.started if item.started is not None else self.started or 0
        if structure and item.started is not None:
            self.started = min(self.started or item.started, item.started)
            self.ended = max(self.ended or 0, item.started + (item.elapsed or 0) // 1000)
        self.rows.append((
            item.number, item.parent.number if item.parent else None, kind_of(item), name_of(item),
            item.attributes.get("owner") or item.attributes.get("library"),
            listed(item.arguments if item.tag == "kw" else []),
            listed(item.assign if item.tag == "kw" else []), item.doc, listed(item.tags), item.attributes.get("source"),
            whole(item.attributes.get("line")), item.attributes.get("id") if structure else None,
            item.status, started, item.elapsed,
            item.message if structure or item.status == 1 else None, item.tests if item.tag == "suite" else None,
        ))  # fmt: skip
        if len(self.rows) + len(self.messages) >= BATCH:
            self.flush()

    def flush(self) -> None:
        if self.held:
            return
        self.database.executemany(f"INSERT INTO item VALUES ({', '.join('?' * 17)})", self.rows)
        self.database.executemany(
            "INSERT INTO message (item, time, level, html, text) VALUES (?, ?, ?, ?, ?)", self.messages
        )
        self.database.commit()
        self.rows, self.messages, self.characters = [], [], 0

    def finish(self, cut: str | None) -> None:
        while self.open:
            self.end()
        self.flush()
        robot, python = versions(self.generator)
        facts = {"schema": "1", "robot": robot, "python": python, "startedAt": self.started, "totalTests": self.tests}
        facts |= {"closed": 0 if cut else 1} | ({"dropped": cut} if cut else {})
        facts |= {
            f"metadata:{number}": json.dumps(found, ensure_ascii=False) for number, found in self.metadata.items()
        }
        rows = [(key, str(value)) for key, value in facts.items() if value is not None]
        self.database.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        self.database.commit()


def kind_of(item: Item) -> int:
    parent = item.parent.tag if item.parent else ""
    if item.tag == "kw":
        return KEYWORD_TYPES.get(item.attributes.get("type", ""), 2)
    if item.tag == "iter" and parent == "while":
        return 12
    if item.tag == "branch" and parent == "try":
        return 10
    return KINDS[item.tag]


def name_of(item: Item) -> str:
    """Of control structures the statement as written, words four spaces apart."""
    attributes = item.attributes
    if item.tag in ("suite", "test", "kw", "group"):
        return attributes.get("name", "")
    if item.tag == "for":
        words = ["FOR", *item.assign, attributes.get("flavor", "IN"), *item.arguments]
    elif item.tag == "iter":
        words = item.assign
    elif item.tag == "branch":
        kind = attributes.get("type", "")
        words = [kind, attributes.get("condition", ""), *item.arguments]
    elif item.tag == "while":
        words = ["WHILE", attributes.get("condition", "")]
    elif item.tag == "variable":
        words = ["VAR", attributes.get("name", ""), *item.arguments]
    elif item.tag in ("if", "try"):
        words = [f"{item.tag.upper()}/{'ELSE' if item.tag == 'if' else 'EXCEPT'} ROOT"]
    else:
        words = [item.tag.upper(), *item.arguments]
    return "    ".join(word for word in words if word)


def listed(values: list[str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def moment(text: str | None) -> int | None:
    """UTC ms of a time that Robot wrote in local time, in the form of any version; None for none."""
    if not text or text == "N/A":
        return None
    for form in ("%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y%m%d %H:%M:%S.%f"):
        try:
            return round(datetime.strptime(text, form).timestamp() * 1000)
        except ValueError:
            continue
    return None


def versions(generator: str) -> tuple[str | None, str | None]:
    """Of `Robot 7.0 (Python 3.11.4 on linux)`."""
    words = generator.replace("(", "").split()
    python = words[words.index("Python") + 1] if "Python" in words[:-1] else None
    return (words[1] if len(words) > 1 else None, python)


def open_record(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    with open(SCHEMA_FILE, encoding="utf-8") as file:
        schema = file.read()
    if sqlite3.sqlite_version_info < (3, 37):
        schema = schema.replace(") STRICT;", ");")
    database.executescript(f"PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\nBEGIN;\n{schema}\nCOMMIT;")
    return database
