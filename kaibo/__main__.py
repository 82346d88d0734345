"""The way in, for `kaibo` and `python -m kaibo`."""

import gc


def main() -> None:
    """Load the house and do what was asked. Nothing of what is loaded is garbage, so it is not looked for meanwhile."""
    gc.disable()
    from kaibo.cli import main as command  # noqa: PLC0415  this is the loading

    gc.freeze()
    gc.enable()
    command()


if __name__ == "__main__":
    main()
