"""What nobody writes by hand is as `make words` writes it, and no text stands on both sides: each with a violation in a copy."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest

from kaibo.analysis.counters import COUNTERS, Counter
from kaibo.analysis.definitions import DEFINITIONS, Definition
from kaibo.core.feature import tag_of
from kaibo.features import FEATURES
from tests.missing import fact_words, unheard
from tests.served import ROOT
from words import COPIED, OVERRIDES, Tree, Unreadable, flat, overrides, pages, simplifier, stale, wrong

HANT = "kaibo/locales/zh-Hant"
HANS = "kaibo/locales/zh-Hans"
ORDER = "web/src/features/order/locales"
SMALL_WEB = "web/src/features/readiness/words.json"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The words of the house, to be broken."""
    shutil.copytree(ROOT / "words", tmp_path / "words", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "kaibo/locales", tmp_path / "kaibo/locales")
    for folder in (ROOT / "web/src").rglob("locales"):
        shutil.copytree(folder, tmp_path / folder.relative_to(ROOT))
    for file in (*(ROOT / "web/src").rglob("words.json"), *(ROOT / "kaibo/features").glob("*/words.toml")):
        (tmp_path / file.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, tmp_path / file.relative_to(ROOT))
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file.name}: {old}"
    file.write_text(text.replace(old, new), "utf-8")


def rewrite(file: Path, change: Callable[[dict[str, object]], object]) -> None:
    tree = json.loads(file.read_text("utf-8"))
    change(tree)
    file.write_text(json.dumps(tree, indent=2, ensure_ascii=False), "utf-8")


def make_words(where: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(where), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "words"], cwd=where, env=environment, check=False, capture_output=True, text=True
    )


def test_what_nobody_writes_by_hand_is_as_it_is_written() -> None:
    assert stale() == []
    assert wrong() == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{HANS}/core.toml", "请先登录", "请登录"),
        (f"{HANS}/core.toml", "# Written", "# Typed"),
        (f"{ORDER}/zh-Hans.json", "订单", "單"),
        (f"{COPIED}/en.json", "GMV paid", "GMV"),
        (f"{COPIED}/zh-Hans.json", "售出件数", "售出"),
    ],
)
def test_a_hand_in_a_written_file_is_told_where_to_go(copy: Path, file: str, old: str, new: str) -> None:
    path = copy / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    told = f"{file} is written from zh-Hant: change it there or in {OVERRIDES}, then run `make words`"
    assert stale(copy) == [told]
    assert make_words(copy).stdout == f"kaibo: wrote {file}\n"
    assert stale(copy) == []


def test_a_written_file_that_is_gone_is_missed(copy: Path) -> None:
    shutil.rmtree(copy / COPIED)
    assert len(stale(copy)) == 3
    assert make_words(copy).returncode == 0
    assert stale(copy) == []


def test_what_is_said_anew_in_hant_is_said_in_hans(copy: Path) -> None:
    edit(copy / HANT / "core.toml", "請先登入", "請先登入帳號，再複製這則留言")
    assert [line.partition(" ")[0] for line in stale(copy)] == [f"{HANS}/core.toml"]
    assert make_words(copy).returncode == 0
    assert '"请先登录账号，再复制这条评论"' in (copy / HANS / "core.toml").read_text("utf-8")


SMALL = "kaibo/features/calendar/words.toml"


@pytest.mark.parametrize("left", ["", "[zh-Hans]\n\n", "[zh-Hans]\n"])
@pytest.mark.parametrize("file", [SMALL, "kaibo/features/roster/words.toml"])
def test_a_small_features_hans_is_written_also_where_nobody_made_room_for_it(copy: Path, file: str, left: str) -> None:
    written = (copy / file).read_text("utf-8")
    start = written.index("[zh-Hans]\n")
    stop = written.index("[en]\n")
    (copy / file).write_text(written[:start] + left + written[stop:], "utf-8")
    assert [line.partition(" ")[0] for line in stale(copy)] == [file]
    assert make_words(copy).returncode == 0
    assert (copy / file).read_text("utf-8") == written


def test_a_small_features_hans_is_written_also_below_the_last_line(copy: Path) -> None:
    (copy / SMALL).write_text('[en]\n"note.gone" = "Gone"\n\n[zh-Hant]\n"note.gone" = "換掉了"', "utf-8")
    assert make_words(copy).returncode == 0
    expected = '[en]\n"note.gone" = "Gone"\n\n[zh-Hant]\n"note.gone" = "換掉了"\n\n[zh-Hans]\n"note.gone" = "换掉了"\n'
    assert (copy / SMALL).read_text("utf-8") == expected


HERS = '[zh-Hant]\n"note.gone" = "換掉了"\n'


