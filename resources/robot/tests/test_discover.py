from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import robot.api
from robot.api.parsing import get_init_model, get_model
from robot.errors import DataError

from conftest import TOOLS


def discover(root: Path, *options: str, python: str = sys.executable, code: int = 0) -> dict:
    done = subprocess.run([python, str(TOOLS / "discover.py"), str(root), *options], capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    assert done.stderr == b""
    return json.loads(done.stdout)


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


GOOD = {
    "__init__.robot": "*** Settings ***\nTest Tags    from-root\nDocumentation    The whole.\nMetadata    Owner    Lab",
    "01__login.robot": """*** Settings ***
Library    NoSuchLibrary    argument
Resource    shared/common.resource
Variables    values.yaml
Default Tags    default
*** Test Cases ***
Plain
    Log    hello
Tagged
    [Documentation]    Has all.
    [Tags]    own
    [Template]    Log
    x
""",
    "sub/__init__.robot": "*** Settings ***\nTest Tags    from-sub\n",
    "sub/02__deep.robot": "*** Test Cases ***\nDeep\n    Log    x\n",
    "shared/common.resource": "*** Keywords ***\nShared\n    Log    x\n",
    "no_tests.robot": "*** Keywords ***\nHelper\n    Log    x\n",
    ".hidden/x.robot": "*** Test Cases ***\nHidden\n    Log    x\n",
    "_ignored.robot": "*** Test Cases ***\nIgnored\n    Log    x\n",
}


def cases_of(suite: dict) -> list[tuple[str, list[str]]]:
    own = [(f"{suite['longName']}.{test['name']}", test["tags"]) for test in suite["tests"]]
    return own + [each for child in suite["suites"] for each in cases_of(child)]


def robot_tests(root: Path) -> list[tuple[str, list[str]]]:
    suite = robot.api.TestSuite.from_file_system(str(root))
    return [(getattr(test, "full_name", None) or test.longname, list(test.tags)) for test in suite.all_tests]


def test_the_tree_is_the_one_robot_runs(tmp_path: Path):
    root = write(tmp_path / "Suites", GOOD)
    found = discover(root)
    assert found["errors"] == []
    assert sorted(cases_of(found["root"])) == sorted(robot_tests(root))
    assert cases_of(found["root"]) == [
        ("Suites.Login.Plain", ["default", "from-root"]),
        ("Suites.Login.Tagged", ["from-root", "own"]),
        ("Suites.Sub.Deep.Deep", ["from-root", "from-sub"]),
    ]


def test_everything_a_browser_shows(tmp_path: Path):
    found = discover(write(tmp_path / "Suites", GOOD))
    root = found["root"]
    assert (root["kind"], root["doc"], root["metadata"], root["path"]) == (
        "directory",
        "The whole.",
        {"Owner": "Lab"},
        ".",
    )
    login = root["suites"][0]
    assert (login["kind"], login["path"]) == ("file", "01__login.robot")
    assert login["tests"][1] == {
        "name": "Tagged",
        "tags": ["from-root", "own"],
        "doc": "Has all.",
        "line": 9,
        "template": "Log",
    }
    assert {(each["path"], each["kind"]) for each in found["files"]} == {
        ("__init__.robot", "init"),
        ("01__login.robot", "suite"),
        ("sub/__init__.robot", "init"),
        ("sub/02__deep.robot", "suite"),
        ("shared/common.resource", "resource"),
        ("no_tests.robot", "suite"),
    }
    imports = [(each["kind"], each["name"], each["args"], each["line"]) for each in found["imports"]]
    assert imports == [
        ("library", "NoSuchLibrary", ["argument"], 2),
        ("resource", "shared/common.resource", [], 3),
        ("variables", "values.yaml", [], 4),
    ]


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path):
    broken = {
        "both.robot": "*** Test Cases ***\nA\n    Log    x\n*** Tasks ***\nB\n    Log    x\n",
        "setting.robot": "*** Settings ***\nNo Such Setting    x\n*** Test Cases ***\nUsable\n    Log    x\n",
        "unclosed.robot": "*** Test Cases ***\nLoop\n    FOR    ${x}    IN    1\n        Log    x\n",
        "broken.resource": "*** Keywords ***\nBad\n    [Arguments]    not a variable\n    Log    x\n",
    }
    root = write(tmp_path / "Suites", {**GOOD, **broken})
    (root / "bytes.robot").write_bytes(b"*** Test Cases ***\nBad\n    Log    \xff\xfe\n")
    found = discover(root)
    errors = {(each["path"], each["line"], each["fatal"]) for each in found["errors"]}
    assert errors == {
        ("both.robot", None, True),
        ("setting.robot", 2, False),
        ("unclosed.robot", 3, False),
        ("broken.resource", 3, False),
        ("bytes.robot", None, True),
    }
    names = [name for name, _ in cases_of(found["root"])]
    assert {"Suites.Login.Plain", "Suites.Sub.Deep.Deep", "Suites.Setting.Usable", "Suites.Unclosed.Loop"} <= set(names)


