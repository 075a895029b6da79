from __future__ import annotations

import pytest

from supervision.ladder import ASKED, ASKED_AGAIN, KILLING, Ladder, StopRequest


def asked(at_once: bool = False) -> Ladder:
    ladder = Ladder(grace=30, second_grace=10)
    ladder.ask(StopRequest(1_000, "me", "enough", at_once))
    return ladder


def test_nothing_is_due_before_somebody_asks():
    ladder = Ladder(30, 10)
    assert ladder.due(1e9) is None
    assert ladder.shown(0, 0) is None


def test_each_step_comes_once_and_in_its_time():
    ladder = asked()
    steps = [(second, ladder.due(100 + second)) for second in (0, 1, 29.9, 30, 31, 39.9, 40, 41, 500)]
    assert [step for step in steps if step[1]] == [(0, ASKED), (30, ASKED_AGAIN), (40, KILLING)]


def test_at_once_goes_straight_to_the_end():
    assert asked(at_once=True).due(0) == KILLING


def test_a_later_request_shortens_the_way_but_keeps_the_first_asker():
    ladder = asked()
    assert ladder.due(0) == ASKED
    ladder.ask(StopRequest(2_000, "somebody else", "now", at_once=True))
    assert ladder.due(0.1) == KILLING
    shown = ladder.shown(0.1, 5_000)
    assert shown is not None
    assert (shown["by"], shown["requestedAt"], shown["nextStepAt"]) == ("me", 1_000, None)


@pytest.mark.parametrize("jump", [-3_600_000, 0, 3_600_000])
def test_the_countdown_follows_the_wall_clock_while_the_waits_do_not(jump: int):
    ladder = asked()
    ladder.due(100)
    shown = ladder.shown(110, 1_700_000_000_000 + jump)
    assert shown is not None
    assert shown["nextStepAt"] == 1_700_000_020_000 + jump
    assert ladder.due(129) is None
    assert ladder.due(130) == ASKED_AGAIN
