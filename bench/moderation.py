"""Comments looked through on one core, beside the same words as one expression of Python's own `re`, which finds only what is written plainly."""

import re
import time
from typing import Any

from kaibo.features.audience.facts import tidy
from kaibo.features.comment.training import read_lessons
from kaibo.features.moderation import spelling
from kaibo.features.moderation.facts import WordRule
from kaibo.features.moderation.usual import USUAL
from kaibo.features.moderation.words import Rulebook

BATCH = 500
TURNS = 9
RUNS = 3
LONG_LIST = 2_000


def look() -> dict[str, Any]:
    """Comments a second: no text twice (`fresh`), with the usual words and with a list of two thousand more."""
    lessons = read_lessons()
    texts = tidy([f"{label.text}{turn or ''}" for turn in range(TURNS) for label in lessons])
    more = [WordRule(rule_id=f"w{place}", text=f"違禁{place:04}品", match="sound") for place in range(LONG_LIST - len(USUAL))]
    found: dict[str, Any] = {"comments": len(texts), "words": len(USUAL)}
    found["fresh_per_s"], found["caught"] = _best(Rulebook(USUAL, ()), texts)
    found[f"fresh_per_s_of_{LONG_LIST}_words"], _ = _best(Rulebook([*USUAL, *more], ()), texts)
    found["peer_re_per_s"], found["peer_caught"] = _peer(texts)
    found["ratio_to_re"] = round(found["fresh_per_s"] / found["peer_re_per_s"], 2)
    return found


def _best(book: Rulebook, texts: list[str]) -> tuple[int, int]:
    best, caught = 0.0, 0
    for _ in range(RUNS):
        spelling.squeezed.cache_clear()
        began = time.perf_counter()
        caught = sum(len(book.screen(texts[start : start + BATCH])) for start in range(0, len(texts), BATCH))
        best = max(best, len(texts) / (time.perf_counter() - began))
    return int(best), caught


def _peer(texts: list[str]) -> tuple[int, int]:
    words = [re.escape(tidy((rule.text,))[0]) if rule.kind == "word" else rule.text for rule in USUAL]
    expression = re.compile("|".join(f"(?:{word})" for word in words))
    best, caught = 0.0, 0
    for _ in range(RUNS):
        began = time.perf_counter()
        caught = sum(expression.search(text) is not None for text in texts)
        best = max(best, len(texts) / (time.perf_counter() - began))
    return int(best), caught
