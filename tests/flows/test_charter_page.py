"""A member's page over HTTP: one's own, another's, of a draft, on paper; the charter as a sheet, out and in."""

import io
from typing import Any

import httpx
import pypdf
import pytest

from tests.served import do, row, served


def page(client: httpx.Client, person: str, **query: str) -> dict[str, Any]:
    answer = client.get(f"/api/charter/people/{person}/page", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def code(client: httpx.Client, person: str, **query: str) -> tuple[int, str]:
    answer = client.get(f"/api/charter/people/{person}/page", params=query)
    return answer.status_code, answer.json()["code"]


def test_a_page_is_of_what_is_published_and_who_drafts_sees_the_draft():
    with served() as house:
        owner = house.owner()
        do(owner, "workspace", "main", "workspace.change_roles", person_id="owner", roles=["owner", "director"])
        member = house.person(owner, "ai", "小艾", "assistant")
        house.person(owner, "zhe", "阿哲", "operations")
        assert page(member, "ai")["version"] == 0
        assert code(owner, "ai", draft="true") == (409, "charter.no_draft")
        do(owner, "workspace", "main", "charter.draft", preset="seven")
        assert page(member, "ai")["version"] == 0
        assert code(member, "ai", draft="true") == (403, "core.not_allowed")
        drafted = page(owner, "ai", draft="true", lang="en")
        assert (drafted["version"], drafted["draft"], drafted["since"]) == (1, True, "")
        seen = row(owner, "workspace/main", "charter.head", "charter")["changed_seq"]
        do(owner, "workspace", "main", "charter.publish", version=1, seen=seen)
        do(member, "workspace", "main", "charter.sign", version=1)
        mine = page(member, "ai", lang="zh-TW", zone="Asia/Taipei")
        assert (mine["version"], mine["signed"], mine["draft"]) == (1, True, False)
        assert mine["never"][0] == {"duty_id": "propose.promos", "title": "提促銷與應對", "goes_to": "運營 阿哲"}
        assert mine["since"] < mine["review_by"]
        assert page(owner, "ai", lang="zh-TW") == page(member, "ai", lang="zh-TW")
        assert code(owner, "nobody") == (404, "core.not_found")
        assert code(owner, "ai", zone="../etc") == (422, "core.invalid")


@pytest.mark.parametrize(("language", "said"), [("zh-Hant", "我不能做的"), ("zh-Hans", "我不能做的"), ("en", "WhatImustnotdo")])
def test_the_same_page_on_paper(language: str, said: str):
    with served() as house:
        owner = house.owner()
        answer = owner.get("/api/charter/people/owner/page.pdf", params={"lang": language})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        paper = pypdf.PdfReader(io.BytesIO(answer.content))
        assert said in "".join("".join(sheet.extract_text().split()) for sheet in paper.pages)
        assert httpx.get(f"{house.base}/api/charter/people/owner/page.pdf").status_code == 401


def test_a_charter_goes_out_as_a_sheet_and_comes_back_as_changes():
    with served() as house:
        owner = house.owner()
        member = house.person(owner, "ai", "小艾", "assistant")
        empty = ("x.csv", "職責,導播,場控\n貼公告,當責,負責\n收喊單與候補,X,諮詢\n".encode())
        assert owner.post("/api/charter/import", files={"file": empty}).json()["code"] == "charter.no_draft"
        do(owner, "workspace", "main", "charter.draft", preset="seven")
        assert member.post("/api/charter/import", files={"file": empty}).status_code == 403
        answer = owner.post("/api/charter/import", files={"file": empty}, headers={"accept-language": "zh-TW"}).json()
        told = {note["cell"]: note["code"] for row in answer["report"]["rows"] for note in row["notes"]}
        assert told == {"C1": "charter.sheet.role_new", "B3": "charter.sheet.mark_unread"}
        for edit in answer["roles"]:
            do(owner, "workspace", "main", "charter.write_role", **edit)
        for edit in answer["duties"]:
            do(owner, "workspace", "main", "charter.write_duty", **edit)
        do(owner, "workspace", "main", "charter.change_cells", changes=answer["cells"])
        again = owner.post("/api/charter/import", files={"file": empty}).json()
        assert (again["roles"], again["duties"], again["cells"]) == ([], [], [])
        drafted, published = (each.get("/api/charter.xlsx", params={"lang": "en"}) for each in (owner, member))
        assert drafted.headers["content-type"].endswith("spreadsheetml.sheet")
        assert owner.post("/api/charter/import", files={"file": ("c.xlsx", drafted.content)}).json()["duties"] == []
        assert published.content != drafted.content
        picture = ("x.png", b"\x89PNG\r\n\x1a\n\0\0")
        assert owner.post("/api/charter/import", files={"file": picture}).json()["code"] == "sheet.not_a_sheet"
