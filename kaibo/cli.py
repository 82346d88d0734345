"""kaibo serve · demo · feed · export · replay · views · archive · snapshot · sql · train · openapi · seam"""

import asyncio
import dataclasses
import importlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kaibo import __version__
from kaibo.app import OPERATIONS, AlreadyRunning, build, now_ms, open_store, openapi, snapshots_in
from kaibo.archive.kept import archive_folder, read_about
from kaibo.archiving import archive_show, behind
from kaibo.config import BadPort, Settings, from_env
from kaibo.core.codec import Codec
from kaibo.core.errors import FileUnusable, LogDamaged, Refusal, VaultDamaged, refusals
from kaibo.core.stream import StreamFold
from kaibo.features import FEATURES
from kaibo.kit.admission import Admission
from kaibo.kit.child import be_a_child
from kaibo.kit.engine import Engine
from kaibo.kit.words import say
from kaibo.permits import Permits
from kaibo.server import listen, run, serve
from kaibo.stores.trouble import unusable

if TYPE_CHECKING:
    from kaibo.demo import Demo

BROKEN_LINE = 65  # sysexits: the input data was incorrect
BUSY = 75


def _fail(text: str, code: int = 1) -> "click.ClickException":
    error = click.ClickException(text)
    vars(error)["exit_code"] = code  # click reads it from the instance
    return error


def _in_words(code: str, data: Mapping[str, object]) -> str:
    """A terminal does not say which language is read there."""
    return "\n".join(say(code, data, language) for language in ("zh-Hant", "en"))


class _Told(click.Group):
    """What is wrong with a file of the house is told in a sentence that says what to do."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except LogDamaged as damage:
            raise _fail(_in_words(damage.code, damage.data), BROKEN_LINE) from damage
        except (VaultDamaged, FileUnusable, BadPort) as told:
            raise _fail(_in_words(told.code, told.data)) from told
        except OSError as error:
            if not error.filename:
                raise
            told = unusable(Path(os.fsdecode(error.filename)), error)
            raise _fail(_in_words(told.code, told.data)) from error


@click.group(cls=_Told)
@click.version_option(__version__, prog_name="kaibo")
def main() -> None:
    """開播 Kaibo: the control room for a live-commerce team."""
    be_a_child()


def _settings(host: str | None, port: int | None, data: Path | None) -> Settings:
    settings = from_env()
    given = {"host": host, "port": port, "data_dir": data}
    return dataclasses.replace(settings, **{name: value for name, value in given.items() if value is not None})


def _serving(settings: Settings, demo: "Demo | None") -> None:
    try:
        listening = listen(settings.host, settings.port)
    except OSError as error:
        raise _fail(f"port {settings.port} is taken ({error.strerror}); choose another with --port", BUSY) from error
    host, port = listening.getsockname()[:2]

    async def then(_app: object, link: str) -> None:
        if demo is not None:
            await demo.prepare()
        click.echo(f"\n  開播 Kaibo {__version__}   http://{host}:{port}/#/link/{link}")
        click.echo("  上面的連結只能用一次，登入為負責人。 (This link works once and signs you in as the owner. Ctrl+C ends.)\n")
        sys.stdout.flush()
        if demo is not None:
            await demo.run()

    app = build(settings)
    if demo is not None:
        demo.app = app
    try:
        run(serve(app, listening, then))
    except asyncio.CancelledError:  # told to end before it had begun
        return
    except AlreadyRunning as error:
        raise _fail(f"another kaibo already uses {error}; stop it first, or choose another folder with --data", BUSY) from error


host_option = click.option("--host", help="Address to listen on (127.0.0.1).")
port_option = click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (8000; 0 takes a free one).")
data_option = click.option("--data", type=click.Path(path_type=Path), help="Folder for the log and the vault (data).")


@main.command("serve")
@host_option
@port_option
@data_option
def serve_command(host: str | None, port: int | None, data: Path | None) -> None:
    """Serve the consoles and the API."""
    _serving(_settings(host, port, data), None)


@main.command("demo")
@host_option
@port_option
@data_option
@click.option("--seed", default=1, show_default=True, help="The simulated audience comes from this number.")
@click.option(
    "--minutes", default=12, show_default=True, type=click.IntRange(0, 120), help="How long the show has been on air already."
)
@click.option(
    "--chat",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A recorded chat (CSV: t_s, viewer, text) to replay into the show as well.",
)
@click.option(
    "--speed", default=1.0, show_default=True, type=click.FloatRange(0.1, 1000), help="How many times faster to replay it."
)
@click.option(
    "--arrivals", default=2.0, show_default=True, type=click.FloatRange(0, 200), help="Simulated viewers who come in a second."
)
def demo_command(
    host: str | None,
    port: int | None,
    data: Path | None,
    seed: int,
    minutes: int,
    chat: Path | None,
    speed: float,
    arrivals: float,
) -> None:
    """Serve with a demo show on air and a simulated audience."""
    from kaibo.demo import Demo  # noqa: PLC0415  as below: a house that serves begins with what it serves

    _serving(_settings(host, port, data), Demo(seed=seed, minutes=minutes, chat=chat, speed=speed, arrivals=arrivals))


@main.command("feed")
@click.argument("show_id")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", default="http://127.0.0.1:8000", show_default=True)
@click.option("--token", required=True, envvar="KAIBO_TOKEN", help="An API token with the role source (Team page).")
@click.option("--speed", default=1.0, show_default=True, type=click.FloatRange(0.1, 1000))
def feed_command(show_id: str, file: Path, url: str, token: str, speed: float) -> None:
    """Replay a recorded chat into a show of a running server, through the ingest endpoint. Says which lines were left out."""
    from kaibo.feed import FeedRefused, feed_chat  # noqa: PLC0415  a tenth of a second that only this command needs

    def odd(line: int, why: str) -> None:
        click.echo(f"{file.name}:{line}: {why}", err=True)

    try:
        count = asyncio.run(feed_chat(url, token, show_id, file, speed, odd))
    except (Refusal, FeedRefused) as error:
        raise _fail(_in_words(error.code, error.data)) from error
    click.echo(f"{count} comments handed in")


@main.command("export")
@click.argument("show_id")
@data_option
def export_command(show_id: str, data: Path | None) -> None:
    """Print a show's whole log, one JSON event a line. Works beside a running server."""
    store = open_store(_settings(None, None, data))
    codec = Codec([fact for feature in FEATURES for fact in feature.facts])
    seq = 0
    out = sys.stdout.buffer
    while records := store.read(f"show/{show_id}", seq, 1000):
        for record in records:
            out.write(codec.to_json(codec.unpack(record.body)) + b"\n")
        seq = records[-1].seq
    store.close()
    if seq == 0:
        raise _fail(f"there is no show {show_id}")


