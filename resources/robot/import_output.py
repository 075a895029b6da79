"""Results of another tool's Robot run as a run record: `python import_output.py OUTPUT_XML RECORD_DB`.

Reads output.xml as a stream of events, so memory does not grow with the file: what is open is kept, nothing else.
Takes what Robot Framework 4 and newer write. A file that was cut gives everything up to the cut; what was open then
has no outcome.
Prints JSON lines: `{"bytes"}` on the way, at the end `{"ok", "items", "name", "startedAt", "endedAt", "cut", "error"}`.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from datetime import datetime
from xml.parsers import expat

SCHEMA_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "record_schema.sql")
PIECE = 1 << 20
TELL_EVERY = 16 << 20
BATCH = 5000
LONGEST_TEXT = 1 << 20
KINDS = {
    "suite": 0, "test": 1, "kw": 2, "for": 5, "iter": 6, "if": 7, "branch": 8, "try": 9, "while": 11, "variable": 13,
    "return": 14, "continue": 15, "break": 16, "error": 17, "group": 18,
}  # fmt: skip
KEYWORD_TYPES = {"SETUP": 3, "TEARDOWN": 4}
STATUSES = {"PASS": 0, "FAIL": 1, "SKIP": 2, "NOT RUN": 3, "NOT_RUN": 3}
LEVELS = {"TRACE": 0, "DEBUG": 1, "INFO": 2, "WARN": 3, "ERROR": 4, "FAIL": 5, "CONSOLE": 6, "SKIP": 7}
TEXTS = {"arg", "var", "doc", "tag", "msg", "status", "value"}


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


class Importer:
    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.open: list[Item] = []
        self.path: list[str] = []
        self.text: list[str] = []
        self.text_length = 0
        self.text_attributes: dict[str, str] = {}
        self.numbers = 0
        self.rows: list[tuple] = []
        self.messages: list[tuple] = []
        self.generator = ""
        self.name = ""
        self.started: int | None = None
        self.ended: int | None = None
        self.tests = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.path and tag != "robot":
            raise Refused("This is no result file of Robot Framework: it does not begin with <robot>.")
        self.path.append(tag)
        if tag == "robot":
            self.generator = attributes.get("generator", "")
            if self.generator.startswith("Rebot") or self.generator.startswith("Robot"):
                return
            raise Refused("This is no result file of Robot Framework: it does not say which version wrote it.")
        if tag in KINDS:
            self.numbers += 1
            self.open.append(Item(self.numbers, tag, attributes, self.open[-1] if self.open else None))
            if self.numbers == 1:
                self.name = attributes.get("name", "")
        if tag in TEXTS:
            self.text, self.text_length, self.text_attributes = [], 0, attributes

    def characters(self, text: str) -> None:
        if self.text_length > LONGEST_TEXT or not self.path or self.path[-1] not in TEXTS:
            return
        self.text.append(text)
        self.text_length += len(text)

    def end(self, tag: str) -> None:
        self.path.pop()
        if tag in TEXTS:
            self.take_text(tag, "".join(self.text))
        elif tag in KINDS:
            self.close(self.open.pop())

    def take_text(self, tag: str, text: str) -> None:
        attributes = self.text_attributes
        if tag == "msg":
            self.take_message(text, attributes)
            return
        if not self.open:
            return
        item = self.open[-1]
        if tag in ("arg", "value") or (tag == "var" and item.tag == "variable"):
            item.arguments.append(text)
        elif tag == "var":
            name = attributes.get("name")
            item.assign.append(text if name is None else f"{name} = {text}")
        elif tag == "doc":
            item.doc = text or None
        elif tag == "tag":
            item.tags.append(text)
        elif tag == "status" and self.path[-1] == item.tag:
            self.take_status(item, text, attributes)

    def take_message(self, text: str, attributes: dict[str, str]) -> None:
        item = self.open[-1].number if self.open and "errors" not in self.path else None
        time = moment(attributes.get("time") or attributes.get("timestamp"))
        html = 1 if attributes.get("html") in ("true", "yes") else 0
        self.messages.append((item, time, LEVELS.get(attributes.get("level", "INFO"), 2), html, text))

    @staticmethod
    def take_status(item: Item, text: str, attributes: dict[str, str]) -> None:
        item.status = STATUSES.get(attributes.get("status", ""))
        item.message = text or None
        item.started = moment(attributes.get("start") or attributes.get("starttime")) or item.started
        if "elapsed" in attributes:
            item.elapsed = round(float(attributes["elapsed"]) * 1_000_000)
        else:
            ended = moment(attributes.get("endtime"))
            if ended is not None and item.started is not None:
                item.elapsed = max(0, ended - item.started) * 1000

    def close(self, item: Item) -> None:
        structure = item.tag in ("suite", "test")
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
        self.database.executemany(f"INSERT INTO item VALUES ({', '.join('?' * 17)})", self.rows)
        self.database.executemany(
            "INSERT INTO message (item, time, level, html, text) VALUES (?, ?, ?, ?, ?)", self.messages
        )
        self.database.commit()
        self.rows, self.messages = [], []

    def finish(self, cut: str | None) -> None:
        while self.open:
            self.close(self.open.pop())
        self.flush()
        robot, python = versions(self.generator)
        facts = {"schema": "1", "robot": robot, "python": python, "startedAt": self.started, "totalTests": self.tests}
        facts |= {"closed": 0 if cut else 1} | ({"dropped": cut} if cut else {})
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


def parse(source: str, importer: Importer) -> str | None:
    """Why it ends before its end, None when it is whole."""

    def refuse(*_: object) -> None:
        raise Refused("This file has a document type, which Robot Framework never writes. It is not read.")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = importer.start
    parser.EndElementHandler = importer.end
    parser.CharacterDataHandler = importer.characters
    done = told = 0
    with open(source, "rb") as file:
        try:
            while piece := file.read(PIECE):
                parser.Parse(piece)
                done += len(piece)
                if done - told >= TELL_EVERY:
                    told = done
                    print(json.dumps({"bytes": done}), flush=True)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if importer.numbers == 0:
                raise Refused(f"This is no result file of Robot Framework: {error}.") from error
            return f"The file ends before its end or is damaged: {error}."
    return None


def main() -> int:
    source, target = sys.argv[1:]
    answer: dict = {"ok": False, "items": 0, "name": "", "startedAt": None, "endedAt": None, "cut": None, "error": None}
    database = open_record(target)
    try:
        importer = Importer(database)
        answer["cut"] = parse(source, importer)
        if importer.numbers == 0:
            raise Refused("There is no suite in this result file.")
        importer.finish(answer["cut"])
        answer |= {
            "ok": True,
            "items": importer.numbers,
            "name": importer.name,
            "startedAt": importer.started,
            "endedAt": importer.ended,
        }
    except (Refused, OSError, sqlite3.Error, ValueError) as error:
        answer["error"] = str(error)
    finally:
        database.close()
    print(json.dumps(answer))
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
