"""What does newsmill add to the pages of Prefect's server?

A policy that keeps the browser on this server: Prefect's pages call home even with analytics off,
and a text that was taken for markup must neither fetch nor run anything. A login link, because
nobody remembers the password that Prefect asks for. And the Data Docs of the audits, because a
browser follows no `file:` link from a web page.
"""

from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.server.address import LOGIN_PATH, docs_path

# The password travels behind the `#`, which no browser sends: it is in no log and no referrer.
# The way on is a path of this server and nothing else, so the link cannot lead away.
LOGIN_PAGE = """<!doctype html>
<meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>newsmill</title>
<p>Logging in ...</p>
<script>
const [password, way] = location.hash.slice(1).split(",");
if (password) localStorage.setItem("prefect-password", password);
location.replace(/^\\/[a-z0-9/-]*$/i.test(way) && !way.startsWith("//") ? way : "/");
</script>
"""
LOGIN_POLICY = "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'"

# Reports are built from data of strangers. Sandboxed, a script in them has an origin of its own
# and cannot read the password of the UI; nor does the report fetch anything from elsewhere.
DOCS_POLICY = (
    "sandbox allow-scripts allow-popups; default-src 'self' 'unsafe-inline' data:; "
    "frame-ancestors 'none'"
)

SELF = "'self' ws://127.0.0.1:* ws://localhost:* http://127.0.0.1:* http://localhost:*"
UI_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    f"connect-src {SELF}; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)


class StayHere:
    """Middleware that gives every answer without a content security policy that of the UI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", UI_POLICY)
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers.setdefault("X-Content-Type-Options", "nosniff")
            await send(message)

        await self._app(scope, receive, with_policy)


def routes(docs: Path, auth: str) -> Sequence[BaseRoute]:
    """Return the routes to put before Prefect's own; the reports lie behind a secret path."""
    return [
        Route(LOGIN_PATH, _login),
        Mount(docs_path(auth), _Reports(directory=docs, html=True, check_dir=False)),
    ]


def _login(_request: Request) -> Response:
    return HTMLResponse(LOGIN_PAGE, headers={"Content-Security-Policy": LOGIN_POLICY})


class _Reports(StaticFiles):
    """Static files in a sandbox."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = DOCS_POLICY
        return response
