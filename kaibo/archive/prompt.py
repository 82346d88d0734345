"""`kaibo sql`: one statement, or a prompt that takes them until it ends."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from kaibo.archive.query import Answer, Desk, WrongSql

WELCOME = "SQL ends with ;   .tables lists tables and columns   .quit ends"


def answer(folder: Path, statement: str, form: str, say: Callable[..., object]) -> str | None:
    """Ask and print; what was wrong, None when nothing was."""
    desk = Desk(folder)
    try:
        say(printed(desk.ask(statement), form), nl=False)
    except WrongSql as wrong:
        return str(wrong)
    finally:
        desk.close()
    return None


def printed(found: Answer, form: str) -> str:
    """An answer as table, csv or json."""
    match form:
        case "csv":
            return found.as_csv(for_sheets=True)
        case "json":
            return found.as_json()
        case _:
            return found.as_table()


class Prompt:
    """Reads statements, over several lines if need be, until .quit or the end of input."""

    def __init__(self, folder: Path, form: str) -> None:
        """The archive to ask, and how to print."""
        self._desk = Desk(folder)
        self._form = form

    def run(self) -> None:
        """Until the end."""
        show_id, seq = self._desk.about.show_id, self._desk.about.seq
        click.echo(f"{show_id}, the log up to {seq:,}. {WELCOME}", err=True)
        waiting = ""
        try:
            while (line := self._line("sql> " if not waiting else "...> ")) is not None and line.strip() != ".quit":
                waiting = self._take(f"{waiting}{line}\n")
        finally:
            self._desk.close()

    def _line(self, sign: str) -> str | None:
        try:
            return input(sign if sys.stdin.isatty() else "")
        except EOFError:
            return None
        except KeyboardInterrupt:
            return ".quit"

    def _take(self, text: str) -> str:
        """Answer a whole statement; give what still waits for its end."""
        asked = text.strip()
        if asked == ".tables":
            click.echo(printed(self._desk.describe(), self._form), nl=False)
            return ""
        if not asked.endswith(";"):
            return text if asked else ""
        try:
            click.echo(printed(self._desk.ask(asked), self._form), nl=False)
        except WrongSql as wrong:
            click.echo(str(wrong), err=True)
        return ""
