"""Stories of how claims are set up by several people at once, and of what can be asked for."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kaibo.features.claim.commands import PolicyAsked, SetPolicy
from kaibo.features.claim.facts import ClaimPolicySet, Policy
from kaibo.features.claim.policy import ClaimPolicyConflict
from kaibo.features.claim.tests.room import Room

SEEN = Policy(capture="always", hold_minutes=10)


def asked(was: Policy | None = None, **more: Any) -> SetPolicy:
    return SetPolicy(policy=PolicyAsked.of(replace(SEEN, **more)), was=was)


@pytest.mark.parametrize(
    "wild",
    [
        {"hold_minutes": -5},
        {"hold_minutes": 10**15},
        {"per_buyer_limit": 0},
        {"per_buyer_limit": -1},
        {"per_buyer_limit": 10**9},
        {"repeat_ms": -1},
        {"repeat_ms": 10**12},
    ],
)
def test_what_no_show_could_mean_is_not_asked_for_and_an_old_log_still_folds(wild: dict[str, int]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"policy": {"capture": "always", **wild}}, SetPolicy)
    room = Room(SEEN)
    room.stage.given(msgspec.convert({"policy": {"capture": "always", **wild}}, ClaimPolicySet))
    assert room.stage.row("claim.desk", "all").policy == replace(Policy(capture="always"), **wild)


def test_two_people_change_two_things_and_both_stand(room: Room) -> None:
    room.stage.when(asked(SEEN, per_buyer_limit=2))
    room.stage.when(asked(SEEN, hold_minutes=20)).then(
        ClaimPolicySet(policy=replace(SEEN, per_buyer_limit=2, hold_minutes=20)),
    )


def test_who_did_not_see_the_others_change_of_the_same_thing_is_told_both(room: Room) -> None:
    room.stage.when(asked(SEEN, per_buyer_limit=2))
    room.stage.when(asked(SEEN, per_buyer_limit=3))
    room.stage.refused(ClaimPolicyConflict, policy_field="per_buyer_limit", policy_yours="3", policy_theirs="2")
    room.stage.when(asked(replace(SEEN, per_buyer_limit=2), per_buyer_limit=None, waitlist=False)).then(
        ClaimPolicySet(policy=replace(SEEN, waitlist=False)),
    )
    room.stage.when(asked(SEEN, waitlist=True, capture="off")).then(
        ClaimPolicySet(policy=replace(SEEN, waitlist=False, capture="off"))
    )
    room.stage.when(asked(replace(SEEN, waitlist=True, per_buyer_limit=9), per_buyer_limit=None)).then()


def test_two_people_who_say_the_same_agree(room: Room) -> None:
    room.stage.when(asked(SEEN, waitlist=False))
    room.stage.when(asked(SEEN, waitlist=False)).then()
    room.stage.when(asked(replace(SEEN, waitlist=False), capture="window"))
    room.stage.when(asked(SEEN, capture="off"))
    room.stage.refused(ClaimPolicyConflict, policy_field="capture", policy_yours="off", policy_theirs="window")


def test_who_says_nothing_of_what_they_saw_says_all_of_it(room: Room) -> None:
    room.stage.when(asked(SEEN, per_buyer_limit=2))
    room.stage.when(asked(hold_minutes=20)).then(ClaimPolicySet(policy=replace(SEEN, hold_minutes=20)))
