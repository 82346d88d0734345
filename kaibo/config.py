"""Settings: one frozen value, from flags and environment."""

import os
from dataclasses import dataclass
from pathlib import Path

from kaibo.core.errors import Refusal

DATA_DIR = Path("data")
PORT_MAX = 65_535


class BadPort(Refusal):
    """The port of the environment is no number, or none that a port can have."""

    code = "core.bad_port"
    status = 422
    value: str
    port_max: int


@dataclass(frozen=True)
class Settings:
    """Where to listen and where to keep things. `data_dir` None keeps everything in memory."""

    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path | None = DATA_DIR
    workspace: str = "開播工作室"
    public_url: str = ""  # as people outside open it, where a proxy stands before it
    push_services: tuple[str, ...] = ()  # host:port of push services beside those of the makers of browsers
    bridge_hosts: tuple[str, ...] = ()  # host:port of messengers beside the public ones: of one's own, in one's own network

    @property
    def model_file(self) -> Path | None:
        """The workspace's own comment model, written by `kaibo train`; there is none in memory."""
        return None if self.data_dir is None else self.data_dir / "comment-model.txt"


def from_env() -> Settings:
    """KAIBO_HOST, KAIBO_PORT, KAIBO_DATA, KAIBO_WORKSPACE, KAIBO_PUBLIC_URL, and with commas KAIBO_PUSH_SERVICES and KAIBO_BRIDGE_HOSTS over the defaults. Raises BadPort."""
    return Settings(
        host=os.environ.get("KAIBO_HOST", Settings.host),
        port=_port(os.environ.get("KAIBO_PORT", "")),
        data_dir=Path(os.environ.get("KAIBO_DATA", str(DATA_DIR))),
        workspace=os.environ.get("KAIBO_WORKSPACE", Settings.workspace),
        public_url=os.environ.get("KAIBO_PUBLIC_URL", ""),
        push_services=_several("KAIBO_PUSH_SERVICES"),
        bridge_hosts=_several("KAIBO_BRIDGE_HOSTS"),
    )


def _several(name: str) -> tuple[str, ...]:
    return tuple(filter(None, os.environ.get(name, "").replace(" ", "").split(",")))


def _port(text: str) -> int:
    if not text:
        return Settings.port
    if not (text.isascii() and text.isdigit() and int(text) <= PORT_MAX):
        raise BadPort(value=text[:80], port_max=PORT_MAX)
    return int(text)
