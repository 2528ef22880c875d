"""The HTTP client against a server that misbehaves in every way."""

import logging
import socket
import ssl
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path

import httpx2
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from explorer.errors import Cancelled
from explorer.upstream.client import Answer, Asked, Client
from explorer.upstream.faults import Kind, UpstreamError
from explorer.upstream.hosts import Site
from explorer.upstream.quota import Quota
from tests.upstream.served import KEY, SECRET, Hands, OpenRouter

BODY = b'{"data": [1, 2, 3]}'
PATH = "/api/v1/models"


def heard(_got: int, _total: int | None) -> None:
    """Go on."""


def get(openrouter: OpenRouter, path: str = PATH, limit: int = 10**6, **more: object) -> Answer:
    with openrouter.connect() as client:
        return client.get(Asked("models.json", openrouter.site.base + path, limit, **more), heard)  # pyright: ignore[reportArgumentType]


def refused(openrouter: OpenRouter, **more: object) -> UpstreamError:
    with pytest.raises(UpstreamError) as caught:
        get(openrouter, **more)  # pyright: ignore[reportArgumentType]
    return caught.value


class Turns:
    """Answers with one response after the other, the last one for good."""

    def __init__(self, *answers: Response) -> None:
        self._answers = list(answers)

    def __call__(self, _request: Request) -> Response:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_a_file_comes_with_the_server_s_time(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, Response(BODY, headers={"Date": "Sun, 22 Nov 2026 01:46:00 GMT"}))
    answer = get(openrouter)
    assert answer.raw == BODY
    assert answer.at is not None
    assert answer.at.tzinfo is UTC
    (request, _) = openrouter.server.log[0]
    assert "Authorization" not in request.headers
    assert request.headers["Accept-Encoding"] == "identity"


def test_progress_is_told_in_bytes(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, b"x" * 300_000)
    told: list[tuple[int, int | None]] = []
    with openrouter.connect() as client:
        client.get(Asked("x", openrouter.site.models, 10**6), lambda got, total: told.append((got, total)))
    assert told[-1] == (300_000, 300_000)
    assert [got for got, _ in told] == sorted(got for got, _ in told)


# --- statuses


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "does not accept the API key. Set a valid one"),
        (402, "asks for payment for this key"),
        (403, "Check that the key is allowed"),
    ],
)
def test_a_refusal_of_the_key_speaks_of_it(openrouter: OpenRouter, status: int, words: str) -> None:
    openrouter.serve(PATH, Response(b"{}", status))
    error = refused(openrouter, key=KEY)
    assert error.kind is Kind.KEY
    assert words in str(error)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (400, Kind.INVALID, "status 400"),
        (401, Kind.FAILING, "wants an API key for this file"),
        (402, Kind.FAILING, "asks for payment for this file"),
        (403, Kind.FAILING, "refuses this request. Try again in a few minutes"),
        (404, Kind.ABSENT, "does not have this file"),
        (418, Kind.INVALID, "status 418"),
        (511, Kind.ELSEWHERE, "log in to this network"),
    ],
)
def test_a_refusal_is_a_sentence_at_once(openrouter: OpenRouter, status: int, kind: Kind, words: str) -> None:
    openrouter.serve(PATH, Response(b"{}", status))
    error = refused(openrouter)
    assert error.kind is kind
    assert words in str(error)
    assert str(error).startswith("models.json: ")
    assert len(openrouter.asked) == 1


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (429, Kind.LIMITED, "too many requests. Wait"),
        (500, Kind.FAILING, "trouble of its own (status 500). Try again"),
        (503, Kind.FAILING, "trouble of its own (status 503)"),
    ],
)
def test_what_may_pass_is_tried_again_with_growing_pauses(
    openrouter: OpenRouter, status: int, kind: Kind, words: str
) -> None:
    openrouter.serve(PATH, Response(b"{}", status))
    error = refused(openrouter)
    assert error.kind is kind
    assert words in str(error)
    assert len(openrouter.asked) == 4
    assert 0.5 * (1 + 2 + 4) <= openrouter.clock.slept <= 1.5 * (1 + 2 + 4)


