"""The five jobs a product may have in a show, and what teams call them: for every sheet that is read, and for what is typed or pasted."""

from collections.abc import Mapping

from kaibo.core.headers import squash

# The first word of each is the one that sheets of ours write.
ITEM_TYPES: Mapping[str, tuple[str, ...]] = {
    "traffic": ("引流", "引流款", "引流品", "鉤子", "鉤子款", "traffic", "hook"),
    "welfare": ("福利", "福利款", "福利品", "寵粉", "寵粉款", "welfare", "giveaway"),
    "hero": ("主推", "主推款", "爆款", "主打", "主打款", "hero", "main"),
    "profit": ("利潤", "利潤款", "利潤品", "profit"),
    "image": ("形象", "形象款", "高客單", "image", "brand"),
}
_ITEMS = {squash(word): name for name, words in ITEM_TYPES.items() for word in words}


def item_type_of(text: str) -> str | None:
    """`引流款` -> traffic; None for another word."""
    return _ITEMS.get(squash(text))


def item_words() -> dict[str, str]:
    """Every word as teams write it, and in the one script and case that words are compared in."""
    return {word: name for name, words in ITEM_TYPES.items() for word in words} | _ITEMS
