"""How the model learns: multinomial logistic regression over labelled comments, the same weights from the same comments."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from kaibo.features.audience.facts import tidy
from kaibo.features.comment.model import BIAS, ROWS, RULES, Model, grams_of, pack_weights
from kaibo.features.comment.triage import CLASSES, class_of

LESSONS = Path(__file__).parent / "lessons" / "lessons.txt"
SHIPPED = Path(__file__).parent / "lessons" / "model.txt"
VERSION = "1"  # of the shipped model; a new one for new lessons
EPOCHS = 30
BATCH = 64
RATE = 0.5
DECAY = 1e-5  # pulls weights that nothing needs towards nothing
SCALE_MAX = 127
SEEN_MIN = 2  # an n-gram met once teaches chance, and leaves no room for those never met
PER_TEMPLATE = 4
SLOT = re.compile(r"\{(\w+)\}")


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A comment and what it is; `weight` says how many comments it counts for."""

    kind: str
    text: str
    weight: float = 1.0


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """Of one class: how many there were, how many were told so, and how many of those rightly."""

    labelled: int
    told: int
    right: int

    @property
    def precision(self) -> float:
        """Right of those told so; 1.0 when none was."""
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        """Right of those there were; 1.0 when there were none."""
        return self.right / self.labelled if self.labelled else 1.0


def read_lessons(path: Path = LESSONS) -> list[Label]:
    """The comments the shipped model learns from. `#kind` opens a class, `@name` lists what `{name}` stands for."""
    slots: dict[str, list[str]] = {}
    kind, found = "", dict[tuple[str, str], None]()
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        if line.startswith("#") and line[1:] in CLASSES:
            kind = line[1:]
        elif line.startswith("@"):
            name, *words = line[1:].split()
            slots[name] = words
        elif line:
            found.update(dict.fromkeys((kind, text) for text in _filled(line, slots, number)))
    return [Label(kind=kind, text=text) for kind, text in found]


def _filled(line: str, slots: Mapping[str, Sequence[str]], number: int) -> Iterator[str]:
    """A few of the ways to fill a line's slots, others for every line."""
    names = SLOT.findall(line)
    for turn in range(PER_TEMPLATE if names else 1):
        places = (number * 7 + turn * 5 + place * 3 for place in range(len(names)))
        words = iter([slots[name][place % len(slots[name])] for name, place in zip(names, places, strict=True)])
        yield SLOT.sub(lambda _, words=words: next(words), line)


def train(labels: Sequence[Label], version: str) -> Model:
    """Learn from labelled comments. The same labels in the same order give the same weights."""
    tidied = tidy([label.text for label in labels])
    ruled = np.array([class_of(text) for text in tidied], np.intp)
    wanted = np.zeros((len(labels), len(CLASSES)))
    wanted[np.arange(len(labels)), [CLASSES.index(label.kind) for label in labels]] = 1.0
    weight = np.array([label.weight for label in labels])
    return Model(version, pack_weights(_quantised(_descend(_rows_of(tidied, ruled), wanted, weight))))


Rows = tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.intp]]


def _rows_of(tidied: Sequence[str], ruled: NDArray[np.intp]) -> Rows:
    """All features of all texts in one line: row of weights, value, and where each text starts (with one end more)."""
    grams = grams_of(tidied)
    text_at = np.searchsorted(grams.starts_at, np.concatenate(grams.places), "right") - 1
    rows = np.concatenate([bucket.astype(np.intp) for bucket in grams.buckets])
    values = 1.0 / np.sqrt(np.maximum(grams.counts, 1))[text_at]
    numbers = np.arange(len(tidied))
    text_at = np.concatenate([text_at, numbers, numbers])
    rows = np.concatenate([rows, np.full(len(tidied), BIAS), RULES + ruled])
    values = np.concatenate([values, np.ones(2 * len(tidied))])
    order = np.argsort(text_at, kind="stable")
    rows, values, text_at = rows[order], values[order], text_at[order]
    kept = (np.bincount(rows, minlength=ROWS) >= SEEN_MIN)[rows] | (rows >= BIAS)
    rows, values, text_at = rows[kept], values[kept], text_at[kept]
    return rows, values, np.searchsorted(text_at, np.arange(len(tidied) + 1))