def test_a_passing_fault_is_none(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, Turns(Response(b"", 503), Response(b"", 429), Response(BODY)))
    assert get(openrouter).raw == BODY
    assert len(openrouter.asked) == 3


def test_retry_after_is_waited_for(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, Turns(Response(b"", 429, headers={"Retry-After": "17"}), Response(BODY)))
    assert get(openrouter).raw == BODY
    assert openrouter.clock.slept == pytest.approx(17)


def test_retry_after_may_be_a_time(openrouter: OpenRouter) -> None:
    then = format_datetime(openrouter.clock.now() + timedelta(seconds=40), usegmt=True)
    openrouter.serve(PATH, Turns(Response(b"", 503, headers={"Retry-After": then}), Response(BODY)))
    get(openrouter)
    assert openrouter.clock.slept == pytest.approx(40)


@pytest.mark.parametrize("nonsense", ["soon", "-5", "١٧", "", "9" * 400])
def test_nonsense_in_retry_after_is_no_obstacle(openrouter: OpenRouter, nonsense: str) -> None:
    def answer(_request: Request) -> Response:
        if len(openrouter.asked):
            return Response(BODY)
        return Response(b"", 429, headers={"Retry-After": nonsense.encode().decode("latin-1")})

    openrouter.serve(PATH, answer)
    assert get(openrouter).raw == BODY
    assert openrouter.clock.slept <= 1.5


def test_a_long_retry_after_is_said_instead(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, Response(b"", 429, headers={"Retry-After": "3600"}))
    assert "to be left alone for 60 minutes" in str(refused(openrouter))
    assert (len(openrouter.asked), openrouter.clock.slept) == (1, 0)


# --- bodies


def test_a_login_page_is_not_data(openrouter: OpenRouter) -> None:
    page = b"\xef\xbb\xbf\n <!doctype html><title>Hotel WLAN</title>"
    for answer in (Response(page, content_type="text/html"), Response(page, content_type="application/json")):
        openrouter.serve(PATH, answer)
        error = refused(openrouter)
        assert error.kind is Kind.ELSEWHERE
        assert "A web page came instead of data. Open a web page in your browser" in str(error)


def test_a_body_that_breaks_off_is_said_with_its_bytes(openrouter: OpenRouter) -> None:
    def answer(_request: Request) -> Response:
        cut = Response(BODY[:7])
        cut.automatically_set_content_length = False
        cut.headers["Content-Length"] = str(len(BODY))
        return cut

    openrouter.serve(PATH, answer)
    error = refused(openrouter)
    assert error.kind is Kind.FAILING
    assert f"broke off after 7 of {len(BODY)} bytes" in str(error)
    assert len(openrouter.asked) == 4


def test_a_body_announced_too_large_is_not_read(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, b"x" * 200_000)
    error = refused(openrouter, limit=1000)
    assert error.kind is Kind.INVALID
    assert "more than 1000 bytes" in str(error)


def test_a_body_that_goes_on_and_on_is_cut(openrouter: OpenRouter) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        for i in range(10_000):
            sent.append(i)
            yield b"x" * 65_536

    openrouter.serve(PATH, lambda _request: Response(endless()))
    assert "more than 100000 bytes" in str(refused(openrouter, limit=100_000))
    assert len(sent) < 5000


# --- redirects


def moved(where: str) -> Response:
    return Response(b"", 302, headers={"Location": where})


def test_a_redirect_inside_is_followed(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, moved("/elsewhere/models"))
    openrouter.serve("/elsewhere/models", BODY)
    assert get(openrouter).raw == BODY


@pytest.mark.parametrize(
    "where", ["http://portal.example/login", "https://127.0.0.1/x", "http://localhost/", "ftp://x/", "//e"]
)
def test_a_redirect_outside_is_not(openrouter: OpenRouter, where: str) -> None:
    openrouter.serve(PATH, moved(where))
    error = refused(openrouter, key=KEY)
    assert error.kind is Kind.ELSEWHERE
    assert "leads to another site" in str(error)
    assert len(openrouter.asked) == 1


