"""The tree of suites of a folder or a file, as Robot would build it, whatever single files hold."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from robot.api import TestSuite
from robot.errors import DataError
from robot.output import LOGGER
from robot.running.builder.settings import FileSettings, InitFileSettings, TestDefaults
from robot.running.builder.transformers import SuiteBuilder
from robot.version import get_version

from discovery.file import INIT, RESOURCE, SUITE, FileFacts, read_file
from discovery.folder import Folder, Limits, only, read_folder


class RootProblem(Exception):
    pass


@dataclass
class Discovery:
    root: str  # paths are told relative to this folder
    languages: list[str] | None
    errors: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    imports: list[dict[str, Any]] = field(default_factory=list)

    def relative(self, path: str) -> str:
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    def read(self, path: str, kind: str) -> FileFacts:
        facts = read_file(path, kind, self.languages)
        self.files.append({"path": self.relative(path), "kind": kind})
        return facts

    def keep(self, facts: FileFacts) -> None:
        place = {"path": self.relative(facts.path)}
        self.errors += [{**place, **error} for error in facts.errors]
        self.imports += [{**place, **each} for each in facts.imports]


def discover(root: str, files: list[str] | None = None, languages: list[str] | None = None) -> dict[str, Any]:
    # Errors are in our answer; Robot would also write them to the console.
    LOGGER.unregister_console_logger()
    path = os.path.abspath(root)
    if not os.path.exists(path):
        raise RootProblem(f"{root} does not exist.")
    if os.path.isdir(path):
        discovery = Discovery(path, languages)
        suite = discover_folder(discovery, files)
    else:
        discovery = Discovery(os.path.dirname(path), languages)
        suite = discover_file(discovery, path)
    name_all(suite, "")
    return {
        "schema": 1,
        "robot": get_version(),
        "root": suite,
        "errors": discovery.errors,
        "files": discovery.files,
        "imports": discovery.imports,
    }


def discover_file(discovery: Discovery, path: str) -> dict[str, Any]:
    if path.lower().endswith(".resource"):
        discovery.keep(discovery.read(path, RESOURCE))
        return empty(discovery, path)
    return suite_of_file(discovery, path, TestDefaults()) or empty(discovery, path)


def discover_folder(discovery: Discovery, files: list[str] | None) -> dict[str, Any]:
    limits = Limits()
    folder: Folder | None = read_folder(discovery.root, limits)
    if files is not None and folder is not None:
        folder = only(folder, {os.path.join(discovery.root, *name.split("/")) for name in files})
    for path, sentence in limits.reached:
        discovery.errors.append({"path": discovery.relative(path), "line": None, "message": sentence, "fatal": False})
    found = None if folder is None else suite_of_folder(discovery, folder, TestDefaults())
    return found or empty(discovery, discovery.root)


def suite_of_folder(discovery: Discovery, folder: Folder, above: TestDefaults) -> dict[str, Any] | None:
    """None when there is no test in it: Robot leaves such suites out."""
    defaults = TestDefaults(above)
    suite = TestSuite(name=TestSuite.name_from_source(folder.path), source=folder.path)
    if folder.init is not None:
        read_init(discovery, folder.init, suite, defaults)
    for path in folder.resources:
        discovery.keep(discovery.read(path, RESOURCE))
    children = [(path, suite_of_file(discovery, path, defaults)) for path in folder.suites]
    children += [(each.path, suite_of_folder(discovery, each, defaults)) for each in folder.folders]
    # Robot takes files and folders in one alphabetical order.
    children.sort(key=lambda child: os.path.basename(child[0]).lower())
    suites = [child for _, child in children if child is not None]
    return {**describe(discovery, suite, "directory"), "suites": suites} if suites else None


def read_init(discovery: Discovery, path: str, suite: TestSuite, defaults: TestDefaults) -> None:
    facts = discovery.read(path, INIT)
    if facts.model is not None:
        facts.model.source = path
        try:
            SuiteBuilder(suite, InitFileSettings(defaults)).build(facts.model)
        except DataError as error:
            facts.fail(str(error))
    discovery.keep(facts)


def suite_of_file(discovery: Discovery, path: str, defaults: TestDefaults) -> dict[str, Any] | None:
    if not path.lower().endswith(".robot"):
        return suite_of_other_format(discovery, path)
    facts = discovery.read(path, SUITE)
    suite = None
    if facts.model is not None:
        facts.model.source = path
        suite = TestSuite(name=TestSuite.name_from_source(path), source=path)
        try:
            SuiteBuilder(suite, FileSettings(defaults)).build(facts.model)
        except DataError as error:
            facts.fail(str(error))
            suite = None
    discovery.keep(facts)
    return describe(discovery, suite, "file") if suite is not None and suite.tests else None


def suite_of_other_format(discovery: Discovery, path: str) -> dict[str, Any] | None:
    """JSON, reStructuredText, Markdown: rare, so Robot reads them as a whole and tells no lines."""
    facts = FileFacts(path, SUITE)
    suite = None
    try:
        suite = TestSuite.from_file_system(path, allow_empty_suite=True)
    except (DataError, OSError, UnicodeError, ValueError) as error:
        facts.fail(str(error))
    discovery.files.append({"path": discovery.relative(path), "kind": SUITE})
    discovery.keep(facts)
    return describe(discovery, suite, "file") if suite is not None and suite.tests else None


def describe(discovery: Discovery, suite: TestSuite, kind: str) -> dict[str, Any]:
    return {
        "name": suite.name,
        "longName": "",
        "path": discovery.relative(str(suite.source)),
        "kind": kind,
        "doc": suite.doc,
        "tags": [],
        "metadata": {str(name): str(value) for name, value in suite.metadata.items()},
        "suites": [],
        "tests": [
            {
                "name": test.name,
                "tags": list(test.tags),
                "doc": test.doc,
                "line": test.lineno,
                "template": test.template or None,
            }
            for test in suite.tests
        ],
    }


def empty(discovery: Discovery, path: str) -> dict[str, Any]:
    suite = TestSuite(name=TestSuite.name_from_source(path), source=path)
    return describe(discovery, suite, "directory" if os.path.isdir(path) else "file")


def name_all(suite: dict[str, Any], above: str) -> None:
    suite["longName"] = f"{above}.{suite['name']}" if above else suite["name"]
    for child in suite["suites"]:
        name_all(child, suite["longName"])
