"""Stories of the workspace's lists: words and allowed phrases come, change and go, and can be brought back."""

from typing import Any

import pytest

from kaibo.core.errors import NotFound
from kaibo.core.event import Actor
from kaibo.core.stage import Stage
from kaibo.features.moderation import rules
from kaibo.features.moderation.commands import (
    AddUsualWords,
    AddWords,
    AllowPhrases,
    DisallowPhrases,
    NewWord,
    RemoveWords,
    SetSlow,
    UndoWords,
)
from kaibo.features.moderation.facts import PhrasesAllowed, WordRule, WordsAdded, WordsRemoved
from kaibo.features.moderation.feature import FEATURE
from kaibo.features.moderation.rules import PhraseTooShort, WordsTooMany, WordUnknown
from kaibo.features.moderation.usual import USUAL

MEI = Actor(id="mei", role="assistant")


@pytest.fixture
def office() -> Stage:
    return Stage(FEATURE, "workspace/main")


def new(text: str, **more: Any) -> NewWord:
    return NewWord(**{"rule_id": text, "text": text, **more})


def test_words_are_added_changed_and_removed(office: Stage) -> None:
    office.when(AddWords(action_id="a1", rules=(new(" 加賴 "),)), by=MEI).then(
        WordsAdded(action_id="a1", rules=(WordRule(rule_id=" 加賴 ", text="加賴"),))
    )
    office.when(AddWords(action_id="a2", rules=(new("加賴", rule_id="又來"),)), by=MEI).then()
    office.when(AddWords(action_id="a2", rules=(new(" 加賴 ", does="mark"),)), by=MEI)
    assert office.row("moderation.words", " 加賴 ").rule.does == "mark"
    office.when(RemoveWords(action_id="a3", rule_ids=("沒有",)), by=MEI).refused(WordUnknown)
    office.when(RemoveWords(action_id="a3", rule_ids=(" 加賴 ", " 加賴 ")), by=MEI).then(
        WordsRemoved(action_id="a3", rule_ids=(" 加賴 ",))
    )
    office.when(RemoveWords(action_id="a4", rule_ids=(" 加賴 ",)), by=MEI).then()
    assert office.rows("moderation.words") == {}
    office.when(UndoWords(action_id="u1", undoes="a3"), by=MEI)
    assert office.row("moderation.words", " 加賴 ").rule.does == "mark"


def test_the_usual_words_come_once_and_what_was_removed_stays_away(office: Stage) -> None:
    office.when(AddUsualWords(action_id="a1"), by=MEI)
    assert list(office.rows("moderation.words")) == [each.rule_id for each in USUAL]
    office.when(RemoveWords(action_id="a2", rule_ids=(USUAL[0].rule_id,)), by=MEI)
    office.when(AddUsualWords(action_id="a3"), by=MEI).then()
    office.when(UndoWords(action_id="u1", undoes="a1"), by=MEI)
    assert office.rows("moderation.words") == {}


def test_phrases_are_allowed_and_disallowed(office: Stage) -> None:
    office.when(AllowPhrases(action_id="a1", phrases=(" 媽媽的 ", "媽媽的")), by=MEI).then(
        PhrasesAllowed(action_id="a1", phrases=("媽媽的",))
    )
    office.when(AllowPhrases(action_id="a2", phrases=("媽媽的",)), by=MEI).then()
    office.when(AllowPhrases(action_id="a2", phrases=("媽 ",)), by=MEI).refused(PhraseTooShort)
    assert list(office.rows("moderation.allowed")) == ["媽媽的"]
    office.when(DisallowPhrases(action_id="a2", phrases=("媽媽的", "別的")), by=MEI)
    assert office.rows("moderation.allowed") == {}
    office.when(UndoWords(action_id="u1", undoes="a2"), by=MEI)
    assert list(office.rows("moderation.allowed")) == ["媽媽的"]
    office.when(UndoWords(action_id="u2", undoes="a1"), by=MEI)
    assert office.rows("moderation.allowed") == {}


def test_the_list_has_an_end(office: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RULES_MAX", 2)
    office.when(AddWords(action_id="a1", rules=(new("一號"), new("二號"), new("三號"))), by=MEI).refused(WordsTooMany)
    office.when(AllowPhrases(action_id="a1", phrases=("一號", "二號", "三號")), by=MEI).refused(WordsTooMany)
    office.when(AllowPhrases(action_id="a1", phrases=("一號", "二號")), by=MEI)
    office.when(AddWords(action_id="a2", rules=(new("一號"), new("二號"))), by=MEI)
    assert (len(office.rows("moderation.allowed")), len(office.rows("moderation.words"))) == (2, 2)


def test_lists_are_the_workspaces_and_comments_a_shows(office: Stage) -> None:
    office.when(SetSlow(action_id="a1", seconds=5), by=MEI).refused(NotFound, kind="command", id="moderation.slow")
    show = Stage(FEATURE).when(AddWords(action_id="a1", rules=(new("加賴"),)), by=MEI)
    show.refused(NotFound, kind="command", id="moderation.add_words")
