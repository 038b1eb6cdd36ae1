"""A resident that only sleeps: `python -m tests.flows.server.sleeper`."""

import os
import signal
import time
from pathlib import Path

from flows.server.resident import Resident, announce, detach


def main() -> None:
    resident = Resident(Path(os.environ["SLEEPER_FOLDER"]), "sleeper")
    if os.environ.get("SLEEPER_IS_DEAF"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    detach(resident)
    announce(resident, "http://127.0.0.1:1/api")
    time.sleep(60)


if __name__ == "__main__":
    main()
