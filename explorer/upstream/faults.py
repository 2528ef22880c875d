"""What can go wrong between here and upstream: a sentence each, with what to do about it."""

from collections.abc import Mapping
from enum import Enum, auto

from explorer.errors import ExplorerError
from explorer.words import Message, say


class Kind(Enum):
    """What became of a request. `ABSENT` concerns one file; `INVALID` what one answer says."""

    OFFLINE = auto()
    INSECURE = auto()
    ELSEWHERE = auto()
    LIMITED = auto()
    FAILING = auto()
    KEY = auto()
    ABSENT = auto()
    INVALID = auto()


HOPELESS = frozenset({Kind.OFFLINE, Kind.INSECURE, Kind.ELSEWHERE, Kind.LIMITED})
"""After these no other request is worth a try."""

_CONNECT = say("Check the connection to the internet and try again.")
_LATER = say("Try again in a few minutes.")
_GET_AGAIN = say("Nothing of it was imported: try again in a few minutes.")
_LOG_IN = say("Open a web page in your browser, log in to this network if it asks for that, then try again.")
_NEW_VERSION = say("Look for a newer version of the program.")

_Said = tuple[Kind, Message, Message]

_KEYED: Mapping[int, _Said] = {
    401: (
        Kind.KEY,
        say("OpenRouter does not accept the API key."),
        say("Set a valid one: File, API key, or tokenshare key set."),
    ),
    402: (
        Kind.KEY,
        say("OpenRouter asks for payment for this key."),
        say("Look at the key's account at openrouter.ai, or update without the key."),
    ),
    403: (
        Kind.KEY,
        say("OpenRouter refuses this request."),
        say("Check that the key is allowed to read datasets, or update without it."),
    ),
}
"""What an answer means to a request that carried the key."""

_STATUSES: Mapping[int, _Said] = {
    401: (Kind.FAILING, say("OpenRouter wants an API key for this file, which it gave without one."), _NEW_VERSION),
    402: (Kind.FAILING, say("OpenRouter asks for payment for this file, which it gave freely."), _NEW_VERSION),
    403: (
        Kind.FAILING,
        say("OpenRouter refuses this request."),
        say("Try again in a few minutes, or from another network."),
    ),
    404: (
        Kind.ABSENT,
        say("OpenRouter does not have this file."),
        say("Try again tomorrow; if it is still absent, look for a newer version of the program."),
    ),
    407: (Kind.ELSEWHERE, say("The proxy asks for a password."), say("Log in to the proxy, then try again.")),
    429: (
        Kind.LIMITED,
        say("OpenRouter has had too many requests."),
        say("Wait a few minutes, then try again."),
    ),
    511: (Kind.ELSEWHERE, say("This network asks for a login first."), _LOG_IN),
}


class UpstreamError(ExplorerError):
    """What upstream, or the way there, would not do; `kind` says what that means for other requests."""

    def __init__(self, kind: Kind, what: Message, remedy: Message, name: str | None = None) -> None:
        super().__init__(what, remedy=remedy, file=name)
        self.kind = kind


def of_status(status: int, name: str, *, keyed: bool) -> UpstreamError:
    """Return the error for an answer's status other than 200; `keyed` if the request carried the key."""
    said = _KEYED.get(status) if keyed else None
    said = said or _STATUSES.get(status)
    if said is not None:
        return UpstreamError(*said, name)
    if status >= 500:
        what = say("OpenRouter has trouble of its own (status {status}).", status=status)
        return UpstreamError(Kind.FAILING, what, _LATER, name)
    what = say("OpenRouter answered with status {status}, which the program does not know.", status=status)
    return UpstreamError(Kind.INVALID, what, _NEW_VERSION, name)


def offline(host: str) -> UpstreamError:
    """Return the error for a host that can't be reached."""
    return UpstreamError(Kind.OFFLINE, say("{host} can't be reached.", host=host), _CONNECT)


def silent(host: str) -> UpstreamError:
    """Return the error for an answer that does not come, or not to its end."""
    return UpstreamError(Kind.OFFLINE, say("{host} takes too long to answer.", host=host), _CONNECT)


def proxy() -> UpstreamError:
    """Return the error for a proxy that does not let the request through."""
    what = say("The proxy does not let the request through.")
    return UpstreamError(Kind.OFFLINE, what, say("Check the proxy that this computer is set to use."))


def proxy_setting() -> UpstreamError:
    """Return the error for a proxy setting that can't be used; it is not quoted, since it may hold a password."""
    what = say("The proxy that this computer is set to use is written in a way, or is of a kind, that can't be used.")
    remedy = say("Correct the environment variables HTTPS_PROXY and ALL_PROXY, or leave them out.")
    return UpstreamError(Kind.OFFLINE, what, remedy)


def certificates() -> UpstreamError:
    """Return the error for a file of trusted certificates that can't be read."""
    what = say("The certificates that this computer is set to trust can't be read.")
    remedy = say("Correct the environment variables SSL_CERT_FILE and SSL_CERT_DIR, or leave them out.")
    return UpstreamError(Kind.OFFLINE, what, remedy)


def insecure(host: str) -> UpstreamError:
    """Return the error for a host that can't show that it is the one asked for."""
    what = say("Nothing was sent or read: {host} can't prove that it is {host}.", host=host)
    remedy = say("Check this computer's date and time; in a network that inspects traffic, ask whoever runs it.")
    return UpstreamError(Kind.INSECURE, what, remedy)


def broken(name: str, got: int, expected: int | None) -> UpstreamError:
    """Return the error for an answer that broke off."""
    what = say("The answer broke off after {got} bytes.", got=got)
    if expected is not None:
        what = say("The answer broke off after {got} of {expected} bytes.", got=got, expected=expected)
    return UpstreamError(Kind.FAILING, what, _GET_AGAIN, name)


def too_large(name: str, limit: int) -> UpstreamError:
    """Return the error for an answer of more bytes than can be right."""
    what = say("The answer has more than {limit} bytes, which can't be right.", limit=limit)
    return UpstreamError(Kind.INVALID, what, _GET_AGAIN, name)


def web_page(name: str) -> UpstreamError:
    """Return the error for a web page in the place of data."""
    return UpstreamError(Kind.ELSEWHERE, say("A web page came instead of data."), _LOG_IN, name)


def elsewhere(name: str) -> UpstreamError:
    """Return the error for an answer, or a manifest, that leads to another site."""
    what = say("The answer leads to another site, which was not asked.")
    return UpstreamError(Kind.ELSEWHERE, what, _LOG_IN, name)


def in_circles(name: str) -> UpstreamError:
    """Return the error for one redirect after another."""
    return UpstreamError(Kind.FAILING, say("The answer leads on and on without an end."), _LATER, name)


def not_as_published(name: str, what: Message) -> UpstreamError:
    """Return the error for a file that is not what its manifest, or the request for it, says."""
    return UpstreamError(Kind.INVALID, what, _GET_AGAIN, name)


def daily_limit(name: str, limit: int) -> UpstreamError:
    """Return the error for a day on which no request with the key is left."""
    what = say("The {limit} requests a day that OpenRouter allows with a key are used up.", limit=limit)
    return UpstreamError(Kind.LIMITED, what, say("Try again tomorrow."), name)


def come_back(name: str, seconds: float) -> UpstreamError:
    """Return the error for a server that wants to be asked again only later."""
    minutes = max(1, round(seconds / 60))
    what = say("OpenRouter asks to be left alone for {minutes} minutes.", minutes=minutes)
    return UpstreamError(Kind.LIMITED, what, say("Try again after that."), name)
