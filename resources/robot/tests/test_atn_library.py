"""The keyword library ATN against a harness of these tests: refusals, restarts, deeds that must not be done twice."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import sys
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable

import pytest

pytest.importorskip("robot")
sys.path.append(str(Path(__file__).resolve().parents[1] / "library"))

from ATN import ATN, BootDevice, Power, Since
from atn_access import AccessError

Answer = Callable[[dict], Any]


class Refusal(Exception):
    def __init__(self, status: int, content: Any) -> None:
        super().__init__(status)
        self.status, self.content = status, content


class Harness:
    """Answers as the workbench does. `answers` by the name of the request; every request is kept in `asked`."""

    def __init__(self, file: Path, token: str = "t0ken") -> None:
        self.file, self.token = file, token
        self.asked: list[tuple[str, dict]] = []
        self.answers: dict[str, Answer] = {}
        harness = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = harness.answer(self.path, self.headers.get("Authorization"), content)
                if status == 0:  # the workbench is killed before it answers
                    return
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def answer(self, path: str, authorization: str | None, content: dict) -> tuple[int, Any]:
        if authorization != f"Bearer {self.token}":
            return 401, {"code": "UNAUTHORIZED", "message": "This is not the token of a run."}
        name = path.rpartition("/")[2]
        self.asked.append((name, content))
        try:
            return 200, self.answers[name](content)
        except Refusal as refusal:
            return refusal.status, refusal.content

    def tell(self, token: str | None = None) -> None:
        url = f"http://127.0.0.1:{self.server.server_port}/run-access"
        content = {"schema": 1, "url": url, "token": token or self.token}
        temporary = self.file.with_suffix(".tmp")
        temporary.write_text(json.dumps(content), encoding="utf-8")
        os.replace(temporary, self.file)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "access.json"
    monkeypatch.setenv("ATN_ACCESS", str(path))
    return path


@pytest.fixture
def start(file):
    running: list[Harness] = []

    def make(**more: Any) -> Harness:
        harness = Harness(file, **more)
        harness.tell()
        running.append(harness)
        harness.answers["consolePlace"] = lambda _: {"recordingId": "r1", "offset": 0}
        return harness

    yield make
    for harness in running:
        harness.close()


def says(text: str, recording: str = "r1") -> Answer:
    """A console that has said this: pieces of three bytes, nothing more after them."""
    content = text.encode()

    def read(asked: dict) -> dict:
        offset = asked["place"]["offset"] if asked["place"]["recordingId"] == recording else 0
        piece = content[offset : offset + 3]
        place = {"recordingId": recording, "offset": offset + len(piece)}
        return {"place": place, "bytes": base64.b64encode(piece).decode(), "state": "open", "why": None}

    return read


def done(_: dict) -> dict:
    return {"outcome": "done"}


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_a_deed_names_machine_key_and_action_and_waits_for_power(start):
    harness = start()
    states = iter([True, True, False])
    harness.answers.update(power=done, powerStatus=lambda _: {"on": next(states)})
    ATN().power_off("node-1")
    name, content = harness.asked[1]
    assert (name, content["sut"], content["action"]) == ("power", "node-1", "off")
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", content["key"])
    assert [asked for asked, _ in harness.asked].count("powerStatus") == 3


def test_a_refusal_is_the_sentence_of_the_workbench_and_is_not_asked_again(start):
    harness = start()

    def refuse(_: dict) -> None:
        raise Refusal(403, {"code": "FORBIDDEN", "message": "node-9 is not a machine of this run."})

    harness.answers["bootDevice"] = refuse
    with pytest.raises(AccessError, match="node-9 is not a machine of this run"):
        ATN().set_boot_device("node-9", BootDevice.pxe)
    assert len(harness.asked) == 1


def test_a_restarted_workbench_is_waited_for_and_asked_with_its_new_token(start, file):
    first = start()
    first.close()
    timer = threading.Timer(0.4, lambda: reborn.append(start(token="another")) or ready(reborn[0]))
    reborn: list[Harness] = []

    def ready(harness: Harness) -> None:
        harness.answers["powerStatus"] = lambda _: {"on": True}

    timer.start()
    ATN(seconds(20)).power_should_be("node-1", Power.on, seconds(20))
    assert reborn[0].asked[0][0] == "powerStatus"
    assert "another" in file.read_text()


def test_a_stale_token_is_not_the_end(start):
    harness = start()
    harness.tell("stale")
    harness.answers["powerStatus"] = lambda _: {"on": True}
    threading.Timer(0.4, harness.tell).start()
    ATN(seconds(20)).power_should_be("node-1", Power.on)


def test_nobody_is_waited_for_longer_than_said_and_the_token_is_not_in_the_error(start):
    start(token="s3cret").close()
    with pytest.raises(AccessError) as raised:
        ATN(seconds(0.3)).get_sut("node-1")
    assert "did not answer for 0.3 s" in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_a_deed_cut_off_is_sent_again_with_the_same_key(start):
    harness = start()
    cut = iter([True, False])

    def clear(_: dict) -> dict:
        if next(cut):
            raise Refusal(0, None)
        return {"outcome": "done"}

    harness.answers["clearEventLog"] = clear
    ATN(seconds(20)).clear_sel("node-1")
    first, second = (content["key"] for _, content in harness.asked)
    assert first == second


def test_what_can_be_repeated_is_repeated_once_and_a_cycle_is_not(start):
    harness = start()
    outcomes = iter(["unknown", "done"])
    harness.answers["bootDevice"] = lambda _: {"outcome": next(outcomes)}
    ATN().set_boot_device("node-1", BootDevice.pxe)
    first, second = (content["key"] for _, content in harness.asked)
    assert first != second
    harness.answers["power"] = lambda _: {"outcome": "unknown"}
    with pytest.raises(AccessError, match="whether the machine has got it is unknown"):
        ATN().power_cycle("node-1")
    assert [name for name, _ in harness.asked].count("power") == 1


def test_the_console_is_searched_from_where_the_wait_before_ended(start):
    harness = start()
    harness.answers["consoleRead"] = says("\x1b[32mbooting\x1b[0m Linux version 6.12\r\nnode-1 login: grüße\r\nlogin: ")
    library = ATN()
    assert library.wait_for_console("node-1", r"version (\S+)$", seconds(5)) == "6.12"
    assert library.wait_for_console("node-1", "login:", seconds(5)) == "login:"
    assert library.wait_for_console("node-1", "^login: ", seconds(5)) == "login: "
    with pytest.raises(AccessError, match="did not say version within 0 s.*said nothing"):
        library.wait_for_console("node-1", "version", seconds(0))
    assert library.wait_for_console("node-1", "booting", seconds(5), Since.start) == "booting"
    assert [content["since"] for name, content in harness.asked if name == "consolePlace"] == ["now", "start"]


def test_the_console_goes_over_into_the_next_recording(start):
    harness = start()
    harness.answers["consoleRead"] = says("before")
    library = ATN()
    library.wait_for_console("node-1", "before", seconds(5))
    harness.answers["consoleRead"] = says("after", "r2")
    assert library.wait_for_console("node-1", "after", seconds(5)) == "after"


def test_a_wait_that_fails_says_what_was_said_last_and_why_nothing_comes(start):
    harness = start()

    def read(asked: dict) -> dict:
        return {**says("one\ntwo\n")(asked), "state": "waiting", "why": "The machine does not answer."}

    harness.answers["consoleRead"] = read
    with pytest.raises(AccessError, match=r"did not say three within 0.2 s.*does not answer(.|\n)*one\s+two"):
        ATN().wait_for_console("node-1", "three", seconds(0.2))
    with pytest.raises(AccessError, match="is no regular expression"):
        ATN().wait_for_console("node-1", "(", seconds(0.2))


def test_sensors_are_chosen_by_name(start):
    harness = start()
    harness.answers["sensors"] = lambda _: {"sensors": [{"name": "Fan 1"}, {"name": "Fan 2"}, {"name": "Inlet"}]}
    assert [each["name"] for each in ATN().read_sensors("node-1", "fan*")] == ["Fan 1", "Fan 2"]
    with pytest.raises(AccessError, match="node-1 has no sensor named Pump"):
        ATN().read_sensors("node-1", "Pump")


def test_typing_sends_a_carriage_return_unless_told_otherwise(start):
    harness = start()
    harness.answers["consoleWrite"] = lambda content: {"written": len(content["text"])}
    library = ATN()
    library.write_console("node-1", "root")
    library.write_console("node-1", "x", newline=False)
    assert [content["text"] for name, content in harness.asked if name == "consoleWrite"] == ["root\r", "x"]


def test_a_port_is_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ATN().wait_for_port("127.0.0.1", port, seconds(5))
    with pytest.raises(AccessError, match=f"Port {port} of 127.0.0.1 took no connection within 0.2 s"):
        ATN().wait_for_port("127.0.0.1", port, seconds(0.2))


def test_outside_of_a_run_and_in_a_run_without_machines_a_sentence_says_so(monkeypatch, file):
    with pytest.raises(AccessError, match="This run has no machines"):
        ATN().get_sut("node-1")
    monkeypatch.delenv("ATN_ACCESS")
    with pytest.raises(AccessError, match="only in a run that ATN Workbench has started"):
        ATN().get_sut("node-1")


def test_a_suite_with_a_console_of_its_own_keeps_it(start):
    harness = start()
    harness.answers["power"] = done
    ATN(open_consoles=False).power_cycle("node-1")
    ATN().power_cycle("node-1")
    assert [name for name, _ in harness.asked] == ["power", "consolePlace", "power"]
