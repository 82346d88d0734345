"""A member's page: the same content on the screen and on paper, in three languages, of one sheet."""

import io

import pypdf
import pytest
from msgspec.structs import replace

from kaibo.features.charter.facts import CharterDuty
from kaibo.features.charter.page import Page, PageDuty, Reader, page_of
from kaibo.features.charter.paper import write_page
from kaibo.features.charter.shipped import charter_of, fixed, seven
from kaibo.kit.words import LANGUAGES, words

PEOPLE = {"owner": ("林姐",), "director": ("小林",), "assistant": ("小艾", "小安"), "operations": ("阿哲",), "care": ("佩佩",)}
AI = Reader(
    person_id="ai", name="小艾", roles=("assistant",), workspace="開播工作室", people=PEOPLE, version=4, since="2026-11-28"
)


def dense(paper: bytes) -> str:
    return "".join("".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(paper)).pages)


def sheets(paper: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(paper)).pages)


def test_a_page_says_what_i_do_what_i_must_not_and_to_whom_it_goes():
    page = page_of(seven(), AI, words("zh-Hant"))
    assert page.first == PageDuty(
        duty_id="hand.questions", title="挑提問給主播", proof="同題合併，一次只給一題", due="30 秒內", skill="商品重點"
    )
    assert [(each.title, each.goes_to) for each in page.never] == [("提促銷與應對", "運營 阿哲"), ("看數據、提調整", "運營 阿哲")]
    assert ("導播 小林", "挑提問給主播") in [(each.who, each.titles[0]) for each in page.tell]
    assert page.stand_ins == ("客服 佩佩",)
    assert page.emergency == ("管理留言與觀眾",)


def test_who_does_and_answers_tells_nobody_of_it():
    charter = replace(
        seven(), duties=(CharterDuty(duty_id="own.a", title="收工", phases=("after",), cells={"assistant": "RA", "host": "I"}),)
    )
    page = page_of(charter, AI, words("zh-Hant"))
    assert (page.tell, page.answers, [each.title for each in page.does]) == ((), ("收工",), ["收工"])


def test_a_duty_that_nobody_does_goes_nowhere():
    charter = replace(seven(), duties=(CharterDuty(duty_id="own.a", title="收工", phases=("after",), cells={"assistant": "X"}),))
    assert page_of(charter, AI, words("zh-Hant")).never[0].goes_to == ""
    paper = write_page(page_of(charter, AI, words("en")), words("en"), "en")
    assert "nobodydoesitnow" in dense(paper)


@pytest.mark.parametrize(
    ("within_s", "ahead_s", "said"), [(60, 0, "60 秒內"), (0, 86_400, "開播前 1 天"), (0, 5400, "開播前 90 分鐘"), (0, 0, "")]
)
def test_by_when(within_s: int, ahead_s: int, said: str):
    duty = CharterDuty(
        duty_id="own.a", title="a", phases=("before",), within_s=within_s, ahead_s=ahead_s, cells={"assistant": "R"}
    )
    assert page_of(replace(seven(), duties=(duty,)), AI, words("zh-Hant")).does[0].due == said


def told(page: Page) -> list[str]:
    """Every text of a page."""
    texts = [page.name, *page.roles, *page.asked, *page.answers, *page.emergency, *page.stand_ins]
    for each in page.does:
        texts += [each.title, each.proof, each.due, each.skill]
    for each in page.never:
        texts += [each.title, each.goes_to]
    for each in page.tell:
        texts += [each.who, *each.titles]
    return texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", ["seven", "four"])
def test_all_of_it_stands_on_one_sheet_for_every_role(language: str, preset: str):
    charter = charter_of(preset, None)  # pyright: ignore[reportArgumentType]
    for role in charter.roles:
        page = page_of(charter, replace(AI, roles=(role.role_id,)), words(language))
        paper = write_page(page, words(language), language)
        text = dense(paper)
        assert sheets(paper) == 1
        assert [each for each in told(page) if "".join(each.split()) not in text] == []


def test_more_than_a_sheet_is_two_and_nothing_is_lost():
    page = page_of(
        fixed(), replace(AI, roles=("owner", "director", "planner", "operations"), version=0, since=""), words("zh-Hant")
    )
    twice = replace(page, does=(*page.does, *page.does))
    paper = write_page(twice, words("zh-Hant"), "zh-Hant")
    assert sheets(paper) == 2
    assert "下次檢視" in dense(paper)


def test_what_a_person_wrote_is_no_markup_and_the_bytes_are_the_same():
    page = page_of(seven(), replace(AI, name="#[x] *b* 🎉", workspace="$a$ @b"), words("en"))
    paper = write_page(page, words("en"), "en")
    assert "#[x]*b*[emoji]" in dense(paper)
    assert "$a$@b" in dense(paper)
    assert paper == write_page(page, words("en"), "en")
