from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import TOOLS

SUITE = """*** Settings ***
Documentation    What it is for
Metadata    Owner    ada
Suite Setup    Log    start
Test Teardown    Log    bye
*** Test Cases ***
Good
    [Documentation]    a doc
    [Tags]    smoke    x
    FOR    ${x}    IN    a    b
        Log    <b>${x}</b> \\ "quoted" é    html=yes
    END
    ${y} =    Set Variable    7
    WHILE    $y == '8'    limit=3
        Log    x
    END
Bad ü
    TRY
        Fail    broken <on> "purpose"   \U0001f600
    EXCEPT    other    AS    ${e}
        No Operation
    FINALLY
        Log    x
    END
Iffy
    IF    1 > 2
        Log    no
    ELSE
        Log    else    WARN
    END
Left out
    Skip    not today
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("import")
    suite = folder / "s.robot"
    suite.write_text(SUITE, encoding="utf-8")
    quiet = ["--console", "none", "--log", "NONE", "--report", "NONE", "--outputdir", str(folder)]
    subprocess.run([sys.executable, "-m", "robot", *quiet, str(suite)], check=False)
    # The same result in both forms, so that every time in it is the same.
    options = [*quiet, "--output", "output.json", str(folder / "output.xml")]
    subprocess.run([sys.executable, "-m", "robot.rebot", *options], check=False, capture_output=True)
    return {"xml": folder / "output.xml", "json": folder / "output.json"}


def taken(source: Path, folder: Path) -> tuple[dict, list, list, list]:
    target = folder / "record.db"
    target.unlink(missing_ok=True)
    words = [sys.executable, str(TOOLS / "import_output.py"), str(source), str(target)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    record = sqlite3.connect(target)
    items = record.execute("SELECT * FROM item ORDER BY id").fetchall()
    messages = record.execute("SELECT item, time, level, html, text FROM message ORDER BY item, time, text").fetchall()
    meta = record.execute("SELECT * FROM meta WHERE key NOT IN ('robot', 'python') ORDER BY key").fetchall()
    record.close()
    return json.loads(done.stdout.strip().split("\n")[-1]), items, messages, meta


def test_json_gives_the_record_that_xml_gives(outputs: dict[str, Path], tmp_path: Path):
    if not outputs["json"].exists():
        pytest.skip("this Robot writes no JSON")
    xml, json_ = taken(outputs["xml"], tmp_path), taken(outputs["json"], tmp_path)
    assert json_[0] == xml[0]
    assert xml[0] == xml[0] | {"ok": True, "name": "S", "cut": None, "error": None}
    assert json_[1:] == xml[1:]
    assert ("metadata:1", '{"Owner": "ada"}') in xml[3]
    assert [row[0] for row in xml[1] if row[1] is None] == [1], "one root"


def test_a_cut_json_gives_what_it_holds(outputs: dict[str, Path], tmp_path: Path):
    whole = outputs["json"].read_bytes()
    everything = taken(outputs["json"], tmp_path)[1]
    source = tmp_path / "cut.json"
    chance = random.Random(5)
    for place in sorted(chance.randrange(200, len(whole) - 2000) for _ in range(12)):
        source.write_bytes(whole[:place])
        answer, items, _, meta = taken(source, tmp_path)
        if not answer["ok"]:
            assert answer["error"].startswith("This is no result file") or "no suite" in answer["error"]
            continue
        assert answer["cut"].startswith("The file ends before its end")
        assert ("closed", "0") in meta
        # What had ended is as it is in the whole file; numbers move where a teardown had no body yet.
        ended = {row[2:] for row in items if row[12] is not None}
        assert ended <= {row[2:] for row in everything}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "[1, 2]",
        "{}",
        '{"name": "x"}',
        '{"suite": {"name": "S"}}',
        '{"generator": "pytest", "suite": {}}',
        "{" * 5000,
    ]
    + [
        '{"generator": "Robot 7.5", "suite": [}',
        '{"generator": "Robot 7.5", "suite": nonsense}',
        '{"a": "\\ud8"}',
        "{\x00}",
    ],
)
def test_what_is_no_result_is_refused_with_a_sentence(text: str, tmp_path: Path):
    source = tmp_path / "output.json"
    source.write_text(text, encoding="utf-8")
    answer, items, *_ = taken(source, tmp_path)
    assert (answer["ok"], items) == (False, [])
    assert answer["error"].endswith(".")


def test_a_text_over_the_edge_of_a_piece_is_whole_and_one_over_the_limit_is_cut(tmp_path: Path):
    texts = ['a"\\' * 40_000 + "\U0001f600" + "b" * 700_000 + "\n", "é" * 1_500_000]
    body = [
        {"type": "MESSAGE", "message": text, "level": "INFO", "timestamp": "2026-11-23T05:02:33.454099"}
        for text in texts
    ]
    test = {"id": "s1-t1", "name": "T", "status": "PASS", "body": [{"name": "Log", "status": "PASS", "body": body}]}
    result = {
        "generator": "Robot 7.5 (Python 3.11.7 on linux)",
        "suite": {"id": "s1", "name": "S", "tests": [test], "status": "PASS"},
    }
    for plain in (True, False):
        source = tmp_path / "output.json"
        source.write_text(json.dumps(result, ensure_ascii=plain), encoding="utf-8")
        answer, items, messages, _ = taken(source, tmp_path)
        assert (answer["ok"], answer["cut"], [row[3] for row in items]) == (True, None, ["S", "T", "Log"])
        found = sorted((text for *_, text in messages), key=lambda text: text[:1])
        assert found[0] == texts[0]
        assert set(found[1]) == {"é"}
        assert 100_000 < len(found[1]) <= 1 << 21
