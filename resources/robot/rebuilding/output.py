"""Writes output.xml from a run record, row by row: memory does not grow with the run."""

from __future__ import annotations

import json
import os
import sqlite3
from typing import Any, Mapping
from xml.sax.saxutils import XMLGenerator

from rebuilding import elements

MARK = "Rebuilt from the run record"


class OutputWriter:
    def __init__(self, record: sqlite3.Connection, path: str) -> None:
        self.record = record
        self.path = path
        self.stack: list[tuple[str, Mapping[str, Any], list[Mapping[str, Any]]]] = []
        self.metadata = dict(record.execute("SELECT key, value FROM meta"))
        self.last_sign = self._last_sign()

    def _last_sign(self) -> int:
        sql = "SELECT max(coalesce((SELECT max(time) FROM message), 0), (SELECT max(started) FROM item))"
        return int(self.record.execute(sql).fetchone()[0])

    def write(self) -> None:
        """Rows come in the order of their start, which is the order of the document."""
        with open(self.path, "w", encoding="utf-8") as file:
            self.xml = XMLGenerator(file, "UTF-8", short_empty_elements=True)
            self.xml.startDocument()
            generator = f"Robot {self.metadata.get('robot', '')} (rebuilt from the run record)"
            facts = {"generator": generator, "generated": elements.stamp(self.last_sign), "schemaversion": "4"}
            self.xml.startElement("robot", facts)
            for row in self.record.execute("SELECT * FROM item ORDER BY id"):
                self.open(row)
            self.close_to(None)
            self.errors()
            self.xml.endElement("robot")
            self.xml.endDocument()

    def open(self, row: Mapping[str, Any]) -> None:
        self.close_to(row["parent"])
        if self.stack:
            self.messages_until(row["started"])
        name, attributes = elements.opening(row)
        self.start(name, attributes)
        for child, child_attributes, text in elements.children(row, self.suite_metadata(row)):
            self.whole(child, child_attributes, text)
        messages = self.record.execute("SELECT * FROM message WHERE item = ? ORDER BY id DESC", (row["id"],))
        self.stack.append((name, row, messages.fetchall()))

    def suite_metadata(self, row: Mapping[str, Any]) -> dict[str, str]:
        found = json.loads(self.metadata.get(f"metadata:{row['id']}", "{}"))
        if row["parent"] is None:
            found[MARK] = f"{self.reason()} {self.completeness()}"
        return {str(name): str(value) for name, value in found.items()}

    def reason(self) -> str:
        wrote_json = os.path.exists(os.path.join(os.path.dirname(self.path), "output.json"))
        return "Robot Framework wrote output.json." if wrote_json else "Robot Framework could not write its own output."

    def completeness(self) -> str:
        (seen,) = self.record.execute("SELECT count(*) FROM item WHERE kind = 1 AND kind < 2").fetchone()
        announced = max(seen, int(self.metadata.get("totalTests", 0)))
        dropped = self.metadata.get("dropped")
        return f"{seen} of {announced} tests were started." + (f" Recording stopped: {dropped}." if dropped else "")

    def close_to(self, parent: int | None) -> None:
        while self.stack and self.stack[-1][1]["id"] != parent:
            self.messages_until(None)
            name, row, _ = self.stack.pop()
            self.whole("status", *elements.status(row, self.last_sign))
            self.xml.endElement(name)

    def messages_until(self, moment: int | None) -> None:
        """Messages and children have no common order in the record: their times put them side by side."""
        waiting = self.stack[-1][2]
        while waiting and (moment is None or waiting[-1]["time"] <= moment):
            row = waiting.pop()
            if self.stack[-1][1]["kind"] > 1:
                self.whole("msg", *elements.message(row))

    def errors(self) -> None:
        self.xml.startElement("errors", {})
        for row in self.record.execute("SELECT * FROM message WHERE item IS NULL ORDER BY id"):
            self.whole("msg", *elements.message(row))
        self.xml.endElement("errors")

    def whole(self, name: str, attributes: Mapping[str, str], text: str) -> None:
        self.start(name, attributes)
        self.xml.characters(elements.xml_text(text))
        self.xml.endElement(name)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.xml.startElement(name, {key: elements.xml_text(value) for key, value in attributes.items()})
