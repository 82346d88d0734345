"""How the way a show takes claims is changed: only what somebody meant to change, and not over what somebody else did meanwhile."""

from collections.abc import Sequence

from msgspec.structs import replace

from kaibo.core.errors import Refusal
from kaibo.core.event import Fact
from kaibo.features.claim.commands import SetPolicy
from kaibo.features.claim.facts import ClaimPolicySet, Policy
from kaibo.features.claim.state import ClaimState


class ClaimPolicyConflict(Refusal):
    """Somebody changed the same thing meanwhile. Both values are said as words have them: none, yes, no, or as they are."""

    code = "claim.policy_conflict"
    policy_field: str
    policy_yours: str
    policy_theirs: str


def set_policy(state: ClaimState, command: SetPolicy) -> Sequence[Fact]:
    """Saying for the first time that it stays as it is, is news: nobody is asked again. Raises ClaimPolicyConflict."""
    asked = Policy(**{name: getattr(command.policy, name) for name in Policy.__struct_fields__})
    policy = asked if command.was is None else _changed(state.policy, command.was, asked)
    return () if state.chosen and policy == state.policy else (ClaimPolicySet(policy=policy),)


def _changed(now: Policy, was: Policy, asked: Policy) -> Policy:
    changes: dict[str, object] = {}
    for name in Policy.__struct_fields__:
        before, yours, theirs = (getattr(policy, name) for policy in (was, asked, now))
        if yours == before:
            continue
        if theirs not in (before, yours):
            raise ClaimPolicyConflict(policy_field=name, policy_yours=_said(yours), policy_theirs=_said(theirs))
        changes[name] = yours
    return replace(now, **changes)


def _said(value: object) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
