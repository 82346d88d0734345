"""Where a text stands: whoever is told that it is wrong is told the file and the line too."""

import json
from collections.abc import Iterable
from pathlib import Path

from words import ROOT, Tree, flat, namespace, server_files, web_files


def server_place(code: str, language: str, root: Path = ROOT) -> str:
    """`kaibo/features/note/words.toml:8`, where the server says a code in a language."""
    return _place(root, ((path, dict(flat(tree))) for path, tree in server_files(root, language)), code, language)


def web_place(key: str, language: str, root: Path = ROOT) -> str:
    """The same for a key of the web, which begins with the name of its folder."""
    return _place(root, ((path, dict(flat(tree, namespace(path)))) for path, tree in web_files(root, language)), key, language)


def _place(root: Path, files: Iterable[tuple[Path, Tree]], key: str, language: str) -> str:
    path, text = next((path, str(texts[key])) for path, texts in files if key in texts)
    lines = path.read_text("utf-8").splitlines()
    start = next((at for at, line in enumerate(lines) if line.strip(" :{") in {f"[{language}]", f'"{language}"'}), 0)
    name = key.rpartition(".")[2]
    said = [at for at, line in enumerate(lines) if at >= start and name in line]
    found = next((at for at in said if text in lines[at] or json.dumps(text, ensure_ascii=False) in lines[at]), None)
    return f"{path.relative_to(root).as_posix()}:{(found if found is not None else said[0] if said else start) + 1}"
