"""output.json of Robot Framework 7.2 and newer, of any size, without holding more of it than what is open."""

from __future__ import annotations

from typing import Any, Callable

from importing.json_events import Damaged, events
from importing.record_writer import STATUSES, Item, RecordWriter, Refused, moment

TAGS = {
    "KEYWORD": "kw", "FOR": "for", "ITERATION": "iter", "IF/ELSE ROOT": "if", "IF": "branch", "ELSE IF": "branch",
    "ELSE": "branch", "TRY/EXCEPT ROOT": "try", "TRY": "branch", "EXCEPT": "branch", "FINALLY": "branch",
    "WHILE": "while", "VAR": "variable", "RETURN": "return", "CONTINUE": "continue", "BREAK": "break",
    "ERROR": "error", "GROUP": "group",
}  # fmt: skip
# Lists and objects whose members are items, and what each member is; `None`: its own `type` says.
PARTS = {"suite": "suite", "suites": "suite", "tests": "test", "setup": "kw", "teardown": "kw", "body": None}
FOUND_IN = {"file": {"suite"}, "suite": {"suites", "tests", "setup", "teardown"}}
STEP_PARTS = {"body", "setup", "teardown"}
NO_ITEM = ("file", "skipped")


class Thing:
    """One object of the file that is open: an item, a message, the file itself, or something without interest."""

    def __init__(self, tag: str | None, place: str) -> None:
        self.tag = tag
        self.place = place
        self.facts: dict[str, Any] = {}
        self.item: Item | None = None


class JsonResults:
    def __init__(self, writer: RecordWriter) -> None:
        self.writer = writer
        self.things: list[Thing] = []
        self.lists: list[str] = []

    def read(self, source: str, on_bytes: Callable[[int], None]) -> str | None:
        """Why it ends before its end, None when it is whole."""
        with open(source, "rb") as file:
            try:
                self.take(events(file, on_bytes))
            except Damaged as error:
                if self.writer.numbers == 0:
                    raise Refused(f"This is no result file of Robot Framework: {error}.") from error
                self.end_items()
                return f"The file ends before its end or is damaged: {error}."
        return None

    def take(self, stream: Any) -> None:
        key = ""
        for event in stream:
            if event[0] == "key":
                key = event[1]
            elif event[0] == "value":
                self.take_value(key, event[1])
            elif event[0] == "open":
                key = self.open(key, event[1])
            else:
                key = self.close(event[1])

    def open(self, key: str, sign: str) -> str:
        if sign == "[":
            self.lists.append(key)
            return key
        inside = self.things[-1] if self.things else None
        self.things.append(Thing("file", "") if inside is None else self.thing_in(inside, key))
        self.lists.append("")
        return ""

    def thing_in(self, inside: Thing, key: str) -> Thing:
        if inside.tag in NO_ITEM and not (inside.tag == "file" and key in ("suite", "errors")):
            return Thing("skipped", key)
        if key == "errors":
            return Thing("message", key)
        parts = FOUND_IN.get(inside.tag or "", STEP_PARTS)
        if key not in parts:
            return Thing("plain", key)
        self.item_of(inside)
        if key == "teardown":
            self.writer.hold()  # rebot names it before the body
        return Thing(PARTS[key], key)

    def item_of(self, thing: Thing) -> Item | None:
        """Begun before its first member: what it is, its type says, which stands before its body."""
        if thing.item is None and thing.tag not in (*NO_ITEM, "plain", "message"):
            if not self.writer.generator:
                raise Refused("This is no result file of Robot Framework: it does not say which version wrote it.")
            tag = thing.tag or TAGS.get(str(thing.facts.get("type", "KEYWORD")), "kw")
            thing.item = self.writer.begin(tag, {})
            # Where the file is cut these are all that is known of it.
            thing.item.attributes = attributes_of(thing)
        return thing.item

    def take_value(self, key: str, value: Any) -> None:
        if not self.things:
            raise Refused("This is no result file of Robot Framework: it is no JSON object.")
        thing = self.things[-1]
        if thing.tag == "skipped":
            return
        if self.lists and self.lists[-1] != "":
            thing.facts.setdefault(key, []).append(value)
        else:
            thing.facts[key] = value
            if thing.tag == "file" and key == "generator":
                self.writer.begin_file(str(value))

    def close(self, sign: str) -> str:
        self.lists.pop()
        if sign == "]":
            return ""
        thing = self.things.pop()
        inside = self.things[-1] if self.things else None
        if thing.tag == "plain" and inside is not None:
            inside.facts[thing.place] = thing.facts
        elif thing.tag == "message" or (thing.tag is None and thing.facts.get("type") == "MESSAGE"):
            self.message(inside, thing.facts)
        elif thing.tag not in NO_ITEM:
            self.end_item(thing)
        # Still inside of a list: its next member has the name of the list.
        return self.lists[-1] if self.lists else ""

    def message(self, inside: Thing | None, facts: dict[str, Any]) -> None:
        item = inside.item if inside is not None else None
        text, level = str(facts.get("message", "")), str(facts.get("level", "INFO"))
        number = item.number if item is not None else None
        self.writer.say(number, text, level, time=facts.get("timestamp"), html=facts.get("html") is True)

    def end_item(self, thing: Thing) -> None:
        item = self.item_of(thing)
        if item is None:
            return
        fill(item, thing)
        if thing.tag == "suite" and isinstance(thing.facts.get("metadata"), dict):
            self.writer.metadata[item.number] = {key: str(value) for key, value in thing.facts["metadata"].items()}
        self.writer.end()

    def end_items(self) -> None:
        """What was open where the file was cut: its name is known, its outcome is not."""
        for thing in self.things:
            if thing.item is not None:
                fill(thing.item, thing)
                thing.item.status = thing.item.elapsed = thing.item.message = None


def fill(item: Item, thing: Thing) -> None:
    facts = thing.facts
    item.attributes = attributes_of(thing)
    item.arguments = texts(facts.get("args") or facts.get("values") or facts.get("value") or facts.get("patterns"))
    assign = facts.get("assign")
    item.assign = [f"{name} = {value}" for name, value in assign.items()] if isinstance(assign, dict) else texts(assign)
    item.tags = texts(facts.get("tags"))
    item.doc = str(facts["doc"]) if facts.get("doc") else None
    item.message = str(facts["message"]) if facts.get("message") else None
    item.status = STATUSES.get(str(facts.get("status")))
    item.started = moment(facts.get("start_time"))
    elapsed = facts.get("elapsed_time")
    item.elapsed = round(elapsed * 1_000_000) if isinstance(elapsed, (int, float)) else None


def attributes_of(thing: Thing) -> dict[str, str]:
    names = {"lineno": "line"}
    found = {names.get(key, key): str(value) for key, value in thing.facts.items() if isinstance(value, (str, int))}
    if thing.place in ("setup", "teardown"):
        found["type"] = thing.place.upper()
    return found


def texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
