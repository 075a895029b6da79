"""What the consoles of a run's machines have said, read from the recording the harness makes of them."""

from __future__ import annotations

import base64
import codecs
import re
import time
from typing import Any, Callable, Pattern

#: ms for which the harness holds a request that finds nothing new; well under the time limit of the request.
WAIT_MS = 10_000
#: ms of silence after which what matches up to the last character is taken for whole: a number, a line, may go on.
QUIET_MS = 250
#: What stays in memory of one console, characters: a pattern must match within it.
KEPT = 1_000_000
#: Cursor movements, colours, titles: not what somebody reads, so no pattern has to know of them.
CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Za-z]|\x1b[=>78cDEHMNOZ]|\r(?=\n)|\x00"
)

Ask = Callable[[str, dict], Any]


class Console:
    """One machine's console, from a place on."""

    def __init__(self, ask: Ask, sut: str, since: str) -> None:
        self._ask = ask
        self._sut = sut
        self._place = ask("consolePlace", {"sut": sut, "since": since})
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._raw = ""
        self.text = ""
        self.why = ""

    def wait_for(self, pattern: Pattern[str], seconds: float) -> re.Match[str] | None:
        """The first match after the last one; what comes before its end is forgotten. None: it did not come in time."""
        give_up_at = time.monotonic() + seconds
        while True:
            match = pattern.search(self.text)
            if match is not None and (match.end() < len(self.text) or not self._read(QUIET_MS)):
                self.text = self.text[match.end() :]
                return match
            if match is not None:
                continue
            left = give_up_at - time.monotonic()
            if not self._read(min(WAIT_MS, max(0, int(left * 1000)))) and left <= 0:
                return None

    def _read(self, wait_ms: int) -> bool:
        answer = self._ask("consoleRead", {"sut": self._sut, "place": self._place, "waitMs": wait_ms})
        if answer["place"]["recordingId"] != self._place["recordingId"]:
            self._decoder.reset()
        self._place = answer["place"]
        self.why = "" if answer["state"] == "open" else str(answer["why"] or answer["state"])
        self._take(self._decoder.decode(base64.b64decode(answer["bytes"])))
        return bool(answer["bytes"])

    def _take(self, said: str) -> None:
        raw = self._raw + said
        # The beginning of a control sequence, or a carriage return, may belong to what comes next.
        cut = re.search(r"(?:\x1b[^@-Zc-z\x07]{0,200}|\r)\Z", raw)
        keep = len(raw) if cut is None else cut.start()
        self.text = (self.text + CONTROLS.sub("", raw[:keep]))[-KEPT:]
        self._raw = raw[keep:]
