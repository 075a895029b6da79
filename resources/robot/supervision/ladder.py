"""The stop ladder: ask, ask again, kill. A table of steps and times; signals are sent by the supervisor."""

from __future__ import annotations

from typing import Any

ASKED, ASKED_AGAIN, KILLING = "asked", "askedAgain", "killing"
ORDER = (ASKED, ASKED_AGAIN, KILLING)


class StopRequest:
    def __init__(self, requested_at: int, by: str, reason: str, at_once: bool = False) -> None:
        self.requested_at = requested_at
        self.by = by
        self.reason = reason
        self.at_once = at_once


class Ladder:
    """Which step is due. All waits are by the monotonic clock the caller passes in, in seconds."""

    def __init__(self, grace: float, second_grace: float) -> None:
        self.request: StopRequest | None = None
        self.step: str | None = None
        self.deadline: float | None = None
        self._waits = {ASKED: grace, ASKED_AGAIN: second_grace}

    def ask(self, request: StopRequest) -> None:
        """The first request counts; a later one only shortens the way, when it says at once."""
        if self.request is None:
            self.request = request
        elif request.at_once:
            self.request.at_once = True

    def due(self, now: float) -> str | None:
        """The step to take now, once; None when there is nothing to do."""
        if self.request is None or self.step == KILLING:
            return None
        if self.request.at_once:
            return self._take(KILLING, now)
        if self.step is None:
            return self._take(ASKED, now)
        if self.deadline is not None and now >= self.deadline:
            return self._take(ORDER[ORDER.index(self.step) + 1], now)
        return None

    def _take(self, step: str, now: float) -> str:
        self.step = step
        wait = self._waits.get(step)
        self.deadline = None if wait is None else now + wait
        return step

    def shown(self, now: float, wall_ms: int) -> dict[str, Any] | None:
        """What supervisor.json says: the countdown as wall-clock time, taken fresh from the monotonic clock."""
        if self.request is None:
            return None
        left = None if self.deadline is None else max(0.0, self.deadline - now)
        return {
            "requestedAt": self.request.requested_at,
            "by": self.request.by,
            "reason": self.request.reason,
            "step": self.step or ASKED,
            "nextStepAt": None if left is None else wall_ms + int(left * 1000),
        }
