"""How to ask a Prefect server something in milliseconds, without importing Prefect?"""

import base64
import http.client
import json
import secrets
import time
from typing import Any
from urllib.parse import SplitResult, urlsplit

from articles.errors import NewsmillError
from flows.server.address import ServerAddress

CSRF_IS_OFF = 422  # the answer of a server that gives out no tokens
NOT_FOUND = 404
CONFLICT = 409
TRY_AGAIN = 503  # its SQLite was busy for a moment
PAUSES = (0.1, 0.3, 1.0, 3.0, 9.0, 27.0)  # seconds before each new try: a backup may lock it for 30
ERROR = 400  # statuses from here on are refusals


class ApiError(NewsmillError):
    """The server could not be reached, or refused a request."""

    def __init__(
        self, request: str, problem: str, status: int | None = None, *, timed_out: bool = False
    ) -> None:
        super().__init__(f"{request}: {problem}")
        self.status = status
        """HTTP status; None when there was no answer."""
        self.timed_out = timed_out


class Api:
    """A plain client of Prefect's REST API: basic authentication, CSRF tokens, JSON."""

    def __init__(self, address: ServerAddress, *, timeout: float = 30.0) -> None:
        self._url = urlsplit(address.api_url)
        self._timeout = timeout
        self._csrf: dict[str, str] | None = None
        self._headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if address.auth:
            token = base64.b64encode(address.auth.encode()).decode("ascii")
            self._headers["Authorization"] = f"Basic {token}"

    def get(self, path: str) -> Any:
        """Return what lies at `path`; raise ApiError when the server does not give it.

        Without an answer in time it asks once more: the server may be catching up.
        """
        try:
            return self._send("GET", path, None, {})
        except ApiError as error:
            if not error.timed_out:
                raise
        return self._send("GET", path, None, {})

    def post(self, path: str, body: object) -> Any:
        """Send `body` as JSON and return the answer; None for an empty one."""
        return self._send("POST", path, body, self._csrf_headers())

    def patch(self, path: str, body: object) -> None:
        """Change what lies at `path`."""
        self._send("PATCH", path, body, self._csrf_headers())

    def put(self, path: str, body: object) -> None:
        """Replace what lies at `path`."""
        self._send("PUT", path, body, self._csrf_headers())

    def delete(self, path: str) -> None:
        """Remove what lies at `path`."""
        self._send("DELETE", path, None, self._csrf_headers())

    def _csrf_headers(self) -> dict[str, str]:
        if self._csrf is None:
            client = secrets.token_hex(8)
            try:
                token = self.get(f"/csrf-token?client={client}")["token"]
            except ApiError as error:
                if error.status != CSRF_IS_OFF:
                    raise
                self._csrf = {}
            else:
                self._csrf = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": client}
        return self._csrf

    def _send(self, method: str, path: str, body: object, headers: dict[str, str]) -> Any:
        for pause in PAUSES:
            try:
                return self._send_once(method, path, body, headers)
            except ApiError as error:
                if error.status != TRY_AGAIN:
                    raise
            time.sleep(pause)
        return self._send_once(method, path, body, headers)

    def _send_once(self, method: str, path: str, body: object, headers: dict[str, str]) -> Any:
        connection = _connection(self._url, self._timeout)
        payload = None if body is None else json.dumps(body)
        name = f"{method} {self._url.geturl()}{path}"
        try:
            connection.request(method, self._url.path + path, payload, self._headers | headers)
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            timed_out = isinstance(error, TimeoutError)
            raise ApiError(name, f"no answer ({error})", timed_out=timed_out) from error
        finally:
            connection.close()
        if response.status >= ERROR:
            detail = answer.decode("utf-8", "replace")[:300]
            raise ApiError(name, f"refused with {response.status}: {detail}", response.status)
        return json.loads(answer) if answer else None


def _connection(url: SplitResult, timeout: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    return kind(url.hostname or "127.0.0.1", url.port, timeout=timeout)
