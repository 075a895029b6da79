"""Robot variable file: gives a run its SUTs, its own variables and its secrets.

The supervisor passes it to Robot with --variablefile when there is something to give. It reads from the
workspace (environment variable ATN_WORKSPACE), as JSON because the run's environment may have no YAML parser:

  suts.json   {"name": {"field": value, ...}, ...}   becomes ${SUTs}, as in ${SUTs}[name][field] or ${SUTs.name.field}
  vars.json   {"name": value, ...}                   each becomes a variable; dictionaries take dots, too

Secrets (ATN_SECRETS=stdin) come as one JSON object on Robot's standard input, written by the supervisor through
a pipe: {"variables": {"name": text}, "suts": {"sut": {"field": text}}}. They never are on a command line, in the
environment or on a disk. Robot 7.4 and newer get them as Secret and keep them out of logs; older ones as text.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from robot.utils import DotDict

try:
    from robot.api.types import Secret
except ImportError:
    Secret = str


def get_variables() -> dict[str, Any]:
    workspace = os.environ.get("ATN_WORKSPACE", os.getcwd())
    suts = read_object(os.path.join(workspace, "suts.json"))
    variables = read_object(os.path.join(workspace, "vars.json"))
    secrets = read_secrets()
    for name, text in secrets.get("variables", {}).items():
        variables[name] = Secret(text)
    for sut, fields in secrets.get("suts", {}).items():
        suts.setdefault(sut, {}).update({field: Secret(text) for field, text in fields.items()})
    result = {name: with_dots(value) for name, value in variables.items()}
    if suts or os.path.exists(os.path.join(workspace, "suts.json")):
        result["SUTs"] = with_dots(suts)
    return result


def read_object(path: str) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
    except FileNotFoundError:
        return {}
    if not isinstance(content, dict):
        raise ValueError(f"{path} must hold names and values, not a {type(content).__name__}.")
    return content


def read_secrets() -> dict[str, Any]:
    if os.environ.get("ATN_SECRETS") != "stdin":
        return {}
    # Read to its end: nothing is left for the processes that tests start.
    text = sys.stdin.buffer.read().decode("utf-8")
    os.environ["ATN_SECRETS"] = ""
    if not text:
        raise ValueError("The secrets of this run did not arrive.")
    content = json.loads(text)
    if not isinstance(content, dict):
        raise ValueError("The secrets of this run are not in the expected form.")
    return content


def with_dots(value: Any) -> Any:
    if isinstance(value, dict):
        return DotDict((name, with_dots(each)) for name, each in value.items())
    if isinstance(value, list):
        return [with_dots(each) for each in value]
    return value
