"""One file: what Robot's parser makes of it. Nothing here depends on other files, so results can be kept by hash."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any, Iterator

from robot.api.parsing import get_init_model, get_model, get_resource_model
from robot.errors import DataError
from robot.parsing.model.blocks import Block, File
from robot.parsing.model.statements import Statement

LARGEST_BYTES = 50_000_000
SUITE, INIT, RESOURCE = "suite", "init", "resource"
GETTERS = {SUITE: get_model, INIT: get_init_model, RESOURCE: get_resource_model}
IMPORTS = {"LIBRARY": "library", "RESOURCE": "resource", "VARIABLES": "variables"}
# What decides about a test without running it. Everything else in its body is dropped before Robot builds the suite.
TEST_SETTINGS = frozenset(("DOCUMENTATION", "TAGS", "TEMPLATE", "SETUP", "TEARDOWN", "TIMEOUT", "METADATA"))


@dataclass
class FileFacts:
    path: str
    kind: str
    model: File | None = None  # pruned to what suites are built from; None when the file cannot be parsed
    errors: list[dict[str, Any]] = field(default_factory=list)
    imports: list[dict[str, Any]] = field(default_factory=list)

    def fail(self, message: str, line: int | None = None) -> None:
        self.errors.append({"line": line, "message": message, "fatal": True})


def read_file(path: str, kind: str, languages: list[str] | None = None) -> FileFacts:
    facts = FileFacts(path, kind)
    try:
        size = os.stat(path).st_size
        if size > LARGEST_BYTES:
            facts.fail(f"The file has {size} bytes; more than {LARGEST_BYTES} are not parsed.")
            return facts
        facts.model = GETTERS[kind](path, data_only=True, lang=languages)
    except (DataError, OSError, UnicodeError, RecursionError) as error:
        facts.fail(str(error) or type(error).__name__)
        return facts
    collect(facts)
    return facts


def collect(facts: FileFacts) -> None:
    """Errors and imports, and the model made small on the way."""
    assert facts.model is not None
    for node in nodes(facts.model):
        for message in (*getattr(node, "errors", ()), *header_errors(node)):
            facts.errors.append({"line": node.lineno, "message": message, "fatal": False})
        kind = IMPORTS.get(getattr(node, "type", ""))
        if kind is not None:
            name, args = node.name, list(getattr(node, "args", ()))
            facts.imports.append({"line": node.lineno, "kind": kind, "name": name, "args": args})
    prune(facts.model)


def header_errors(node: Any) -> list[str]:
    """A section that Robot does not know: the error is in the token, not among the errors of the statement."""
    if getattr(node, "type", "") != "INVALID HEADER":
        return []
    return [token.error for token in node.tokens if token.error]


def nodes(block: Any) -> Iterator[Any]:
    """All blocks and statements, parents first. Plain recursion: a visitor of `ast` takes several times as long."""
    yield block
    for name in block._fields:
        value = getattr(block, name)
        for child in value if isinstance(value, list) else (value,):
            if isinstance(child, Statement):
                yield child
            elif isinstance(child, Block):
                yield from nodes(child)


def prune(model: File) -> None:
    for section in model.sections:
        kind = type(section).__name__
        if kind == "KeywordSection":
            section.body = []
        elif kind == "TestCaseSection":
            for test in section.body:
                if hasattr(test, "body"):
                    test.body = [each for each in test.body if getattr(each, "type", None) in TEST_SETTINGS]
