"""Facts about what is brought to the server while a worker is up."""

import socket
import threading
import time
from logging.handlers import BufferingHandler
from pathlib import Path

import pytest

from flows.operate import bring
from flows.server.address import ServerAddress
from flows.server.api import Api
from flows.settings import Settings


def test_source_added_while_the_server_is_away_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bring, "LOOK_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]  # nobody listens there afterwards
    root = f"http://127.0.0.1:{port}"
    api = Api(ServerAddress(f"{root}/api", f"{root}/v2", "newsmill:secret"))
    settings = Settings(home=tmp_path / "home", sources=tmp_path)
    over = threading.Event()
    following = threading.Thread(target=bring.follow, args=(api, settings, over))

    told = BufferingHandler(capacity=1_000)
    bring.LOG.addHandler(told)

    following.start()
    time.sleep(0.3)  # it has seen the folder as it is
    (tmp_path / "gazette.toml").write_text('id = "gazette"\n', encoding="utf-8")
    time.sleep(1.0)
    over.set()
    following.join(10)

    bring.LOG.removeHandler(told)
    assert sum("no answer" in record.getMessage() for record in told.buffer) > 1
