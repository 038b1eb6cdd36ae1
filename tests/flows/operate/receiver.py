"""A webhook on loopback that keeps what it was told."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """Listens until closed; `messages` are the bodies, as JSON."""

    def __init__(self) -> None:
        self.messages: list[dict[str, str]] = []
        messages = self.messages

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                messages.append(json.loads(self.rfile.read(length)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def awaited(self, words: str, seconds: float = 60) -> dict[str, str]:
        """Return the first message with `words` in it, waiting for it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for message in list(self.messages):
                if words in message["subject"] + message["body"]:
                    return message
            time.sleep(0.2)
        raise AssertionError(f"nobody told {words!r}, only {self.messages}")

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
