"""Emoji on paper are a mark, never an empty box."""

import pytest

from kaibo.kit.pictures import without_pictures


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("好美😍😍！", "好美▢！"),
        ("+1 👍🏽", "+1 ▢"),
        ("👩‍👩‍👧 全家", "▢ 全家"),
        ("🇹🇼 和 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "▢ 和 ▢"),
        ("選 1️⃣", "選 ▢"),
        ("❤️ 買", "▢ 買"),
        ("✨⭐✅", "▢"),
        ("★☆♥♡♪→ 照樣印", "★☆♥♡♪→ 照樣印"),
        ("™️ ©", "™ ©"),
        ("🤷‍♀️嗎", "▢嗎"),
        ("12 #1 A*", "12 #1 A*"),
    ],
)
def test_a_run_of_them_is_one_mark(typed: str, printed: str) -> None:
    assert without_pictures(typed, "▢") == printed


def test_every_sign_the_letters_lack_becomes_the_mark_and_what_they_have_is_printed() -> None:
    lacking, there = "😀😂🤣😍🥰😭🙏👍👏🔥💯🎉🎁💕💖❤🧡💛💚💙💜🖤✨⭐🌟✅❌❓❗⚡☕☺✌✋✊⛄✈✉✏✒✔✖", "☀☁☂☃☎☝♀♂♠♣♦♥♨♻⚠⚽⚾✂"
    assert [sign for sign in lacking if without_pictures(sign, "▢") != "▢"] == []
    assert without_pictures(there, "▢") == there
