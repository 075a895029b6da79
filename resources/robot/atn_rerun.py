"""Robot pre-run modifier: leaves out tests that came out well in the run that is repeated.

By exact long name, so that nothing in a name is taken for a pattern, and by what to leave out, so that tests that
were never reached, or are made only while Robot runs, are not lost. It reads

  ATN_EXCLUSIONS   path of a JSON array of long names
  ATN_ROOT_NAME    name of the root suite in them; Robot gives it that name (--name) only after this modifier
"""

from __future__ import annotations

import json
import os

from robot.api import SuiteVisitor
from robot.running import TestSuite


class atn_rerun(SuiteVisitor):
    def __init__(self) -> None:
        with open(os.environ["ATN_EXCLUSIONS"], encoding="utf-8") as file:
            self._excluded = frozenset(json.load(file))
        self._path: list[str] = []

    def start_suite(self, suite: TestSuite) -> None:
        root_name = os.environ.get("ATN_ROOT_NAME") or suite.name
        self._path.append(suite.name if self._path else root_name)
        prefix = ".".join(self._path)
        suite.tests = [test for test in suite.tests if f"{prefix}.{test.name}" not in self._excluded]

    def end_suite(self, suite: TestSuite) -> None:
        self._path.pop()
        suite.suites = [child for child in suite.suites if child.test_count > 0]