@pytest.mark.parametrize(
    ("told", "written"),
    [
        (
            HERS + '# of both\n\n[zh-Hans] # by hand\n"old" = "旧"\n# why\n\n[en]\n',
            HERS + '# of both\n\n[zh-Hans] # by hand\n"note.gone" = "换掉了"\n# why\n\n[en]\n',
        ),
        ('[zh-Hant]\n\n[zh-Hans]\n"old" = "旧"\n\n[en]\n', "[zh-Hant]\n\n[en]\n"),
        (
            '[zh-Hant]\n"long" = """兩行\n[不是表]\n"""\n\n[zh-Hans]\n"long" = """旧\n[en]\n"""\n\n[en]\n',
            '[zh-Hant]\n"long" = """兩行\n[不是表]\n"""\n\n[zh-Hans]\nlong = "两行\\n[不是表]\\n"\n\n[en]\n',
        ),
    ],
    ids=["a comment between languages stays", "of no texts nothing old stays", "a line in a text is no table"],
)
def test_of_a_small_features_words_only_hans_is_written(copy: Path, told: str, written: str) -> None:
    (copy / SMALL).write_text(told, "utf-8")
    assert make_words(copy).returncode == 0
    assert (copy / SMALL).read_text("utf-8") == written


# zh-Hans
@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("這則留言", "这条评论"),
        ("規則", "规则"),  # 則 counts comments only behind a number
        ("這個指標", "这个指标"),  # OpenCC alone says 指针
        ("收合標題列", "收起标题栏"),  # the longer word before 標題列
        ("{filename}：第 {row} 列", "{filename}：第 {row} 行"),
        ("列出 {count} 欄", "列出 {count} 列"),
        ("「{name}」", "“{name}”"),
        ("軟體與網路", "软件与网络"),
        ("@.capitalize:server.role.owner", "@.capitalize:server.role.owner"),
    ],
)
def test_hans_is_what_opencc_and_the_house_say(hant: str, hans: str) -> None:
    assert simplifier(overrides().words)(hant) == hans


def test_without_words_it_is_what_opencc_says() -> None:
    assert simplifier({})("指標") == "指针"


@pytest.mark.parametrize(
    ("table", "line", "told"),
    [
        ("words", '"牽牛花" = "牵牛花"', "the word 牽牛花 changes no text"),
        ("words", '"商品" = "商品"', "the word 商品 changes no text"),
        ("server", '"core.refused" = "不能这样做"', "server core.refused says nothing else than would be written"),
        ("server", '"core.gone" = "不在"', "server core.gone says nothing else than would be written"),
        ("web", '"shell.role.owner" = "负责人"', "web shell.role.owner says nothing else than would be written"),
    ],
)
def test_an_override_of_no_use_is_told(copy: Path, table: str, line: str, told: str) -> None:
    edit(copy / OVERRIDES, f"[{table}]\n", f"[{table}]\n{line}\n")
    assert wrong(copy) == [f"{OVERRIDES}: {told}"]
    answer = make_words(copy)
    assert answer.returncode == 1
    assert told in answer.stderr