def test_a_single_file_and_chosen_files(tmp_path: Path):
    root = write(tmp_path / "Suites", GOOD)
    alone = discover(root / "01__login.robot")
    assert [name for name, _ in cases_of(alone["root"])] == ["Login.Plain", "Login.Tagged"]
    chosen = discover(root, "--file", "sub/02__deep.robot")
    assert cases_of(chosen["root"]) == [("Suites.Sub.Deep.Deep", ["from-root", "from-sub"])]
    assert [each["path"] for each in chosen["files"]] == ["__init__.robot", "sub/__init__.robot", "sub/02__deep.robot"]


def test_served_one_request_after_another(tmp_path: Path):
    root = write(tmp_path / "Suites", GOOD)
    requests = [{"root": str(root), "files": None}, {"root": str(tmp_path / "no"), "files": None}]
    requests.append({"root": str(root), "files": ["sub/02__deep.robot"]})
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    command = [sys.executable, str(TOOLS / "discover.py"), "--serve"]
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
    every, nothing, one = (json.loads(line) for line in done.stdout.splitlines())
    assert (every.pop("last"), one.pop("last")) == (False, False)
    assert every == discover(root)
    assert "does not exist" in nothing["error"]
    assert one == discover(root, "--file", "sub/02__deep.robot")


def test_served_gives_its_memory_back(tmp_path: Path):
    root = write(tmp_path / "Suites", {f"s{n}.robot": GOOD["no_tests.robot"] for n in range(101)})
    request = json.dumps({"root": str(root), "files": None}) + "\n"
    command = [sys.executable, str(TOOLS / "discover.py"), "--serve"]
    done = subprocess.run(command, input=(request * 2).encode(), capture_output=True, check=True)
    assert [json.loads(line)["last"] for line in done.stdout.splitlines()] == [True]


def test_what_is_not_a_suite(tmp_path: Path):
    write(tmp_path / "Other", {"readme.txt": "no suite", "broken.robot": "no section at all\n"})
    found = discover(tmp_path / "Other")
    assert (found["root"]["tests"], found["root"]["suites"]) == ([], [])
    assert "does not exist" in discover(tmp_path / "nothing", code=2)["error"]


def test_names_of_all_kinds(tmp_path: Path):
    name = "Grüße 你好 \"quoted\" 'x'"
    root = write(tmp_path / "Süites", {f"{name}.robot": f"*** Test Cases ***\n{name}\n    Log    x\n"})
    found = discover(root)
    assert found["root"]["suites"][0]["path"] == f"{name}.robot"
    assert found["root"]["suites"][0]["tests"][0]["name"] == name


