"""Facts about which addresses the crawler talks to."""

import asyncio
import ipaddress
import socket

import pytest

from spiders.guard import AddressRefused, Guard, GuardedResolver, read_hosts

LOOPBACK = (ipaddress.ip_network("127.0.0.2/32"),)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1/", id="loopback"),
        pytest.param("http://127.1/", id="short-form"),
        pytest.param("http://2130706433/", id="decimal"),
        pytest.param("http://0x7f000001/", id="hexadecimal"),
        pytest.param("http://0177.0.0.1/", id="octal"),
        pytest.param("http://0.0.0.0/", id="this-host"),
        pytest.param("http://10.0.0.1/", id="private-10"),
        pytest.param("http://172.16.0.1/", id="private-172"),
        pytest.param("http://192.168.1.1/", id="private-192"),
        pytest.param("http://100.64.0.1/", id="carrier-nat"),
        pytest.param("http://169.254.169.254/latest/meta-data/", id="cloud-metadata"),
        pytest.param("http://224.0.0.1/", id="multicast"),
        pytest.param("http://255.255.255.255/", id="broadcast"),
        pytest.param("http://[::1]/", id="ipv6-loopback"),
        pytest.param("http://[::]/", id="ipv6-unspecified"),
        pytest.param("http://[::ffff:127.0.0.1]/", id="ipv4-mapped"),
        pytest.param("http://[::ffff:7f00:1]/", id="ipv4-mapped-hex"),
        pytest.param("http://[::127.0.0.1]/", id="ipv4-compatible"),
        pytest.param("http://[64:ff9b::7f00:1]/", id="nat64"),
        pytest.param("http://[2002:7f00:1::]/", id="6to4"),
        pytest.param("http://[fe80::1]/", id="link-local"),
        pytest.param("http://[fe80::1%25eth0]/", id="link-local-zone"),
        pytest.param("http://[fc00::1]/", id="unique-local"),
        pytest.param("http://[fd00:ec2::254]/", id="cloud-metadata-ipv6"),
        pytest.param("file:///etc/hostname", id="file"),
        pytest.param("ftp://example.org/", id="ftp"),
        pytest.param("gopher://example.org/", id="gopher"),
        pytest.param("data:text/html,hi", id="data"),
        pytest.param("http://user:secret@example.org/", id="credentials"),
        pytest.param("http:///nowhere", id="no-host"),
        pytest.param("http://[::bad/", id="broken-ipv6"),
        pytest.param("http://example.org:99999/", id="no-port"),
    ],
)
def test_address_is_refused_without_asking_anyone(url: str) -> None:
    assert Guard().refuses_url(url) is not None


@pytest.mark.parametrize(
    "url", ["https://example.org/a", "http://93.184.216.34/", "http://[2606:2800:220:1::1]/"]
)
def test_public_address_is_open(url: str) -> None:
    assert Guard().refuses_url(url) is None


def test_operator_may_allow_a_network_and_only_that() -> None:
    guard = Guard(LOOPBACK)

    assert guard.refuses_url("http://127.0.0.2/") is None
    assert guard.refuses_url("http://127.0.0.1/") == "127.0.0.1 is not a public address"


def test_socket_is_not_made_for_a_private_address() -> None:
    target = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("192.168.0.1", 80))

    with pytest.raises(AddressRefused, match=r"192\.168\.0\.1 is not a public address"):
        Guard().socket(target)


def test_name_that_answers_with_loopback_is_refused() -> None:
    async def resolve() -> None:
        resolver = GuardedResolver(Guard(names={"rebound.test": "127.0.0.1"}))
        with pytest.raises(AddressRefused, match=r"rebound\.test: 127\.0\.0\.1"):
            await resolver.resolve("rebound.test", 80)
        with pytest.raises(AddressRefused, match="localhost"):
            await resolver.resolve("localhost", 80)
        await resolver.close()

    asyncio.run(resolve())


def test_first_line_of_a_name_in_a_hosts_file_counts() -> None:
    text = "127.0.0.1 a.test B.test # comment\n\n# 127.0.0.9 c.test\n127.0.0.2 a.test\n"

    assert read_hosts(text) == {"a.test": "127.0.0.1", "b.test": "127.0.0.1"}
