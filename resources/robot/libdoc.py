"""What a library or resource file offers, as JSON: run by the Python of the environment that has it.

  libdoc.py NAME [FOLDER ...]      folders are put in front of the search path

Prints `{"ok": true, "name", "version", "scope", "doc", "inits", "keywords"}` or `{"ok": false, "error"}`. Importing
a library runs its code, and what that prints must not get into the answer.
"""

from __future__ import annotations

import html
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any


def document(name: str) -> dict[str, Any]:
    from robot.errors import DataError
    from robot.libdocpkg import LibraryDocumentation

    library = LibraryDocumentation(name)
    try:
        library.convert_docs_to_html()
        content = library.to_dictionary()
    except DataError:
        # Its format needs a package that this environment does not have: the text is shown as it is written.
        content = with_plain_docs(LibraryDocumentation(name).to_dictionary())
    return {
        "name": content["name"],
        "version": str(content.get("version") or ""),
        "scope": str(content.get("scope") or ""),
        "doc": content.get("doc") or "",
        "inits": [keyword(each) for each in content.get("inits", []) if each.get("args")],
        "keywords": [keyword(each) for each in content["keywords"]],
    }


def with_plain_docs(content: dict[str, Any]) -> dict[str, Any]:
    for each in [content, *content.get("inits", []), *content["keywords"]]:
        each["doc"] = f"<pre>{html.escape(each.get('doc') or '')}</pre>"
    return content


def keyword(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": content["name"],
        "args": [argument(each) for each in content["args"]],
        "doc": content.get("doc") or "",
        "shortDoc": content.get("shortdoc") or "",
        "tags": [str(tag) for tag in content.get("tags", [])],
        "deprecated": bool(content.get("deprecated", False)) or str(content.get("doc", "")).startswith("*DEPRECATED"),
    }


def argument(content: dict[str, Any]) -> dict[str, Any]:
    default = content.get("defaultValue", content.get("default"))
    return {
        "name": content["name"],
        "text": content.get("repr") or content["name"],
        "required": bool(content.get("required")),
        "defaultValue": None if default is None else str(default),
        "type": type_text(content.get("type")),
    }


def type_text(content: Any) -> str | None:
    if not isinstance(content, dict):
        return None if content is None else str(content)
    nested = content.get("nested") or []
    if content.get("union"):
        return " | ".join(str(type_text(each)) for each in nested)
    inner = ", ".join(str(type_text(each)) for each in nested)
    return f"{content['name']}[{inner}]" if inner else str(content["name"])


def main() -> int:
    name, folders = sys.argv[1], sys.argv[2:]
    here = os.path.dirname(os.path.abspath(__file__))
    others = (path for path in sys.path if os.path.abspath(path or ".") != here)
    sys.path[:] = [*folders, *others, os.path.join(here, "library")]
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            answer = {"ok": True, **document(name)}
    except Exception as error:  # whatever a stranger's code raises when it is imported
        answer = {"ok": False, "error": str(error) or type(error).__name__}
    sys.__stdout__.write(json.dumps(answer) + "\n")  # type: ignore[union-attr]
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
