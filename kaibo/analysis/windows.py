"""How far the windows around a move reach: five minutes each way, never before going on air or past the end."""

WINDOW_MS = 300_000  # shorter is noise, longer is another cue


def around(
    at: int, aired_at: int | None, ended_at: int | None, over_at: int | None = None, *, alike: bool = True
) -> tuple[int, int]:
    """Lengths (ms) before and after `at`. What was over sooner (`over_at`) is looked at while it lasted; `alike`: as long before."""
    ends = [end - at for end in (ended_at, over_at) if end is not None]
    after = max(0, min([WINDOW_MS, *ends]))
    begins = [] if aired_at is None else [at - aired_at]
    lasted = [over_at - at] if alike and over_at is not None else []
    return max(0, min([WINDOW_MS, *begins, *lasted])), after