def test_links_that_lead_in_a_circle_and_very_deep_folders(tmp_path: Path):
    root = write(tmp_path / "Suites", {"a.robot": "*** Test Cases ***\nA\n    Log    x\n"})
    os.symlink(root, root / "again")
    deep = root.joinpath(*["d"] * 80)
    deep.mkdir(parents=True)
    found = discover(root)
    assert [name for name, _ in cases_of(found["root"])] == ["Suites.A.A"]
    assert sorted(each["message"].split(";")[0] for each in found["errors"]) == [
        "A link leads back to a folder above",
        "Folders deeper than 64 levels are not looked into.",
    ]


def test_deeply_nested_data(tmp_path: Path):
    depth = 2000
    loops = "".join(f"    IF    {n}\n" for n in range(depth)) + "    Log    x\n" + "    END\n" * depth
    root = write(
        tmp_path / "S", {"deep.robot": f"*** Test Cases ***\nDeep\n{loops}", "good.robot": GOOD["no_tests.robot"]}
    )
    found = discover(root)
    assert {each["path"] for each in found["files"]} == {"deep.robot", "good.robot"}


def test_other_languages(tmp_path: Path):
    root = write(tmp_path / "S", {"fi.robot": "*** Testit ***\nKoe\n    Log    x\n"})
    assert discover(root)["root"]["suites"] == []
    assert [name for name, _ in cases_of(discover(root, "--language", "fi")["root"])] == ["S.Fi.Koe"]


def test_under_the_oldest_robot(tmp_path: Path, old_robot: str):
    root = write(tmp_path / "Suites", GOOD)
    old, new = discover(root, python=old_robot), discover(root)
    assert old.pop("robot") == "6.1.1"
    new.pop("robot")
    assert old == new


def unknown_section(node: ast.AST) -> bool:
    return any(token.type == "INVALID HEADER" and token.error for token in getattr(node, "tokens", ()))


def test_errors_are_those_of_robots_parser(tmp_path: Path):
    """An oracle over many kinds of mistakes; for a set nobody here wrote give its folder in ATN_FOREIGN_SUITES."""
    mistakes = [
        "*** Settings ***\nLibrary\n",
        "*** Settings ***\nTest Setup    A\nTest Setup    B\n",
        "*** Nonsense ***\nx\n",
        "*** Variables ***\nnot a variable    1\n",
        "*** Test Cases ***\nEmpty\n",
        "*** Test Cases ***\nA\n    [No Such]    x\n",
        "*** Test Cases ***\nA\n    IF    1\n        Log    x\n    ELSE\n    END\n",
        "*** Test Cases ***\nA\n    TRY\n        Log    x\n    END\n",
        "*** Test Cases ***\nA\n    BREAK\n",
        "*** Test Cases ***\nA\n    VAR    x    1\n",
        "*** Keywords ***\nA\n    RETURN    1\nB\n",
        "*** Test Cases ***\nGood\n    Log    x\n",
    ]
    foreign = os.environ.get("ATN_FOREIGN_SUITES")
    files = {f"m{number}.robot": text for number, text in enumerate(mistakes)}
    root = Path(foreign) if foreign else write(tmp_path / "S", files)
    expected = set()
    paths = sorted(root.rglob("*.robot"))
    for path in paths:
        getter = get_init_model if path.name == "__init__.robot" else get_model
        try:
            model = getter(str(path))
            if any(getattr(node, "errors", None) or unknown_section(node) for node in ast.walk(model)):
                expected.add(path.relative_to(root).as_posix())
            if path.name != "__init__.robot":
                robot.api.TestSuite.from_file_system(str(path), allow_empty_suite=True)
        except DataError:
            expected.add(path.relative_to(root).as_posix())
    found = {each["path"] for each in discover(root)["errors"] if each["path"].endswith(".robot")}
    assert found == expected
    assert 0 < len(expected) < len(paths)


@pytest.fixture(autouse=True)
def quiet_robot(capfd: pytest.CaptureFixture[str]):
    yield
    capfd.readouterr()
