"""The way in, for `kaibo` and `python -m kaibo`."""

import gc
import os


def main() -> None:
    """Load the house and do what was asked. Nothing of what is loaded is garbage, so it is not looked for meanwhile."""
    gc.disable()
    os.environ.setdefault(
        "PYPINYIN_NO_PHRASES", "1"
    )  # characters are asked for their sound, and never its table of phrases: a quarter of a second
    from kaibo.cli import main as command  # noqa: PLC0415  this is the loading

    gc.freeze()
    gc.enable()
    command()


if __name__ == "__main__":
    main()
