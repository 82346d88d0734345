"""Makes the exported logs of a release: `python -m tests.logs.make 0.1.0`.

A log that was made is never made again: it stands for the logs that teams have. Run this once for each release, with a
new name; `tests/logs/test_logs.py` then holds every later version to what each of them showed.
"""

import sys
from pathlib import Path
from typing import Any

import msgspec

from kaibo.core.codec import Codec
from kaibo.core.event import Actor, Command, Event
from kaibo.core.feature import Context
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.features.moderation.commands import AddWords, AllowPhrases, DisallowPhrases, NewWord, RemoveWords
from kaibo.features.show.commands import ListShow
from kaibo.features.workspace.commands import (
    AddPerson,
    ChangeRoles,
    IssueToken,
    MarkStaff,
    OpenWorkspace,
    RemovePerson,
    RevokeToken,
)
from tests.world import CODEC, START, played

HERE = Path(__file__).parent
OWNER = Actor(id="owner", role="owner")
SEED, STEPS = 14, 260

WORKSPACE: tuple[Command, ...] = (
    OpenWorkspace(name="示範工作室"),
    AddPerson(person_id="owner", name="負責人", roles=("owner",)),
    AddPerson(person_id="lin", name="小林", roles=("director", "planner")),
    AddPerson(person_id="gone", name="阿走", roles=("host",)),
    ChangeRoles(person_id="lin", roles=("director",)),
    RemovePerson(person_id="gone"),
    IssueToken(token_id="t1", label="外掛", roles=("source",)),
    IssueToken(token_id="t2", label="舊的", roles=("source",)),
    RevokeToken(token_id="t2"),
    ListShow(show_id="law", title="法則場", starts_at=START, ends_at=START + 1, timezone="Asia/Taipei", state="planned"),
    ListShow(show_id="law", title="法則場", starts_at=START, ends_at=START + 1, timezone="Asia/Taipei", state="ended"),
    MarkStaff(source="sim", viewer="u1", name="小編"),
    MarkStaff(source="sim", viewer="u2", name="路人"),
    MarkStaff(source="sim", viewer="u2", staff=False),
    AddWords(action_id="g1", rules=(NewWord(rule_id="w1", text="加賴"), NewWord(rule_id="w2", text="詐騙", does="mark"))),
    RemoveWords(action_id="g2", rule_ids=("w2",)),
    AllowPhrases(action_id="g3", phrases=("媽媽的", "依賴")),
    DisallowPhrases(action_id="g4", phrases=("依賴",)),
)


def workspace() -> list[Event[Any]]:
    """A workspace through all its facts."""
    fold = StreamFold("workspace/main", FEATURES)
    events: list[Event[Any]] = []
    for place, command in enumerate(WORKSPACE):
        at = START + place * 1000
        events += fold.decide(command, Context(stream=fold.stream, seq=fold.seq, at=at, actor=OWNER, roles=frozenset({"owner"})))
    return events


def views(lines: list[bytes], codec: Codec = CODEC) -> list[bytes]:
    """Every row of every view that a log folds to, as `kaibo views` prints them."""
    events = [codec.from_json(line) for line in lines]
    fold = StreamFold(events[0].stream, FEATURES)
    for event in events:
        fold.apply(event)
        fold.project(event)
    rows = [(name, key, row) for name in sorted(fold.views()) for key, row in sorted(fold.rows(name).items())]
    return [msgspec.json.encode({"view": name, "key": key, "row": row}, order="deterministic") for name, key, row in rows]


def main(release: str) -> None:
    """Write the logs and what they show; refuses to touch what is there."""
    for name, events in ((release, played(SEED, STEPS).events), (f"{release}-workspace", workspace())):
        lines = [CODEC.to_json(event) for event in events]
        for suffix, content in (("log", lines), ("views", views(lines))):
            with (HERE / f"{name}.{suffix}.jsonl").open("xb") as file:
                file.write(b"\n".join(content) + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
