"""Words of the server and what they are said with: each refusal has words, in every language, with the data that it declares, once."""

import re
import shutil
from pathlib import Path

import pytest

from kaibo.core.errors import Refusal
from kaibo.kit.words import LANGUAGES, words
from tests.missing import holes, unfilled, unsaid
from tests.served import ROOT
from tests.test_guards import known
from words import FEATURES, SERVER, flat, server_files
from words.places import server_place


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The words of the server, to be broken."""
    shutil.copytree(ROOT / SERVER, tmp_path / SERVER)
    for file in (ROOT / FEATURES).glob("*/words.toml"):
        (tmp_path / file.relative_to(ROOT)).parent.mkdir(parents=True)
        shutil.copy(file, tmp_path / file.relative_to(ROOT))
    return tmp_path


def refusals() -> set[type[Refusal]]:
    return known(Refusal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: str) -> None:
    lacking = unsaid(language)
    assert not lacking, "\n".join(lacking)
    assert all(text.strip() for text in words(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_refusal_use_only_data_that_it_declares(language: str) -> None:
    wrong = unfilled(refusals(), [language])
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("code", "hole", "said"),
    [
        ("promo.unknown", "promo", r"^kaibo/locales/{}/promo.toml:(\d+): promo.unknown says {{promo}}, which PromoUnknown does not declare: it has {{promo_id}}$"),
        ("task.full", "max", r"^kaibo/features/task/words.toml:(\d+): task.full says {{max}}, which TaskFull does not declare: it has {{most}}$"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_data_that_a_refusal_does_not_declare_is_told_with_file_and_line(
    monkeypatch: pytest.MonkeyPatch, language: str, code: str, hole: str, said: str
) -> None:
    text = words(language)[code]
    monkeypatch.setattr("tests.missing.words", lambda spoken: {**words(spoken), code: f"{text} {{{hole}}}"})
    (told,) = unfilled(refusals(), [language])
    assert unfilled(languages=[language]) == [told], "whoever asks what is missing is told too"
    found = re.search(said.format(language), told)
    assert found, told
    line = (ROOT / told.partition(":")[0]).read_text("utf-8").splitlines()[int(found[1]) - 1]
    assert code in line
    assert text in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_say_the_same_things_with_the_same_data(language: str) -> None:
    source = words("zh-Hant")
    said = words(language)
    assert set(said) == set(source)
    uneven = [code for code in source if holes(source[code]) != holes(said[code])]
    assert not uneven, "\n".join(
        f"{server_place(code, language)}: {code} is filled with other data than in zh-Hant" for code in uneven
    )


def in_two_files(root: Path, language: str) -> list[str]:
    """Words of the server that stand in more than one file: the house's, or a feature's own."""
    files: dict[str, list[str]] = {}
    for path, tree in server_files(root, language):
        for key, _ in flat(tree):
            files.setdefault(key, []).append(path.relative_to(root).as_posix())
    return [f"{key}: {' and '.join(names)}" for key, names in files.items() if len(names) > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_in_no_two_files(copy: Path, language: str) -> None:
    assert in_two_files(ROOT, language) == []
    tables = (f"kaibo/locales/{language}/core.toml", f"kaibo/locales/{language}/promo.toml", "kaibo/features/task/words.toml")
    for file in tables:
        text = (copy / file).read_text("utf-8")
        head = f"[{language}]\n" if f"[{language}]\n" in text else ""
        said = head + '"toy.said" = "…"\n'
        (copy / file).write_text(text.replace(head, said, 1) if head else said + text, "utf-8")
    assert in_two_files(copy, language) == [f"toy.said: {' and '.join(tables)}"]
