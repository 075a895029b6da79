"""output.xml as a stream of events: what Robot Framework 4 and newer write, of any size."""

from __future__ import annotations

from typing import Callable
from xml.parsers import expat

from importing.record_writer import KINDS, LONGEST_TEXT, STATUSES, Item, RecordWriter, Refused, moment

PIECE = 1 << 20
TEXTS = {"arg", "var", "doc", "tag", "msg", "status", "value", "pattern", "meta"}


class XmlResults:
    def __init__(self, writer: RecordWriter) -> None:
        self.writer = writer
        self.path: list[str] = []
        self.text: list[str] = []
        self.text_length = 0
        self.text_attributes: dict[str, str] = {}

    def read(self, source: str, on_bytes: Callable[[int], None]) -> str | None:
        """Why it ends before its end, None when it is whole."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse_types
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        with open(source, "rb") as file:
            try:
                while piece := file.read(PIECE):
                    parser.Parse(piece)
                    on_bytes(len(piece))
                parser.Parse(b"", True)
            except expat.ExpatError as error:
                if self.writer.numbers == 0:
                    raise Refused(f"This is no result file of Robot Framework: {error}.") from error
                return f"The file ends before its end or is damaged: {error}."
        return None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.path and tag != "robot":
            raise Refused("This is no result file of Robot Framework: it does not begin with <robot>.")
        self.path.append(tag)
        if tag == "robot":
            self.writer.begin_file(attributes.get("generator", ""))
        if self.is_item(tag):
            self.writer.begin(tag, attributes)
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
        elif self.is_item(tag):
            self.writer.end()

    def is_item(self, tag: str) -> bool:
        """Statistics have a `suite` as well, which is none."""
        return tag in KINDS and self.path[1:2] != ["statistics"]

    def take_text(self, tag: str, text: str) -> None:
        attributes = self.text_attributes
        opened = self.writer.open
        if tag == "msg":
            self.take_message(text, attributes)
        elif opened:
            self.take_part(opened[-1], tag, text)

    def take_part(self, item: Item, tag: str, text: str) -> None:
        attributes = self.text_attributes
        if tag in ("arg", "value", "pattern") or (tag == "var" and item.tag == "variable"):
            item.arguments.append(text)
        elif tag == "var":
            name = attributes.get("name")
            item.assign.append(text if name is None else f"{name} = {text}")
        elif tag == "doc":
            item.doc = text or None
        elif tag == "tag":
            item.tags.append(text)
        elif tag == "meta":
            self.writer.metadata.setdefault(item.number, {})[attributes.get("name", "")] = text
        elif tag == "status" and self.path[-1] == item.tag:
            take_status(item, text, attributes)

    def take_message(self, text: str, attributes: dict[str, str]) -> None:
        opened = self.writer.open
        number = opened[-1].number if opened and "errors" not in self.path else None
        time = attributes.get("time") or attributes.get("timestamp")
        html = attributes.get("html") in ("true", "yes")
        self.writer.say(number, text, attributes.get("level", "INFO"), time=time, html=html)


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


def refuse_types(*_: object) -> None:
    raise Refused("This file has a document type, which Robot Framework never writes. It is not read.")
