"""What may be said of a rate after against a rate before, and from how much on."""

from typing import Literal

Verdict = Literal["up", "down", "no_clear_effect", "too_little"]
Z95 = 1.959964
EVENTS_LEAST = 8  # in both windows together: below that any interval is so wide that it says nothing
