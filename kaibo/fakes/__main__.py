"""The way in for `python -m kaibo.fakes`: serve one messenger or all of them, and say where."""

import asyncio
import signal
from typing import cast

import click

from kaibo.fakes.messenger import KINDS, Which, messenger_served


async def serve(which: Which, port: int) -> None:
    """Until somebody ends it."""
    ended = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, ended.set)
    async with messenger_served(which, port) as fake:
        click.echo(fake.url)
        await ended.wait()


@click.command()
@click.argument("which", type=click.Choice([*KINDS, "all"]))
@click.option("--port", default=0, show_default=True, help="0 is any that is free.")
def main(which: str, port: int) -> None:
    """Serve a fake messenger on this machine; its address is the one line that is printed."""
    asyncio.run(serve(cast("Which", which), port))


if __name__ == "__main__":
    main()
