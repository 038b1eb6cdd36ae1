"""Facts about mail and Slack; the webhook is told by a real server in test_operate."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.blocks.notifications import SlackWebhook
from pydantic import SecretStr

from flows.operate.channels import blocks
from flows.server.mail import Mail
from flows.settings import Settings
from tests.flows.operate.slack import Slack


class Post(socketserver.ThreadingTCPServer):
    """A post office on loopback that keeps every line it was told."""

    daemon_threads = True

    def __init__(self) -> None:
        self.lines: list[str] = []
        super().__init__(("127.0.0.1", 0), Clerk)


class Clerk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 post office\r\n")
        in_letter = False
        for raw in self.rfile:
            line = raw.decode("utf-8").rstrip("\r\n")
            assert isinstance(self.server, Post)
            self.server.lines.append(line)
            if in_letter:
                in_letter = line != "."
                if in_letter:
                    continue
            in_letter = line.upper() == "DATA"
            self.wfile.write(b"354 go on\r\n" if in_letter else b"250 well\r\n")
            if line.upper() == "QUIT":
                return


@pytest.fixture
def post() -> Iterator[Post]:
    with Post() as post:
        threading.Thread(target=post.serve_forever, daemon=True).start()
        yield post
        post.shutdown()


@pytest.fixture(autouse=True)
def _no_channel_of_the_shared_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server that other tests share is told of its receiver by the environment."""
    monkeypatch.delenv("NEWSMILL_NOTIFY_WEBHOOK", raising=False)


def test_mail_reaches_the_desk(post: Post) -> None:
    port = post.server_address[1]
    letter = "from=mill@vestby.example&to=desk@vestby.example&mode=insecure&format=text"

    Mail(url=SecretStr(f"mailto://127.0.0.1:{port}?{letter}")).notify(
        "Look: run 7", "newsmill: ingest failed"
    )

    assert "rcpt to:<desk@vestby.example>" in [line.lower() for line in post.lines]
    assert "Subject: newsmill: ingest failed" in post.lines


def test_slack_is_told_by_its_incoming_webhook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = Slack(tmp_path)
    monkeypatch.setenv("HTTPS_PROXY", slack.proxy)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(slack.certificate))
    address = SecretStr("https://hooks.slack.com/services/T0/B0/X0")
    [channel] = blocks(Settings(notify_slack=address)).values()
    assert isinstance(channel, SlackWebhook)

    channel.notify("Look: run 7", "newsmill: ingest failed")

    slack.close()
    [(path, message)] = slack.posts
    assert path == "/services/T0/B0/X0"
    assert "newsmill: ingest failed" in str(message)
    assert "Look: run 7" in str(message)


def test_each_setting_is_one_channel() -> None:
    slack = "https://hooks.slack.com/services/T0000000/B0000000/XXXXXXXX"
    settings = Settings(
        notify_mail=SecretStr("mailto://post.example?to=desk@vestby.example"),
        notify_slack=SecretStr(slack),
        notify_webhook=SecretStr("http://127.0.0.1:9/"),
    )

    made = blocks(settings)

    assert list(made) == ["newsmill-mail", "newsmill-slack", "newsmill-webhook"]
    assert isinstance(made["newsmill-slack"], SlackWebhook)
    assert blocks(Settings()) == {}
