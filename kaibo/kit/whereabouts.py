"""By which addresses a guest can open this house: its public one, the one that whoever asks uses, those of this machine in its networks."""

import ipaddress
import socket
from typing import Literal
from urllib.parse import urlsplit

import msgspec
import segno

PROBES = (
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET6, "2001:db8::1"),
)  # of documentation: nothing is sent, only the way there is looked up
Kind = Literal["public", "here", "network", "machine"]


class LinkPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A link a guest may open, and its QR code (SVG).

    `kind`: the house's public address, the one that whoever asks uses, one in a network of this machine, or one that only this machine can open.
    """

    kind: Kind
    link: str
    qr: str


def places_of(path: str, *, origin: str, public: str, host: str) -> tuple[LinkPlace, ...]:
    """The same path at every address that leads here, the likeliest first. `host`: where the server listens; `public`: as it was set, "" not."""
    found: dict[str, Kind] = {}
    if public:
        found[public.rstrip("/")] = "public"
    parts = urlsplit(origin)
    here: Kind = "machine" if is_loopback(parts.hostname or "") else "here"
    if here == "here":
        found.setdefault(origin, here)
    elif not is_loopback(host):
        port = f":{parts.port}" if parts.port else ""
        for address in addresses(host):
            found.setdefault(f"{parts.scheme}://{address}{port}", "network")
    if here == "machine":
        found.setdefault(origin, here)
    return tuple(LinkPlace(kind=kind, link=f"{base}{path}", qr=drawn(f"{base}{path}")) for base, kind in found.items())


def drawn(text: str) -> str:
    """A QR code as an SVG drawing, dark on light whatever the theme: phones want it so."""
    return segno.make(text, error="m").svg_inline(border=4, dark="#000", light="#fff", scale=4, omitsize=True)


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can open it."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def addresses(host: str) -> list[str]:
    """Where a server that listens at `host` is found from outside: there, or at this machine's way to each network if it listens at all of them."""
    try:
        if not ipaddress.ip_address(host).is_unspecified:
            return [_bracketed(host)]
    except ValueError:
        return [host]
    return [_bracketed(address) for family, probe in PROBES if (address := _towards(family, probe))]


def _towards(family: int, probe: str) -> str:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((probe, 9))
            address = str(asked.getsockname()[0])
    except OSError:
        return ""
    return "" if is_loopback(address) else address


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
