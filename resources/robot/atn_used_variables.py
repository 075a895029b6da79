"""Which variables suites use and which they set, by Robot's own tokens; nothing is executed."""

from __future__ import annotations

import os
import re
from typing import Any, Iterator, NamedTuple

from robot.api.parsing import ModelVisitor, Token, get_model

NAME = re.compile(r"^[$@&]\{(?P<name>[^{}]+)\}")
PLAIN = re.compile(r"^\\?[$@&]\{?(?P<name>[\w ]+)\}?$")
# Where a name goes on: attributes, arithmetic and the type of an argument are no part of it.
BASE = re.compile(r"^(?P<base>[^.:+*/\-\[]+)")
NUMBER = re.compile(r"^[+-]?\.?\d[\w.+-]*$")
ASKS = ("getvariablevalue", "variableshouldexist", "variableshouldnotexist")
SETTERS = re.compile(r"^(?:builtin\.)?set(?:local|test|task|suite|global)variable$")


class VariableUse(NamedTuple):
    name: str
    path: str
    line: int


def base_name(name: str) -> str:
    """The form in which Robot compares names, without decoration and without what goes on behind the name."""
    bare = NAME.match(name)
    text = bare["name"] if bare else name
    found = BASE.match(text.strip())
    return re.sub(r"[\s_]", "", (found["base"] if found else text).lower())


def used_in(path: str) -> Iterator[VariableUse]:
    for statement in statements(path):
        arguments = [token for token in statement.tokens if token.type in (Token.ARGUMENT, Token.NAME, Token.TEMPLATE)]
        if any(plain_keyword(token) in ASKS for token in words_of(statement)):
            continue
        for token in arguments:
            for part in variables_in(token):
                name = NAME.match(part.value)
                if name and not NUMBER.match(name["name"]) and not name["name"].startswith("{"):
                    yield VariableUse(f"{part.value[0]}{{{name['name']}}}", path, token.lineno)


def assigned_anywhere(folder: str) -> set[str]:
    """Names that any file of the data gives a value to, wherever: what is set in one test may be meant for another."""
    names: set[str] = set()
    for root, _, files in os.walk(folder):
        for file in files:
            if file.endswith((".robot", ".resource")):
                names.update(assigned_in(os.path.join(root, file)))
    return names


def assigned_in(path: str) -> Iterator[str]:
    for statement in statements(path):
        for token in statement.tokens:
            if token.type in (Token.ASSIGN, Token.VARIABLE):
                yield base_name(token.value.rstrip("= "))
            elif token.type in (Token.KEYWORD_NAME, Token.ARGUMENT) and is_signature(statement, token):
                for part in variables_in(token):
                    yield base_name(part.value)
        words = words_of(statement)
        # Anywhere in a row: as keyword, as setup, or behind `Run Keyword If` and its like.
        for keyword, argument in zip(words, words[1:]):
            plain = PLAIN.match(argument.value)
            if plain and SETTERS.match(plain_keyword(keyword)):
                yield base_name(plain["name"])


def is_signature(statement: Any, token: Any) -> bool:
    return token.type == Token.KEYWORD_NAME or statement.type == Token.ARGUMENTS


def words_of(statement: Any) -> list[Any]:
    return [token for token in statement.tokens if token.type in (Token.KEYWORD, Token.NAME, Token.ARGUMENT)]


def plain_keyword(token: Any) -> str:
    return re.sub(r"[\s_]", "", token.value.lower())


def variables_in(token: Any) -> list[Any]:
    try:
        return [part for part in token.tokenize_variables() if part.type == Token.VARIABLE]
    except Exception:  # a brace that is never closed: Robot says so itself when it runs
        return []


def statements(path: str) -> list[Any]:
    try:
        model = get_model(path)
    except Exception:  # unreadable: Robot's parser has said so
        return []
    visitor = Statements()
    visitor.visit(model)
    return visitor.found


class Statements(ModelVisitor):
    def __init__(self) -> None:
        self.found: list[Any] = []

    def generic_visit(self, node: Any) -> None:
        if hasattr(node, "tokens"):
            self.found.append(node)
        else:
            ModelVisitor.generic_visit(self, node)
