"""Where does a batch get audited, while the process at hand has better things to do?

Great Expectations takes 5 CPU seconds to import, and a thread that imports holds up all others.
So a run in a hurry starts a process that imports it meanwhile, and sends its questions there
(docs/adr/0100-audits-aside.md). The process ends when its stdin does, however the parent died.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, Self, TypeVar

from articles.errors import NewsmillError

P = ParamSpec("P")
R = TypeVar("R")


class AuditorDied(NewsmillError):
    """The process beside this one ended before it answered."""


class Here:
    """This process, for runs that are in no hurry."""

    def call(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Return what the function returns."""
        return function(*arguments, **named)


class Aside(Here):
    """A process that has Great Expectations at hand, from entering the block to its end."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "expectations.aside"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError("both are pipes")
        self._asks, self._answers = self._process.stdin, self._process.stdout
        return self

    def __exit__(self, *_: object) -> None:
        """End the process; what it is doing then has no reader any more."""
        self.kill()
        for pipe in (self._asks, self._answers):
            with suppress(BrokenPipeError):
                pipe.close()

    def kill(self) -> None:
        """End the process at once; it holds nothing that is not written elsewhere."""
        self._process.kill()
        self._process.wait()

    def call(self, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Call a function of a module there; its arguments and its answer are copied.

        Raises what the function raises of ours, and `AuditorDied`.
        """
        try:
            pickle.dump((function, arguments, named), self._asks)
            self._asks.flush()
            answer: R | NewsmillError = pickle.load(self._answers)  # noqa: S301  our own process
        except (EOFError, BrokenPipeError) as gone:
            code = self._process.wait()
            raise AuditorDied(
                f"the process that audits ended with exit code {code}, mostly from want of "
                "memory; nothing of the batch is loaded, and the next run takes it up"
            ) from gone
        if isinstance(answer, NewsmillError):
            raise answer
        return answer


def main() -> None:
    """Answer questions until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    from expectations.audit import warm_up

    warm_up()
    while True:
        try:
            function, arguments, named = pickle.load(sys.stdin.buffer)  # noqa: S301  our parent
        except EOFError:
            return
        try:
            answer = function(*arguments, **named)
        except NewsmillError as error:
            answer = error
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    main()
