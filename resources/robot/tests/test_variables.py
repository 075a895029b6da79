from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import atn_variables


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATN_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("ATN_SECRETS", raising=False)
    return tmp_path


def give_secrets(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("ATN_SECRETS", "stdin")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


def test_nothing_to_give(workspace: Path):
    assert atn_variables.get_variables() == {}


def test_suts_by_item_and_by_dot(workspace: Path):
    (workspace / "suts.json").write_text(
        json.dumps({"box-1": {"role": "server", "nic": {"mac": "aa"}, "ports": [{"n": 1}]}})
    )
    suts = atn_variables.get_variables()["SUTs"]
    assert suts["box-1"]["role"] == "server"
    assert suts["box-1"].nic.mac == "aa"
    assert suts["box-1"].ports[0].n == 1


def test_no_sut_is_still_a_dictionary(workspace: Path):
    (workspace / "suts.json").write_text("{}")
    assert atn_variables.get_variables() == {"SUTs": {}}


def test_variables_keep_their_types(workspace: Path):
    values = {"TEXT": "x", "NUMBER": 4, "FLAG": True, "NOTHING": None, "LIST": [1, "2"], "DICT": {"a": {"b": 1}}}
    (workspace / "vars.json").write_text(json.dumps(values))
    given = atn_variables.get_variables()
    assert given == values
    assert given["DICT"].a.b == 1


def test_secrets_are_secret_and_overrule(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    (workspace / "vars.json").write_text('{"PASSWORD": "placeholder"}')
    (workspace / "suts.json").write_text('{"box": {"role": "server"}}')
    give_secrets(
        monkeypatch, '{"variables": {"PASSWORD": "deep"}, "suts": {"box": {"bmc": "deeper"}, "new": {"k": "v"}}}'
    )
    given = atn_variables.get_variables()
    assert str(given["PASSWORD"]) == "<secret>"
    assert given["PASSWORD"].value == "deep"
    assert "deeper" not in str(given["SUTs"])
    assert given["SUTs"].box.role == "server"
    assert given["SUTs"].new.k.value == "v"


@pytest.mark.parametrize(("text", "reason"), [("", "did not arrive"), ("[]", "expected form"), ("{", "Expecting")])
def test_secrets_that_did_not_come_are_missed(workspace: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str):
    give_secrets(monkeypatch, text)
    with pytest.raises(ValueError, match=reason):
        atn_variables.get_variables()


def test_a_file_of_another_form_is_refused(workspace: Path):
    (workspace / "vars.json").write_text("[1]")
    with pytest.raises(ValueError, match="must hold names and values"):
        atn_variables.get_variables()
