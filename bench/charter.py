"""A charter of a large team: checked whole while it is edited, and asked at every command, beside the least that such a question can cost."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kaibo.features.charter.facts import Cell, Charter, CharterDuty, CharterRole
from kaibo.features.charter.lint import Team, lint
from kaibo.features.charter.shipped import seven
from kaibo.features.charter.table import PHASES, Table, compile_charter

ROLES, DUTIES, PEOPLE = 12, 150, 30
LINTS = 30
CHECKS = 200_000
TURNS = 7
LINT_LIMIT_MS, CHECK_LIMIT_NS = 100, 1000


def large() -> Charter:
    """The shipped charter grown to 12 roles and 150 duties, each due in all three phases."""
    base = seven()
    roles = [*base.roles, *(CharterRole(role_id=f"own_{at}", name=f"角色{at}") for at in range(ROLES - len(base.roles)))]
    grown = [replace(each, phases=PHASES) for each in base.duties]
    for at in range(DUTIES - len(grown)):
        like = base.duties[at % len(base.duties)]
        cells: dict[str, Cell] = {roles[(at + place) % ROLES].role_id: cell for place, cell in enumerate(like.cells.values())}
        grown.append(
            CharterDuty(
                duty_id=f"own.{at}", title=f"職責{at}", phases=PHASES, proof="看過", within_s=60, cells=cells, grants=like.grants
            )
        )
    return replace(base, roles=tuple(roles), duties=tuple(grown))


def measure() -> dict[str, Any]:
    """The whole lint, compiling, and a check, in this run on this machine."""
    charter = large()
    names = [each.role_id for each in charter.roles]
    team = Team({f"p{at}": frozenset({names[at % ROLES], names[(at * 5 + 1) % ROLES]}) for at in range(PEOPLE)})
    table = compile_charter(charter, 1)
    found: dict[str, Any] = {"roles": ROLES, "duties": len(charter.duties), "phases": len(PHASES), "people": PEOPLE}
    found["findings"] = len(lint(charter, team))
    found["lint_ms_p50"], found["lint_ms_max"] = _paced(lambda: lint(charter, team))
    bare = replace(charter, duties=tuple(replace(each, cells={}, proof="", evidence=()) for each in charter.duties))
    found["findings_of_bare"] = len(lint(bare, team))
    found["lint_ms_p50_of_bare"], _ = _paced(lambda: lint(bare, team))
    found["lint_limit_ms"] = LINT_LIMIT_MS
    found["compile_ms_p50"], _ = _paced(lambda: compile_charter(charter, 1))
    found["check_ns_one_role"] = _check_ns(table, frozenset({"director"}))
    found["check_ns_three_roles"] = _check_ns(table, frozenset({"owner", "director", "planner"}))
    found["dict_get_and_intersection_ns"] = _least_ns(table, frozenset({"director"}))
    found["check_limit_ns"] = CHECK_LIMIT_NS
    return found


def _paced(work: Callable[[], object]) -> tuple[float, float]:
    took: list[float] = []
    for _ in range(LINTS):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 2), round(max(took), 2)


def _check_ns(table: Table, roles: frozenset[str]) -> int:
    ask = table.role

    def turn() -> None:
        for _ in range(CHECKS):
            ask(roles, "promo.approve", "on_air")

    return _best_ns(turn)


def _least_ns(table: Table, roles: frozenset[str]) -> int:
    """One look into a dict and one intersection of two frozensets."""
    look = table.by_phase["on_air"].get
    nobody = frozenset[str]()

    def turn() -> None:
        for _ in range(CHECKS):
            look("promo.approve", nobody).intersection(roles)

    return _best_ns(turn)


def _best_ns(turn: Callable[[], None]) -> int:
    took: list[float] = []
    for _ in range(TURNS):
        began = time.perf_counter()
        turn()
        took.append(time.perf_counter() - began)
    return round(min(took) / CHECKS * 1e9)