def _descend(features: Rows, wanted: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adagrad over small batches, in an order that comes from the numbers alone."""
    rows, values, starts = features
    weights, steps = np.zeros((ROWS, wanted.shape[1])), np.full((ROWS, wanted.shape[1]), 1e-3)
    for epoch in range(EPOCHS):
        for chosen in _batches(len(wanted), epoch):
            flat = np.concatenate([np.arange(starts[one], starts[one + 1], dtype=np.intp) for one in chosen])
            at = np.repeat(np.arange(len(chosen)), np.diff(starts)[chosen])
            scores = np.add.reduceat(weights[rows[flat]] * values[flat, None], np.flatnonzero(np.diff(at, prepend=-1)))
            scores = np.exp(scores - scores.max(axis=1, keepdims=True))
            error = (scores / scores.sum(axis=1, keepdims=True) - wanted[chosen]) * weight[chosen, None]
            touched, where = np.unique(rows[flat], return_inverse=True)
            slope = np.stack(
                [np.bincount(where, error[at, kind] * values[flat], len(touched)) for kind in range(wanted.shape[1])], axis=1
            )
            slope += DECAY * len(chosen) * weights[touched]
            steps[touched] += slope**2
            weights[touched] -= RATE * slope / np.sqrt(steps[touched])
    return weights


def _batches(count: int, epoch: int) -> Iterator[list[int]]:
    """All numbers below `count`, shuffled by a hash of the number and the epoch."""
    shuffled = iter(sorted(range(count), key=lambda one: hashlib.blake2b(f"{epoch}:{one}".encode(), digest_size=8).digest()))
    while batch := list(islice(shuffled, BATCH)):
        yield batch


def _quantised(weights: NDArray[np.float64]) -> NDArray[np.int8]:
    """Only the order of a text's scores matters, so one scale serves all rows; a row's common part says nothing."""
    level = weights - weights.mean(axis=1, keepdims=True)
    return np.rint(level * (SCALE_MAX / np.abs(level).max())).astype(np.int8)


def told(texts: Sequence[str], model: Model | None) -> list[str]:
    """What the rules, or the rules and a model, say of texts as they came."""
    tidied = tidy(texts)
    ruled = [class_of(text) for text in tidied]
    return [CLASSES[code] for code in (model.classes(tidied, ruled) if model else ruled)]


def scored(labels: Sequence[Label], model: Model | None) -> dict[str, Score]:
    """Precision and recall by class of the rules alone (no model) or of both together."""
    kinds = [label.kind for label in labels]
    pairs = list(zip(kinds, told([label.text for label in labels], model), strict=True))
    return {
        kind: Score(
            labelled=kinds.count(kind), told=sum(said == kind for _, said in pairs), right=sum(a == b == kind for a, b in pairs)
        )
        for kind in CLASSES
    }


def accuracy(scores: Mapping[str, Score]) -> float:
    """Right of all, over the classes; 1.0 of nothing."""
    labelled = sum(score.labelled for score in scores.values())
    return sum(score.right for score in scores.values()) / labelled if labelled else 1.0


def macro_f1(scores: Mapping[str, Score]) -> float:
    """The mean over classes of the harmonic mean of precision and recall."""
    marks = [
        2 * score.precision * score.recall / (score.precision + score.recall) if score.right else 0.0 for score in scores.values()
    ]
    return sum(marks) / len(marks)


def shipped() -> Model:
    """The model that comes with the house."""
    return read_model(SHIPPED)


def read_model(path: Path) -> Model:
    """A model from its file: the version on the first line, the weights on the second. They are opened when first used."""
    version, _, packed = path.read_text("ascii").partition("\n")
    return Model(version, packed.strip())


def write_model(path: Path, model: Model) -> None:
    """Write a model whole or not at all."""
    new = path.with_suffix(".new")
    new.write_text(f"{model.version}\n{model.packed}\n", "ascii")
    new.replace(path)


if __name__ == "__main__":  # python -m kaibo.features.comment.training: learn from the lessons again and ship what comes of it
    write_model(SHIPPED, train(read_lessons(), VERSION))
