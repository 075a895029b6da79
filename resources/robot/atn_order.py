"""Robot pre-run modifier: runs tests in a listed order.

Reads ATN_ORDER, the path of a JSON array of long names without the root suite. Tests of one suite go in the order of
the list; a suite goes where the first of its listed tests is. What is not listed follows, in the order of the data.
"""

from __future__ import annotations

import json
import os

from robot.api import SuiteVisitor
from robot.running import TestSuite


class atn_order(SuiteVisitor):
    def __init__(self) -> None:
        with open(os.environ["ATN_ORDER"], encoding="utf-8") as file:
            names = json.load(file)
        self._places = {normal(name): place for place, name in reversed(list(enumerate(names)))}

    def start_suite(self, suite: TestSuite) -> bool:
        self._sort(suite, "")
        return False

    def _sort(self, suite: TestSuite, prefix: str) -> float:
        """Sorts what is in the suite; answers the place of the suite itself."""
        tests = [(self._places.get(normal(prefix + test.name), float("inf")), test) for test in suite.tests]
        suites = [(self._sort(child, f"{prefix}{child.name}."), child) for child in suite.suites]
        for found in (tests, suites):
            found.sort(key=lambda each: each[0])  # stable: what is not listed stays in the order of the data
        suite.tests = [test for _, test in tests]
        suite.suites = [child for _, child in suites]
        return min((place for place, _ in [*tests, *suites]), default=float("inf"))


def normal(name: str) -> str:
    """Robot tells names apart by neither case, spaces nor underscores."""
    return name.lower().replace(" ", "").replace("_", "")
