"""Comments told apart on one core, all stages, beside the usual Python way of doing it in the same process."""

import time
from typing import Any

from kaibo.features.audience.columns import pack, unpack
from kaibo.features.audience.commands import AudienceItem
from kaibo.features.comment import triage
from kaibo.features.comment.reading import triaged
from kaibo.features.comment.sameness import topic_of
from kaibo.features.comment.shop_sheet import ShopSheet
from kaibo.features.comment.training import Label, read_lessons, shipped
from kaibo.features.product.facts import ProductSheet

BATCH = 500
BATCHES = 80
RUNS = 3
SHOP = ("山茶護手霜 30ml", "青柚洗髮露 500ml", "燕麥身體乳 250ml", "玫瑰鹽牙膏 100g", "晨光禮盒")


def classify() -> dict[str, Any]:
    """Comments a second. `fresh`: no text comes twice, so that nothing is remembered; `room`: half are repeats, as in a room."""
    lessons = read_lessons()
    texts = [f"{label.text}{turn // len(lessons) or ''}" for turn, label in enumerate(lessons * 9)][: BATCH * BATCHES]
    room = [texts[place // 2 % 4000] if place % 2 else text for place, text in enumerate(texts)]
    found: dict[str, Any] = {"comments": len(texts)}
    for name, said in (("fresh", texts), ("room", room)):
        found[f"{name}_per_s"] = max(_all_stages(said) for _ in range(RUNS))
    found.update(_peer(lessons, texts))
    if "peer_sklearn_per_s" in found:
        found["classify_against_sklearn"] = round(found["kaibo_classify_per_s"] / found["peer_sklearn_per_s"], 2)
    return found


def _batches(texts: list[str]) -> list[bytes]:
    packed: list[bytes] = []
    for start in range(0, len(texts), BATCH):
        items = [
            AudienceItem(kind="comment", at=1_760_000_000_000 + place, viewer=f"v{place % 97}", name="小鹿", text=text)
            for place, text in enumerate(texts[start : start + BATCH])
        ]
        packed.append(pack(items, {}, 0))
    return packed


def _forget() -> None:
    for kept in (triage.class_of, triage.words_of, unpack, triaged):
        kept.cache_clear()


def _all_stages(texts: list[str]) -> int:
    """Unpack, normalise, classify, find the product, merge equal questions."""
    batches, model = _batches(texts), shipped()
    sheets = {f"P{place}": ProductSheet(product_id=f"P{place}", name=name) for place, name in enumerate(SHOP)}
    shop = ShopSheet(sheets=sheets, on_air="P1")
    topics: dict[str, int] = {}
    _ = model.weights
    _forget()
    began = time.perf_counter()
    for columns in batches:
        read = triaged(columns, model)
        for code, text in zip(read.classes, read.tidied, strict=True):
            shop.about(text)
            if code == triage.QUESTION:
                key = topic_of(text)
                topics[key] = topics.get(key, 0) + 1
    return int(len(texts) / (time.perf_counter() - began))


def _peer(lessons: list[Label], texts: list[str]) -> dict[str, Any]:
    """Tidied texts to classes alone, ours with the rules and theirs: HashingVectorizer of the same n-grams and a linear SGD."""
    tidied, model = triage.tidy(texts), shipped()
    _ = model.weights
    _forget()
    began = time.perf_counter()
    for start in range(0, len(tidied), BATCH):
        some = tidied[start : start + BATCH]
        model.classes(some, [triage.class_of(text) for text in some])
    found: dict[str, Any] = {"kaibo_classify_per_s": int(len(tidied) / (time.perf_counter() - began))}
    triage.class_of.cache_clear()
    began = time.perf_counter()
    for text in tidied:
        triage.class_of(text)
    found["peer_rules_alone_per_s"] = int(len(tidied) / (time.perf_counter() - began))
    try:
        from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415  a peer where it is installed
        from sklearn.linear_model import SGDClassifier  # noqa: PLC0415
    except ImportError:
        return found
    cut = HashingVectorizer(analyzer="char_wb", ngram_range=(1, 4), n_features=2**15)
    linear = SGDClassifier(loss="log_loss", random_state=1)
    linear.fit(cut.transform(triage.tidy([label.text for label in lessons])), [label.kind for label in lessons])
    began = time.perf_counter()
    for start in range(0, len(tidied), BATCH):
        linear.predict(cut.transform(tidied[start : start + BATCH]))
    found["peer_sklearn_per_s"] = int(len(tidied) / (time.perf_counter() - began))
    return found
