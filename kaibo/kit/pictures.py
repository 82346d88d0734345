"""Emoji on paper: the letters that travel with the paper have none, so each is named by one mark instead of an empty box.

The package of an emoji font would bring megabytes for a decoration; the workbook and the screen show every one as it was typed.
"""

import re

# One picture: a flag of two letters, a keycap, or signs joined into one. Signs of before emoji that the letters do have (stars, hearts
# of cards, arrows of print) stay as they are.
_SIGN = (
    "[\U0001f000-\U0001f0ff\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a"
    "\U0001f300-\U0001faff\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u25fb-\u25fe\u2604\u2611\u2614\u2615\u2618"
    "\u2620\u2622\u2623\u2626\u262a\u262e\u2638-\u263a\u2648-\u2653\u265f\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a1"
    "\u26a7\u26aa\u26ab\u26b0\u26b1\u26c4-\u26fd\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734"
    "\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27b0\u27bf\u2934\u2935\u2b1b\u2b1c\u2b50\u2b55]"
)
_WORN = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
PICTURES = re.compile(
    f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_SIGN}{_WORN}(?:\u200d(?:{_SIGN}|[\u2640\u2642]){_WORN})*)+"
)
_LEFT = re.compile("[\ufe0e\ufe0f\u200d\u20e3\U0001f1e6-\U0001f1ff]")


def without_pictures(text: str, mark: str) -> str:
    """Each run of emoji as one `mark`; what merely asked to be shown as one keeps its plain sign."""
    return _LEFT.sub("", PICTURES.sub(mark, text))
