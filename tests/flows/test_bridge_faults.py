"""Whatever goes wrong at a messenger: nothing urgent is lost, or shown as arrived when it is not, and a group reads twice only what says so.

`KAIBO_SCHEDULES=1000` tries so many schedules.
"""

import os
from random import Random

import pytest

from kaibo.kit import outward
from tests.flows.test_bridges import NAMED, WAYS, Home, home
from tests.served import do

__all__ = ["home"]

SCHEDULES = int(os.environ.get("KAIBO_SCHEDULES", "48"))
FAULTS = (
    "status:429", "status:500", "status:503", "body:limited", "body:refused", "late:0.3", "late_after:0.3", "reset", "reset_after",
    "half_open", "garbage", "html",
)  # fmt: skip
KNOWS_AGAIN = {"line", "webhook"}
ARRIVED = {"sent", "confirmed"}
TRIES_MAX = 12


def test_no_schedule_of_faults_loses_doubles_or_prettifies_an_urgent_message(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outward, "WAIT_S", 0.15)
    kinds = list(WAYS)
    for kind in kinds:
        home.bridge(kind, paused=True)
    told = {"arrived": 0, "failed": 0, "waiting": 0}
    for seed in range(SCHEDULES):
        dice, kind, show = Random(seed), kinds[seed % len(kinds)], f"t{seed}"
        set_up = {"bridge_id": kind, "kind": kind, "name": kind}
        do(home.owner, "workspace", "main", "bridge.set", **set_up)
        home.plan(show)
        home.fake.clear()
        home.fake.plan(faults := dice.choices(FAULTS, k=dice.randint(0, 4)))
        home.say("m", f"急事 {seed}", show=show, urgent=True)
        home.settle()
        for _ in range(TRIES_MAX):
            if home.letters(show)[kind]["state"] in ("failed", *ARRIVED):
                break
            home.later((home.letters(show)[kind]["until"] - home.clock.at) / 1000 + 0.001, show)
        letter, seen = home.letters(show)[kind], [each for each in home.fake.seen if f"急事 {seed}" in each.text]
        what = f"{seed} {kind} {faults} {letter} {seen}"
        if letter["state"] in ARRIVED:
            told["arrived"] += 1
            assert seen, what
            assert (letter["state"] == "confirmed") is (kind in NAMED), what
        elif letter["state"] == "failed":  # said in red, with the messenger's word
            told["failed"] += 1
            assert letter["code"], what
        else:
            told["waiting"] += 1
            assert letter["until"] or letter["state"] == "late", what
        if kind in KNOWS_AGAIN:
            assert len(seen) <= 1, what
        assert all(each.text.startswith("（重發）") for each in seen[1:]), what
        do(home.owner, "workspace", "main", "bridge.set", **set_up, paused=True)
        do(home.lin, "show", show, "channel.take", message_id="m")
        home.clock.at += 700_000  # the robot's ten minutes are over
    assert told["arrived"] > SCHEDULES / 3, told