@main.command("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def replay_command(file: Path) -> None:
    """Fold an exported log and print every view, the same bytes as `kaibo views` of the show it came from."""
    codec = Codec([fact for feature in FEATURES for fact in feature.facts])
    fold: StreamFold | None = None
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                event = codec.from_json(line)
                fold = fold or StreamFold(event.stream, FEATURES)
                fold.apply(event)
                fold.project(event)
            except Exception as error:  # a line cut short, or one that no rule of ours could have written
                raise _fail(f"{file}, line {number}: {type(error).__name__}: {error}", BROKEN_LINE) from error
    if fold is None:
        raise _fail(f"{file} holds no event", BROKEN_LINE)
    _print_views(fold)


@main.command("views")
@click.argument("show_id")
@data_option
def views_command(show_id: str, data: Path | None) -> None:
    """Print every view of a show as the server would show it now."""
    store = open_store(_settings(None, None, data))
    codec = Codec([fact for feature in FEATURES for fact in feature.facts])
    fold = StreamFold(f"show/{show_id}", FEATURES)
    while records := store.read(fold.stream, fold.seq, 1000):
        for record in records:
            event = codec.unpack(record.body)
            fold.apply(event)
            fold.project(event)
    store.close()
    if fold.seq == 0:
        raise _fail(f"there is no show {show_id}")
    _print_views(fold)


@main.command("archive")
@click.argument("show_id")
@data_option
def archive_command(show_id: str, data: Path | None) -> None:
    """Write a show's log as Parquet files. Works beside a running server."""
    settings = _settings(None, None, data)
    folder = settings.data_dir or Path()
    store = open_store(settings)
    about = archive_show(store, folder, show_id)
    store.close()
    if about is None:
        raise _fail(f"there is no show {show_id}")
    for name, rows in about.rows.items():
        click.echo(f"{name:<12}{rows:>14,} rows {about.bytes[name]:>14,} bytes")
    click.echo(f"{archive_folder(folder, show_id)}   the log up to {about.seq:,}")


@main.command("snapshot")
@click.argument("stream")
@data_option
def snapshot_command(stream: str, data: Path | None) -> None:
    """Keep a stream (show/<id>) as it is folded now, so that it opens quickly. Works beside a running server, which asks for it."""
    settings = _settings(None, None, data)
    store = open_store(settings)
    engine = Engine(FEATURES, store, clock=now_ms, allows=Admission(Permits().carries))
    snapshots = engine.keeper.snapshots = snapshots_in(settings.data_dir or Path(), store)
    fold, _ = engine.keeper.load(stream)
    if fold.seq:
        snapshots.write(fold)
    store.close()
    click.echo(f"{stream}   the log up to {fold.seq:,}")


@main.command("sql")
@click.argument("show_id")
@click.argument("statement", required=False)
@data_option
@click.option("--csv", "form", flag_value="csv", help="Print the answer as CSV.")
@click.option("--json", "form", flag_value="json", help="Print the answer as JSON.")
@click.option("--fresh", is_flag=True, help="Archive the show again first, when its log is longer than the archive.")
def sql_command(show_id: str, statement: str | None, data: Path | None, form: str | None, fresh: bool) -> None:
    """Ask a show's archive in SQL (DuckDB); without a statement, at a prompt. Tables: docs/archive.md, or `.tables`."""
    from kaibo.archive.prompt import Prompt, answer  # noqa: PLC0415  DuckDB is loaded for this command alone

    settings = _settings(None, None, data)
    folder = archive_folder(settings.data_dir or Path(), show_id)
    _archive_for_sql(settings, show_id, fresh)
    if statement is None:
        Prompt(folder, form or "table").run()
    elif (wrong := answer(folder, statement, form or "table", click.echo)) is not None:
        raise _fail(wrong)


def _archive_for_sql(settings: Settings, show_id: str, fresh: bool) -> None:
    """Make the archive where there is none; say how far it is behind the log."""
    data_dir = settings.data_dir or Path()
    store = open_store(settings)
    ahead = behind(store, data_dir, show_id)
    missing = read_about(archive_folder(data_dir, show_id)) is None
    if missing or (fresh and ahead > 0):
        about = archive_show(store, data_dir, show_id)
        if about is None and missing:
            raise _fail(f"there is no show {show_id}")
    elif ahead > 0:
        click.echo(f"the log went on by {ahead:,} facts since the archive was made; --fresh takes them in", err=True)
    store.close()


@main.command("train")
@data_option
def train_command(data: Path | None) -> None:
    """Learn to sort comments from this workspace's own corrections and answers. Works beside a running server.

    Shows planned or aired afterwards are sorted by the new model; what was told before stays as it was told.
    """
    from kaibo.features.comment.training import write_model  # noqa: PLC0415
    from kaibo.train import TooFewCorrections, learn, table  # noqa: PLC0415

    settings = _settings(None, None, data)
    store = open_store(settings)
    try:
        learned = learn(store)
    except TooFewCorrections as error:
        raise _fail(
            f"too little to learn from: {error}. Correct comments at the assistant's desk (key T).", BROKEN_LINE
        ) from error
    finally:
        store.close()
    click.echo(table(learned))
    if settings.model_file is None:
        return
    write_model(settings.model_file, learned.model)
    click.echo(f"model {learned.model.version} ({learned.model.digest}) written to {settings.model_file}")


@main.command("openapi")
def openapi_command() -> None:
    """Print the OpenAPI document."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(openapi(), order="sorted"), indent=1) + b"\n")


@main.command("seam")
def seam_command() -> None:
    """Print what the web app knows of the server's commands, views and refusals, as TypeScript."""
    from kaibo.kit.typescript import seam  # noqa: PLC0415

    importlib.import_module("kaibo.feed")  # its refusals are told too, whoever loaded it before
    sys.stdout.buffer.write(seam(FEATURES, OPERATIONS, refusals()).encode())


def _print_views(fold: StreamFold) -> None:
    for name in sorted(fold.views()):
        for key, row in sorted(fold.rows(name).items()):
            line = {"view": name, "key": key, "row": row}
            sys.stdout.buffer.write(msgspec.json.encode(line, order="deterministic") + b"\n")
