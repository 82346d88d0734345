"""The charter is the permission table: complete, printed from the code, and what the trade forbids is not in it."""

from pathlib import Path

import pytest

from kaibo.core.feature import Feature, tag_of
from kaibo.features.promo.feature import FEATURE as PROMO
from kaibo.features.prompter.feature import FEATURE as PROMPTER
from kaibo.features.show.feature import FEATURE as SHOW
from kaibo.features.workspace.charter import CHARTER, GUARDED, ROLES, allows, print_duties, role_allowing
from kaibo.features.workspace.feature import FEATURE as WORKSPACE
from kaibo.kit.words import LANGUAGES, say, words

FEATURES = (PROMO, PROMPTER, SHOW, WORKSPACE)
DUTIES_PAGE = Path(__file__).parents[4] / "docs" / "duties.md"


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_command_and_view_stands_under_a_duty_of_the_charter(feature: Feature) -> None:
    asked = {tag_of(command): command.duty for command in feature.commands}
    asked |= {view.name: view.duty for view in feature.views}
    assert {name: duty for name, duty in asked.items() if duty not in CHARTER} == {}


def test_every_duty_is_held_and_every_holder_is_a_role() -> None:
    for duty, holders in CHARTER.items():
        assert holders, duty
        assert holders <= set(ROLES), duty


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_and_duty_has_a_name_in_every_language(language: str) -> None:
    named = words(language)
    assert [role for role in ROLES if f"role.{role}" not in named] == []
    assert [duty for duty in CHARTER if f"duty.{duty}" not in named] == []


def test_a_refusal_names_roles_and_duty_as_people_do() -> None:
    data = {"roles": ["assistant", "care"], "duty": "promo.approve", "able_roles": ["owner", "場控"], "on_duty": ["小林"]}
    assert (
        say("core.not_allowed", data, "zh-Hant")
        == "你的角色（助理、客服）沒有這項職責：核准促銷。能做的角色：負責人、場控；現在值班：小林"
    )
    unknown = {"roles": ["elf"], "duty": "x.y", "able_roles": [], "on_duty": []}
    assert say("core.not_allowed", unknown, "zh-Hant") == "你的角色（elf）沒有這項職責：x.y。能做的角色：沒有；現在值班：無人值班"


@pytest.mark.parametrize(
    ("role", "duty"),
    [
        ("assistant", "metric.read"),
        ("host", "metric.read"),
        ("operations", "comment.reply"),
        ("operations", "comment.hand_to_host"),
        ("operations", "promo.approve"),
        ("assistant", "promo.approve"),
        ("planner", "rundown.run"),
        ("host", "rundown.run"),
        ("owner", "promo.settle"),
        ("director", "promo.settle"),
        ("assistant", "promo.settle_by_hand"),
        ("host", "promo.settle_by_hand"),
        ("source", "promo.settle_by_hand"),
        ("director", "people.manage"),
        ("system", "people.manage"),
        ("system", "token.manage"),
        ("system", "promo.approve"),
    ],
)
def test_what_the_trade_forbids_is_not_in_the_charter(role: str, duty: str) -> None:
    assert not allows(frozenset({role}), duty)
    assert role_allowing(frozenset({role}), duty) is None


def test_no_person_holds_what_is_the_systems_alone() -> None:
    for duty in ("promo.settle", "show.list", "audience.ingest", "order.ingest"):
        assert CHARTER[duty] <= {"source", "system"}


def test_who_holds_several_roles_acts_in_the_first_that_carries_the_duty() -> None:
    roles = frozenset({"operations", "director", "host"})
    assert role_allowing(roles, "promo.propose") == "director"
    assert role_allowing(roles, "host.question") == "director"
    assert role_allowing(frozenset({"host", "operations"}), "promo.propose") == "operations"
    assert allows(roles, "promo.approve")


def test_a_duty_nobody_wrote_down_is_nobodys() -> None:
    assert role_allowing(frozenset(ROLES), "shop.burn_down") is None
    assert not allows(frozenset(ROLES), "shop.burn_down")


def test_the_page_of_duties_is_the_charter() -> None:
    assert DUTIES_PAGE.read_text("utf-8") == print_duties()


@pytest.mark.parametrize(
    "duty", ["people.manage", "token.manage", "charter.publish", "promo.approve", "metric.spend", "draw.run"]
)
def test_whoever_may_pay_or_manage_people_is_guarded(duty: str) -> None:
    assert duty in GUARDED
