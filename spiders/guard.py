"""May the crawler talk to this address?

Pages, feeds and sitemaps are written by strangers, and a link to `http://169.254.169.254/` is a
request from inside our network. The address is judged where the socket is made, so redirects,
names, decimal and IPv6-mapped forms and answers that change between two look-ups all end there.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import AddrInfoType
from aiohttp.resolver import ThreadedResolver

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SCHEMES = ("http", "https")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
COMPATIBLE = ipaddress.IPv6Network("::/96")
"""Both carry an IPv4 address in its last 32 bits (RFC 6052, RFC 4291)."""


class AddressRefused(OSError):
    """The guard does not let the crawler connect there; an `OSError`, as a firewall's would be."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Which addresses are open: everything public, and what the operator allows."""

    allowed: Sequence[Network] = ()
    """Networks of the operator's own, for instance a test site on loopback."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Names with a fixed address, as a hosts file has them; they are judged like any other."""

    def refuses_url(self, url: str) -> str | None:
        """Return why an address is not to be requested, or None; no name is looked up."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            return f"no valid address: {error}"
        if parts.scheme not in SCHEMES:
            return f"scheme {parts.scheme[:20]!r}"
        if not host:
            return "no host"
        if parts.username is not None or parts.password is not None:
            return "a name or password in the address"
        literal = _literal(host)
        return self.refuses_ip(literal) if literal is not None else None

    def refuses_ip(self, ip: Address) -> str | None:
        """Return why no connection may be made to an IP address, or None."""
        real = _embedded(ip)
        if any(real.version == network.version and real in network for network in self.allowed):
            return None
        if real.is_global and not real.is_multicast:
            return None
        return f"{ip} is not a public address"

    def socket(self, target: AddrInfoType) -> socket.socket:
        """Make the socket for one connection; raises `AddressRefused`. For aiohttp's connector."""
        family, kind, protocol, _, sockaddr = target
        ip = ipaddress.ip_address(str(sockaddr[0]).partition("%")[0])
        if (why := self.refuses_ip(ip)) is not None:
            raise AddressRefused(why)
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)  # noqa: FBT003  the socket's own signature
        return made


class GuardedResolver(AbstractResolver):
    """Looks names up, and leaves out every answer that the guard refuses."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._names = ThreadedResolver(loop=asyncio.get_running_loop())

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of `host` that are open; raises `AddressRefused` if none is."""
        fixed = self._guard.names.get(host)
        answers = await self._names.resolve(fixed or host, port, family)
        refused = ""
        open_ones = []
        for answer in answers:
            ip = ipaddress.ip_address(answer["host"].partition("%")[0])
            if (why := self._guard.refuses_ip(ip)) is None:
                open_ones.append(answer)
            else:
                refused = why
        if refused and not open_ones:
            raise AddressRefused(f"{host}: {refused}")
        return open_ones

    async def close(self) -> None:
        """Let the resolver go."""
        await self._names.close()


def read_hosts(text: str) -> dict[str, str]:
    """Return the names of a hosts file with their addresses; the first line of a name counts."""
    names: dict[str, str] = {}
    for line in text.splitlines():
        address, *hosts = line.partition("#")[0].split() or [""]
        for host in hosts:
            names.setdefault(host.lower(), address)
    return names


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:  # "2130706433", "0x7f.1" and "127.1" are addresses to the C library
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def _embedded(ip: Address) -> Address:
    """Return the IPv4 address inside an IPv6 one that reaches it."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in NAT64 or (ip in COMPATIBLE and int(ip) > 1):  # ::1 is loopback itself
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
