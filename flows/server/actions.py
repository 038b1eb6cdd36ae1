"""Who waits while a webhook hangs? Nobody: dead runs are closed and crashed ones started again.

Prefect carries out the actions of all automations two at a time, and has no setting for it. A
channel that hangs holds a place until it is given up, and is tried again: with thirty sources that
tell a dead webhook of their silence, a crashed run was not run again within five minutes.
"""

from functools import partial

from prefect.server.events.services import actions
from prefect.server.utilities.messaging import create_consumer

AT_ONCE = 200
"""Actions under way: a hundred sources that fall silent at once, told on two channels. Each is a
coroutine that mostly waits."""


def act_side_by_side() -> None:
    """Have Prefect's server do so; to be called before the server starts."""
    vars(actions)["create_consumer"] = partial(create_consumer, concurrency=AT_ONCE)