# what cannot be read is told with its place
@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (f"{HANT}/core.toml", '"a.b" = "一"\n"a.b" = "二"\n', f"{HANT}/core.toml:2: "),
        (f"{HANT}/core.toml", '\ufeff"a.b" = "一"\n', f"{HANT}/core.toml:1: begins with a byte order mark"),
        (f"{HANT}/core.toml", '"a.b" = 5\n', f"{HANT}/core.toml: a.b: is no text"),
        (f"{HANT}/core.toml", '"a.b" = ["一"]\n', f"{HANT}/core.toml: a.b: is no text"),
        (f"{HANT}/core.toml", '"a.b" = "一\n', f"{HANT}/core.toml:1: "),
        (SMALL, '[[zh-Hant]]\n"a.b" = "一"\n', f"{SMALL}: zh-Hant: is no text"),
        (SMALL, '[zh-hant]\n"a.b" = "一"\n', f"{SMALL}: [zh-hant] is none of [zh-Hant], [zh-Hans], [en]"),
        (SMALL, 'en = "a"\n', f"{SMALL}: en: is a text and no table of them"),
        (SMALL, '[zh-Hant]\n\n"a.b" = "一" "二"\n', f"{SMALL}:3: "),
        (OVERRIDES, '[word]\n"一" = "二"\n', f"{OVERRIDES}: [word] is none of [words], [server], [web]"),
        (OVERRIDES, '[server]\ncore.refused = "二"\n', f"{OVERRIDES}: core: is no text; a key with dots stands in quotes"),
        (f"{ORDER}/zh-Hant.json", '{\n"a": "一",\n}', f"{ORDER}/zh-Hant.json:3: "),
        (f"{ORDER}/zh-Hant.json", '{"a": "一", "b": "", "a": "二"}', f"{ORDER}/zh-Hant.json: a stands twice"),
        (f"{ORDER}/zh-Hant.json", '{"a": {"b": null}}', f"{ORDER}/zh-Hant.json: a.b: is no text"),
        (f"{ORDER}/zh-Hant.json", "[]", f"{ORDER}/zh-Hant.json: is no table of texts"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(copy: Path, file: str, text: str, told: str) -> None:
    (copy / file).write_text(text, "utf-8")
    with pytest.raises(Unreadable) as found:
        pages(copy)
    assert str(found.value).startswith(told)
    assert "\n" not in str(found.value)


def test_a_file_that_is_no_utf_8_is_told_in_one_line(copy: Path) -> None:
    (copy / SMALL).write_bytes('[en]\n"a" = "é"\n'.encode("latin-1"))
    answer = make_words(copy)
    assert (answer.returncode, answer.stderr.partition(": ")[0], answer.stderr.count("\n")) == (1, SMALL, 1)


def test_two_folders_of_the_web_of_one_name_are_told(copy: Path) -> None:
    files = [copy / f"web/src/{side}/remark/words.json" for side in ("shell", "features")]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('{"zh-Hant": {"kept": "留下"}, "zh-Hans": {"kept": "留下"}, "en": {"kept": "Kept"}}', "utf-8")
    told = "web/src/features/remark/words.json and web/src/shell/remark/words.json are both remark to the web"
    assert [line.partition(":")[0] for line in wrong(copy)] == [told]


# a text stands once
def test_a_text_that_stands_on_both_sides_is_told_with_its_link(copy: Path) -> None:
    for language, said in (("zh-Hant", {"a": "售出件數", "b": "負責人"}), ("en", {"a": "Units sold", "b": "Owner"})):
        rewrite(copy / ORDER / f"{language}.json", lambda tree, said=said: tree.update(said))
    lines = (copy / ORDER / "zh-Hant.json").read_text("utf-8").splitlines()
    a, b = (
        f"{ORDER}/zh-Hant.json:{next(at for at, line in enumerate(lines, 1) if text in line)}" for text in ("售出件數", "負責人")
    )
    assert wrong(copy) == [
        f'{a}: order.a of the web is a text of the server: say "@:server.report.units_paid", in English too',
        f'{b}: order.b of the web is a text of the server: say "@.capitalize:server.role.owner", in English too',
    ]


def test_one_chinese_word_for_two_english_ones_is_two_texts(copy: Path) -> None:
    for language, said in (("zh-Hant", "售出件數"), ("en", "Sold")):
        rewrite(copy / ORDER / f"{language}.json", lambda tree, said=said: tree.update(a=said))
    assert wrong(copy) == []


def test_a_link_that_leads_nowhere_is_told(copy: Path) -> None:
    """In whichever language, of a feature with a file for each of them and of one with one for all."""
    for language in ("zh-Hant", "en"):
        rewrite(copy / ORDER / f"{language}.json", lambda tree: tree.update(a="@:server.report.nothing_such"))
    edit(copy / SMALL_WEB, '"Nothing is missing"', '"@:server.readiness.nothing_such"')
    said = "which the server does not say"
    lines = {
        name: (copy / name).read_text("utf-8").splitlines() for name in (f"{ORDER}/zh-Hant.json", f"{ORDER}/en.json", SMALL_WEB)
    }
    place = {name: next(at for at, line in enumerate(text, 1) if "nothing_such" in line) for name, text in lines.items()}
    assert wrong(copy) == [
        f"{ORDER}/zh-Hant.json:{place[f'{ORDER}/zh-Hant.json']}: order.a of the web links to report.nothing_such, {said}",
        f"{ORDER}/en.json:{place[f'{ORDER}/en.json']}: order.a of the web links to report.nothing_such, {said}",
        f"{SMALL_WEB}:{place[SMALL_WEB]}: readiness.all of the web links to readiness.nothing_such, {said}",
    ]


def unlike(figures: Iterable[Definition | Counter]) -> list[str]:
    """Figures whose title in zh-Hans is not what is made of the one in zh-Hant: they are data, and written beside it."""
    simplified = simplifier(overrides().words)
    return [f"{each.name}: {simplified(each.titles[0])}" for each in figures if each.titles[1] != simplified(each.titles[0])]


def test_titles_of_figures_are_said_as_everything_else_is() -> None:
    assert unlike((*DEFINITIONS, *COUNTERS)) == []


def test_a_title_that_is_said_otherwise_is_told() -> None:
    comments = next(each for each in COUNTERS if each.name == "comments")
    assert unlike([msgspec.structs.replace(comments, titles=("留言", "留言", "comments"))]) == ["comments: 评论"]


def test_only_what_is_linked_is_copied() -> None:
    copied: Tree = json.loads((ROOT / COPIED / "zh-Hant.json").read_text("utf-8"))
    linked = {
        text.partition("server.")[2]
        for path, page in pages().items()
        if path.suffix == ".json"
        for _, text in flat(json.loads(page))
    }
    assert {key for key, _ in flat(copied)} == linked - {""}


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_every_fact_has_a_word_in_the_log(language: str) -> None:
    """Who lacks one is told in tests/missing.py; here, that no word is for a fact that is none, and none stands twice."""
    shell, own = fact_words(language)
    lacking = unheard(language)
    assert not lacking, "\n".join(lacking)
    assert shell | own == {tag_of(fact) for feature in FEATURES for fact in feature.facts}
    assert not shell & own
