"""What suites, tests and errors a folder or a .robot file holds, by Robot's own parser; no library is imported.

  python discover.py ROOT [--file RELATIVE-PATH]... [--language NAME]...

Prints one JSON object; README.md describes it. Files with errors are listed, the rest stays usable. The exit code
is 0 whenever there is an answer, 2 when ROOT cannot be read.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", help="folder or file")
    parser.add_argument("--file", action="append", help="only this file below ROOT, and the init files above it")
    parser.add_argument("--language", action="append", help="language of the data, as Robot's --language takes it")
    arguments = parser.parse_args()
    # Parsing makes millions of small objects that live to the end: looking for garbage among them is most of the time.
    gc.disable()
    from discovery.tree import RootProblem, discover

    try:
        found = discover(arguments.root, arguments.file, arguments.language)
    except RootProblem as problem:
        print(json.dumps({"schema": 1, "error": str(problem)}))
        return 2
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
