"""Report files for a run that could not write them: `python rebuild.py RUNDIR`.

Takes the Python of the run's environment, for the reports are made by its Robot Framework.

Whatever of output.xml, log.html, report.html and xunit.xml is missing, cut or unreadable is made again: from
output.xml where that is whole, else from the run record, which survives a kill. What comes from the record says
so in the metadata of its root suite. Prints one JSON object `{"ok", "from", "written", "skipped", "error"}`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys

from rebuilding.reports import RebuildProblem, rebuild


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rundir", help="folder of the run, with record.db and output/")
    parser.add_argument("--force", action="store_true", help="from the record, even when output.xml is whole")
    arguments = parser.parse_args()
    try:
        result = rebuild(os.path.abspath(arguments.rundir), arguments.force)
    except RebuildProblem as problem:
        result = {"ok": False, "from": None, "written": [], "skipped": {}, "error": str(problem)}
    print(json.dumps(result))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
