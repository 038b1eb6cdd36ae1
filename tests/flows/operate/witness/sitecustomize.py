"""Notes every connection and look-up that leaves the machine, in each Python that is started."""

import contextlib
import os
import sys

HOME = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host is None or (isinstance(host, str) and host.startswith(HOME)):
        return
    with contextlib.suppress(OSError), open(os.environ["WITNESS"], "a") as notes:  # noqa: PTH123
        notes.write(f"{event} {host!r} by {sys.argv[:3]}\n")


if "WITNESS" in os.environ:
    sys.addaudithook(_note)
