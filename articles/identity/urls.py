"""Which address is the one a page is known by, and whose domain is it?

Two links to one story should become one text, so what only tells who followed the link goes:
trackers, session ids, AMP wrappers, fragments, default ports. Nothing is fetched.
"""

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

import idna

from articles.identity.suffixes import registrable

LONGEST = 4_000
"""Characters; longer hrefs are scripts or data."""
TRACKERS = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id"
    r"|igshid|igsh|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|__hs\w+|hsctatracking|_ga|_gl|_openstat|vero_id"
    r"|cmpid|icid|ocid|ncid|smid|smtyp|ito|s_cid|ftag|wt_?z?mc|xtor|at_(?:medium|campaign|custom\d"
    r"|format|link_\w+|ptr_name|bbc_team)|ref_?src|ref_url|guccounter|guce_referrer(?:_sig)?"
    r"|spm|traffic_source|fb_(?:action_\w+|source|ref)|soc_src|soc_trk|share_?token",
    re.IGNORECASE,
)
"""Query names that tell who followed a link and never which story it leads to. Left in on purpose:
`id`, `cid`, `sid`, `ref`, `source`, which name the story on some sites."""
SESSIONS = re.compile(
    r"phpsessid|jsessionid|aspsessionid\w*|session_?id|cfid|cftoken", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half a character, as JSON may hold one; it stands for no byte."""
_PATH_SESSION = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?;]*", re.IGNORECASE)
_AMP_WRAPPER = re.compile(
    r"https?://(?:www\.google\.[a-z.]{2,6}/amp|[\w-]+\.cdn\.ampproject\.org/[civr])/(s/)?(.+)",
    re.IGNORECASE,
)
_AMP_PATH = re.compile(r"/amp/?$|(?<=[^/])\.amp(?=(?:\.html?)?$)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_KEPT_IN_PATH = "/:@!$&'()*+,;=~%-._"


def canonical_url(href: str, base: str | None = None) -> str | None:
    """Return the address in its one spelling, or None when it is no web address.

    `base` completes a relative `href`. Only http and https are taken; user names and passwords
    are dropped. Query pairs are sorted, the path keeps its case.

    >>> canonical_url("HTTPS://Example.com:443/a/?utm_source=x&id=7#top")
    'https://example.com/a/?id=7'
    """
    text = href.strip()
    if not text or len(text) > LONGEST or _SURROGATE.search(text):
        return None
    try:
        parts = urlsplit(_unwrapped(urljoin(base or text, text)))
        host, port = parts.hostname, parts.port
    except ValueError:  # "http://[::1" or port 99999
        return None
    scheme = parts.scheme.lower()
    name = _host(host)
    if scheme not in _PORTS or name is None:
        return None
    address = name if port in {None, _PORTS[scheme]} else f"{name}:{port}"
    query = _query(parts.query)
    return f"{scheme}://{address}{_path(parts.path)}" + (f"?{query}" if query else "")


def registered_domain(url: str) -> str | None:
    """Return the domain its owner registered, such as `example.co.uk`, or None.

    By the public suffix list that tldextract carries; the network is never asked. A suffix that
    is not in the list counts as one label, which is the list's own default rule; an address made
    of numbers has no domain.

    >>> registered_domain("https://news.post.example/a")
    'post.example'
    """
    try:
        host = _host(urlsplit(url).hostname)
    except ValueError:
        return None
    return None if not host or host.startswith("[") else registrable(host)


def _unwrapped(url: str) -> str:
    """Return the publisher's address when `url` is an AMP cache's."""
    wrapped = _AMP_WRAPPER.match(_CONTROL.sub("", url[:LONGEST]))
    return f"http{'s' if wrapped[1] else ''}://{wrapped[2]}" if wrapped else url


def _host(host: str | None) -> str | None:
    if not host or len(host) > 253:
        return None
    name = host.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]"
    if re.fullmatch(r"[a-z0-9._-]+", name):
        return name if name.strip("._-") == name and ".." not in name else None
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:  # a space or a control character in the name
        return None


def _path(path: str) -> str:
    if "/." in path:
        path = urlsplit(urljoin("http://host/", path.lstrip("/"))).path
    plain = _AMP_PATH.sub(_amp_ending, _PATH_SESSION.sub("", path)) or "/"
    return quote(re.sub(r"%[0-9a-f]{2}", lambda code: code[0].upper(), plain), safe=_KEPT_IN_PATH)


def _amp_ending(found: re.Match[str]) -> str:
    return "/" if found[0].endswith("/") else ""


def _query(query: str) -> str:
    """Return what tells the page, sorted; bytes of any charset stay what they are."""
    kept = []
    for written in filter(None, query.split("&")):
        [(name, value)] = parse_qsl(written, keep_blank_values=True, errors="surrogateescape")
        if TRACKERS.fullmatch(name) or SESSIONS.fullmatch(name) or _asks_for_amp(name, value):
            continue
        pair = urlencode([(name, value)], errors="surrogateescape")
        kept.append((name, value, pair if "=" in written else pair.removesuffix("=")))
    return "&".join(pair for _, _, pair in sorted(kept))


def _asks_for_amp(name: str, value: str) -> bool:
    return name.lower() == "amp" or (name.lower(), value.lower()) == ("outputtype", "amp")
