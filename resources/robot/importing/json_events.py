"""JSON as a stream of events, for files that are larger than memory; a text longer than the limit is cut."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, BinaryIO, Callable, Iterator

from importing.record_writer import LONGEST_TEXT

PIECE = 1 << 20
SPACE = re.compile(r"[ \t\r\n]*")
PLAIN = re.compile(r"[^\"\\]*(?:\\.[^\"\\]*)*", re.DOTALL)
WORD = re.compile(r"[-+.0-9A-Za-z]+")
WORDS = {"true": True, "false": False, "null": None}
DEEPEST = 2000

# What stands at a place: ("open", "{" or "["), ("close", "}" or "]"), ("key", name), ("value", any).
Event = tuple


class Damaged(Exception):
    """The text is no JSON from here on, or ends."""


class Reader:
    def __init__(self, file: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self.file = file
        self.on_bytes = on_bytes
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.text = ""
        self.at = 0
        self.ended = False

    def more(self) -> bool:
        piece = self.file.read(PIECE)
        self.on_bytes(len(piece))
        self.ended = piece == b""
        self.text = self.text[self.at :] + self.decoder.decode(piece, self.ended)
        self.at = 0
        return not self.ended

    def next_sign(self) -> str:
        while True:
            found = SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                raise Damaged("it ends in the middle")

    def string(self) -> str:
        """The text after its opening quote; what is beyond the limit is left out."""
        self.at += 1
        parts: list[str] = []
        length = 0
        while True:
            found = PLAIN.match(self.text, self.at)
            end = found.end() if found else self.at
            part = self.text[self.at : end]
            if length <= LONGEST_TEXT:
                parts.append(part)
            length += len(part)
            self.at = end
            if end < len(self.text) and self.text[end] == '"':
                self.at += 1
                return decoded("".join(parts), length)
            # Either the piece ends here, or behind a backslash whose sign is in the next piece.
            if not self.more():
                raise Damaged("it ends in the middle of a text")

    def word(self) -> Any:
        while True:
            found = WORD.match(self.text, self.at)
            if found is None:
                raise Damaged(f"{self.text[self.at]!r} stands where a value should")
            if found.end() == len(self.text) and self.more():
                continue
            self.at += len(found[0])
            return worth(found[0])


def decoded(raw: str, length: int) -> str:
    if length > LONGEST_TEXT:
        raw = raw[:LONGEST_TEXT]
        raw = re.sub(r"(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?$", r"\1", raw)
    try:
        return json.loads(f'"{raw}"', strict=False) if "\\" in raw else raw
    except ValueError as error:
        raise Damaged(f"a text of it is damaged: {error}") from error


def worth(word: str) -> Any:
    if word in WORDS:
        return WORDS[word]
    try:
        return int(word) if word.lstrip("-").isdigit() else float(word)
    except ValueError as error:
        raise Damaged(f"{word[:40]!r} is no value") from error


def events(file: BinaryIO, on_bytes: Callable[[int], None]) -> Iterator[Event]:
    """Raises Damaged where the text stops being JSON."""
    reader = Reader(file, on_bytes)
    opened: list[str] = []
    wants_key = False
    while True:
        sign = reader.next_sign()
        if sign in "{[":
            reader.at += 1
            opened.append(sign)
            if len(opened) > DEEPEST:
                raise Damaged("it is nested too deeply")
            wants_key = sign == "{"
            yield ("open", sign)
        elif sign in "}]":
            reader.at += 1
            if not opened or opened.pop() != ("{" if sign == "}" else "["):
                raise Damaged(f"{sign!r} stands where it should not")
            yield ("close", sign)
            if not opened:
                return
            wants_key = False
        elif sign == ",":
            reader.at += 1
            wants_key = bool(opened) and opened[-1] == "{"
        elif sign == '"':
            text = reader.string()
            if wants_key and reader.next_sign() == ":":
                reader.at += 1
                wants_key = False
                yield ("key", text)
            else:
                yield ("value", text)
        else:
            yield ("value", reader.word())
