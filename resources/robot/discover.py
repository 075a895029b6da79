"""What suites, tests and errors a folder or a .robot file holds, by Robot's own parser; no library is imported.

  python discover.py ROOT [--file RELATIVE-PATH]... [--language NAME]...
  python discover.py --serve

Prints one JSON object; README.md describes it. Files with errors are listed, the rest stays usable. The exit code
is 0 whenever there is an answer, 2 when ROOT cannot be read.

With --serve it answers one request after another, each a line with a JSON object {"root", "files": [...] or null},
each answer one line, until its standard input ends. Robot is loaded once; so what takes a while is paid once.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import traceback
from typing import Any

# After so many files the memory that parsing took is given back by beginning anew: the process ends after its answer.
MOST_FILES_SERVED = 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", nargs="?", help="folder or file")
    parser.add_argument("--serve", action="store_true", help="answer requests from standard input")
    parser.add_argument("--file", action="append", help="only this file below ROOT, and the init files above it")
    parser.add_argument("--language", action="append", help="language of the data, as Robot's --language takes it")
    arguments = parser.parse_args()
    # Parsing makes millions of small objects that live to the end: looking for garbage among them is most of the time.
    gc.disable()
    if arguments.serve:
        return serve()
    if arguments.root is None:
        parser.error("name a folder or a file")
    answer = look(arguments.root, arguments.file, arguments.language)
    json.dump(answer, sys.stdout)
    return 2 if "error" in answer else 0


def look(root: str, files: list[str] | None, languages: list[str] | None = None) -> dict[str, Any]:
    from discovery.tree import RootProblem, discover

    try:
        return discover(root, files, languages)
    except RootProblem as problem:
        return {"schema": 1, "error": str(problem)}


def serve() -> int:
    import discovery.tree  # noqa: F401  loads Robot before the first request comes

    gc.freeze()
    served = 0
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = look(request["root"], request["files"])
        except Exception:
            answer = {"schema": 1, "failure": traceback.format_exc()}
        served += len(answer.get("files", ()))
        answer["last"] = served > MOST_FILES_SERVED
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        if answer["last"]:
            break
        del answer
        gc.collect()
    return 0


if __name__ == "__main__":
    sys.exit(main())
