"""When is an address looked at again?

News change in their first hours and then hardly ever, so the wait grows with the age of the
article. A feed is polled as often as it brings something.
"""

from spiders.source import Revisit
from spiders.visits import Visit

SHARE = 0.5
"""Of an article's age is the wait until the next look."""
FIRST_POLL = 900


def next_look(visit: Visit, revisit: Revisit, now: int, *, changed: bool) -> int | None:
    """Return the seconds until a page is visited again; None when it is old enough to rest.

    Age counts from the last change known, else from the time its lister states.
    """
    if changed and visit.body_hash is not None:
        return min(revisit.first, revisit.most)
    born = max(visit.changed_at or 0, visit.stated or 0) or now
    age = max(0, now - born)
    if age > revisit.until:
        return None
    return min(max(revisit.first, int(SHARE * age)), revisit.most)


def next_try(visit: Visit, revisit: Revisit) -> int | None:
    """Return the seconds until a page that never was there is asked for again, None for no more.

    Feeds are ahead of the servers that have the page; the wait doubles up to `revisit.most`.
    """
    wait = 2 * visit.revisit_every if visit.revisit_every else revisit.first
    return wait if wait <= revisit.most and visit.body_hash is None else None


def next_poll(visit: Visit, revisit: Revisit, *, news: bool) -> int:
    """Return the seconds until a listing is looked at again: half as long if it brought news."""
    last = visit.revisit_every or FIRST_POLL
    wanted = last // 2 if news else last * 3 // 2
    return min(max(wanted, revisit.poll_least), revisit.poll_most)