def test_a_redirect_never_leads_from_https_to_http() -> None:
    site = Site("https://127.0.0.1:1", frozenset({"https://127.0.0.1:1", "http://127.0.0.1:1"}))
    with Client(site) as client, pytest.raises(UpstreamError, match="leads to another site"):
        client._next("x", "https://127.0.0.1:1/a", "http://127.0.0.1:1/b")


def test_a_redirect_to_no_address_at_all_is_refused() -> None:
    with Client() as client, pytest.raises(UpstreamError, match="leads to another site"):
        client._next("x", "https://openrouter.ai/a", "http://[")


def test_redirects_in_a_circle_end(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, moved(PATH))
    assert "on and on" in str(refused(openrouter))
    assert len(openrouter.asked) == 6


def test_another_site_is_never_asked(openrouter: OpenRouter) -> None:
    with openrouter.connect() as client, pytest.raises(UpstreamError, match="another site"):
        client.get(Asked("x", "https://example.org/x.csv", 10), heard)


def test_the_key_stays_with_its_host(openrouter: OpenRouter) -> None:
    with HTTPServer("127.0.0.1", 0) as other:
        there = f"http://127.0.0.1:{other.port}"
        other.expect_request("/y").respond_with_data(BODY)
        openrouter.site = Site(openrouter.site.base, frozenset({openrouter.site.base, there}))
        openrouter.serve(PATH, moved(f"{there}/y"))
        assert get(openrouter, key=KEY).raw == BODY
        assert openrouter.server.log[0][0].headers["Authorization"] == KEY.header
        assert "Authorization" not in other.log[0][0].headers


# --- the connection


def test_nobody_there_is_a_sentence(openrouter: OpenRouter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        base = f"http://127.0.0.1:{closed.getsockname()[1]}"
    openrouter.site = Site(base, frozenset({base}))
    error = refused(openrouter)
    assert error.kind is Kind.OFFLINE
    assert str(error).endswith("127.0.0.1 can't be reached. Check the connection to the internet and try again.")


def failing(openrouter: OpenRouter, fault: Exception) -> Client:
    def answer(_request: httpx2.Request) -> httpx2.Response:
        raise fault

    client = openrouter.connect()
    client._client.close()
    client._client = httpx2.Client(transport=httpx2.MockTransport(answer))
    return client


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (httpx2.ConnectError("[Errno -3] Temporary failure in name resolution"), "can't be reached"),
        (httpx2.ConnectTimeout("x"), "can't be reached"),
        (httpx2.ReadTimeout("x"), "takes too long to answer"),
        (httpx2.ProxyError("407 Proxy Authentication Required"), "The proxy does not let the request through"),
        (httpx2.RemoteProtocolError("Server disconnected"), "broke off after 0 bytes"),
    ],
)
def test_what_the_network_does_is_a_sentence(openrouter: OpenRouter, fault: Exception, words: str) -> None:
    with failing(openrouter, fault) as client, pytest.raises(UpstreamError, match=words) as caught:
        client.get(Asked("x", openrouter.site.models, 10), heard)
    assert str(fault) == "x" or str(fault) not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("ALL_PROXY", "socks5://me:hunter2@localhost:1", "proxy"),
        ("HTTPS_PROXY", "foo:hunter2", "proxy"),
        ("HTTPS_PROXY", "ftp://me:hunter2@localhost", "proxy"),
        ("SSL_CERT_FILE", "/hunter2/none.pem", "certificates"),
    ],
)
@pytest.mark.usefixtures("no_proxy")
def test_a_setting_that_can_not_be_used_is_a_sentence_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UpstreamError, match=words) as caught:
        Client()
    assert variable in str(caught.value)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


def test_a_bug_is_not_dressed_up(openrouter: OpenRouter) -> None:
    with failing(openrouter, ZeroDivisionError("x")) as client, pytest.raises(ZeroDivisionError):
        client.get(Asked("x", openrouter.site.models, 10), heard)


# --- cancel


def cancelled_when(ready: Callable[[], bool]) -> Callable[[int, int | None], None]:
    def received(_got: int, _total: int | None) -> None:
        if ready():
            raise Cancelled

    return received


