"""The way from a run to its harness: one request at a time, with the run's own token, over loopback.

Address and token are read from access.json anew at each request, because runs outlive the workbench: when it ends or
is restarted, whoever asks waits and asks the next one. The token is never logged and never part of an error.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from typing import Any
from urllib.parse import urlsplit

SOCKET_SECONDS = 150.0
PAUSE_SECONDS = 0.25


class AccessError(Exception):
    """A sentence for the person who reads the report."""

    ROBOT_SUPPRESS_NAME = True

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Away(Exception):
    """The workbench is not there now: it may come back."""


class Access:
    def __init__(self, patience: float) -> None:
        #: Seconds for which a workbench that is away is waited for.
        self.patience = patience

    def ask(self, request: str, content: dict[str, Any]) -> Any:
        """The answer. Raises AccessError for a refusal, and when nobody answers for too long."""
        give_up_at = time.monotonic() + self.patience
        while True:
            try:
                return self._ask_once(request, content)
            except Away as away:
                if time.monotonic() >= give_up_at:
                    raise AccessError(
                        f"The workbench did not answer for {self.patience:g} s: {away}. "
                        "Start ATN Workbench again; the run goes on as soon as it is there."
                    ) from None
            time.sleep(PAUSE_SECONDS)

    def _ask_once(self, request: str, content: dict[str, Any]) -> Any:
        where = read_access()
        address = urlsplit(where["url"])
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=SOCKET_SECONDS)
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {where['token']}"}
            connection.request("POST", f"{address.path}/{request}", json.dumps(content), headers)
            response = connection.getresponse()
            answer = parse(response.read())
        except (OSError, http.client.HTTPException) as error:
            raise Away(str(error) or type(error).__name__) from None
        finally:
            connection.close()
        if response.status == 200:
            return answer
        if response.status == 401 or not isinstance(answer, dict) or "message" not in answer:
            # Another harness than the one that wrote the file: it will write a new one when it goes on with this run.
            raise Away("it does not know this run yet")
        raise AccessError(str(answer["message"]), str(answer.get("code", "")))


def read_access() -> dict[str, Any]:
    path = os.environ.get("ATN_ACCESS")
    if not path:
        raise AccessError("These keywords work only in a run that ATN Workbench has started.")
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
    except FileNotFoundError:
        raise AccessError(
            "This run has no machines: choose them when you start it, and they are reserved for it."
        ) from None
    except (OSError, ValueError) as error:
        raise Away(f"{path} cannot be read: {error}") from None
    if not isinstance(content, dict) or content.get("schema") != 1:
        raise AccessError(f"{path} was written by another version of ATN Workbench than this library.")
    return content


def parse(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8")) if content else None
    except ValueError:
        return None