def test_cancel_does_not_wait_for_a_silent_server(openrouter: OpenRouter) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def silent(_request: Request) -> Response:
        asked.set()
        assert go_on.wait(30)
        return Response(BODY)

    openrouter.serve(PATH, silent)
    try:
        with openrouter.connect() as client, pytest.raises(Cancelled):
            client.get(Asked("x", openrouter.site.models, 10**6), cancelled_when(asked.is_set))
        assert not go_on.is_set()
    finally:
        go_on.set()


def test_cancel_in_the_middle_of_a_body(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, lambda _request: Response(b"x" * 65_536 for _ in range(1000)))

    def received(got: int, _total: int | None) -> None:
        if got:
            raise Cancelled

    with openrouter.connect() as client, pytest.raises(Cancelled):
        client.get(Asked("x", openrouter.site.models, 10**9), received)


def test_cancel_in_a_pause(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, Response(b"", 503, headers={"Retry-After": "100"}))
    clock = openrouter.clock
    with openrouter.connect() as client, pytest.raises(Cancelled):
        client.get(Asked("x", openrouter.site.models, 10), cancelled_when(lambda: clock.slept > 5))
    assert clock.slept < 6
    assert len(openrouter.asked) == 1


def test_a_body_that_drips_for_ever_is_given_up(openrouter: OpenRouter) -> None:
    go_on = threading.Event()

    def silent(_request: Request) -> Response:
        assert go_on.wait(30)
        return Response(BODY)

    openrouter.serve(PATH, silent)

    def received(_got: int, _total: int | None) -> None:
        openrouter.clock.slept += 100

    try:
        with openrouter.connect() as client, pytest.raises(UpstreamError, match="takes too long"):
            client.get(Asked("x", openrouter.site.models, 10**6), received)
    finally:
        go_on.set()


# --- the published limits


def test_thirty_requests_a_minute_with_a_key_and_no_more(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, BODY)
    for _ in range(30):
        get(openrouter, key=KEY)
    assert openrouter.clock.slept == 0
    get(openrouter, key=KEY)
    assert openrouter.clock.slept == pytest.approx(60)


def test_requests_without_a_key_have_no_such_limit(openrouter: OpenRouter) -> None:
    openrouter.serve(PATH, BODY)
    for _ in range(40):
        get(openrouter)
    assert openrouter.clock.slept == 0


def test_five_hundred_a_day_and_then_a_sentence() -> None:
    quota = Quota()
    now = 0.0
    for _ in range(500):
        now += quota.wait(now, "x")
        quota.count(now)
    with pytest.raises(UpstreamError, match=r"The 500 requests a day .* are used up\. Try again tomorrow\."):
        quota.wait(now, "x")
    assert quota.wait(86_400.0, "x") == 0


# --- secrets and trust


def test_the_key_is_in_no_error_and_no_log(openrouter: OpenRouter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for status in (200, 302, 400, 401, 403, 429, 500):
        openrouter.serve(PATH, Response(b"<p>", status, headers={"Location": "http://e.example/"}))
        with pytest.raises(UpstreamError) as caught:
            get(openrouter, key=KEY)
        said = [str(caught.value), repr(caught.value), *traceback.format_exception(caught.value)]
        assert not any(SECRET in text for text in said)
    assert caplog.records
    assert not any(SECRET in record.getMessage() for record in caplog.records)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    x509 = pytest.importorskip("cryptography.x509", reason="certificates are made with cryptography")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.mark.usefixtures("no_proxy")
def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with HTTPServer("127.0.0.1", 0, ssl_context=context) as server:
        server.expect_request("/x").respond_with_data(BODY)
        base = f"https://127.0.0.1:{server.port}"
        site, asked = Site(base, frozenset({base})), Asked("x", f"{base}/x", 100, key=KEY)
        with Client(site, Hands()) as client, pytest.raises(UpstreamError) as caught:
            client.get(asked, heard)
        assert caught.value.kind is Kind.INSECURE
        assert "can't prove that it is 127.0.0.1" in str(caught.value)
        assert server.log == [], "not even the request was sent"
        with Client(site, Hands(), trusted=ssl.create_default_context(cafile=str(certificate))) as client:
            assert client.get(asked, heard).raw == BODY, "the server itself is sound"
