"""What wraps every request: its id, and pages that say what went wrong."""

import json
import logging
import re
from io import BytesIO

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, re_path
from django.utils.html import escape

from portal import errors
from portal.logs import JSONFormatter, RequestFilter, request_id
from portal.refusals import Refused

TROUBLES = {
    "refused": (Refused("Too late."), 409),
    "unseen": (Http404(), 404),
    "forbidden": (PermissionDenied(), 403),
    "bad": (BadRequest(), 400),
    "suspicious": (SuspiciousOperation(), 400),
    "broken": (ZeroDivisionError(), 500),
}


def trouble(request, name):
    raise TROUBLES[name][0]


def echo(request):
    return HttpResponse(f"{request_id.get()} {len(request.POST)}")


urlpatterns = [
    path("trouble/<name>/", trouble),
    path("api/v1/trouble/<name>/", trouble),
    path("echo/", echo),
    path("", include("portal.urls")),
    re_path(r"^(?P<path>.*)$", errors.anything_else),
]
handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def as_in_production(settings, client):
    settings.DEBUG = False
    client.raise_request_exception = False


@pytest.mark.parametrize("name", TROUBLES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_trouble_gets_a_page_that_is_ours(client, name, language):
    client.cookies["django_language"] = language

    page = client.get(f"/trouble/{name}/")

    assert page.status_code == TROUBLES[name][1]
    assert f"{TROUBLES[name][1]}" in page.text
    assert "<h1" in page.text
    assert bool(re.search("[가-힣]{4}", page.text.split("<main")[-1].split("</main")[0])) == (
        language == "ko" or name == "broken"
    )
    assert "Traceback" not in page.text


@pytest.mark.parametrize("name", TROUBLES)
def test_programs_get_trouble_as_json(client, name):
    answer = client.get(f"/api/v1/trouble/{name}/")

    assert answer.status_code == TROUBLES[name][1]
    assert answer.json()["detail"]


def test_a_refusal_says_why(client):
    assert "Too late." in client.get("/trouble/refused/").text
    assert client.get("/api/v1/trouble/refused/").json() == {"detail": "Too late."}


def test_a_refusal_does_not_trust_its_words(client, monkeypatch):
    monkeypatch.setitem(TROUBLES, "refused", (Refused("<script>alert(1)</script>"), 409))

    assert "<script>alert" not in client.get("/trouble/refused/").text


@pytest.mark.parametrize("address", ["/nowhere/", "/nowhere", "/proposals/999999999999999999999/"])
def test_an_address_that_leads_nowhere_gets_our_page(client, address):
    page = client.get(address)

    assert page.status_code == 404
    assert "/help/" in page.text


def test_a_program_that_goes_astray_gets_json(client):
    assert client.get("/api/v1/nowhere/").json() == {"detail": "There is no page at this address"}


def test_an_id_is_made_where_none_was_sent(client):
    first, second = (client.get("/echo/") for _ in range(2))

    assert re.fullmatch("[0-9a-f]{16}", first["X-Request-ID"])
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert first.text.startswith(first["X-Request-ID"])


def test_the_id_of_the_proxy_is_taken(client):
    answer = client.get("/echo/", headers={"X-Request-ID": "proxy-0123456789"})

    assert answer["X-Request-ID"] == "proxy-0123456789"
    assert answer.text.startswith("proxy-0123456789")


@pytest.mark.parametrize("unsound", ["short", "x" * 65, "<script>alert(1)</script>", "a b c d e"])
def test_an_unsound_id_is_replaced(client, unsound):
    answer = client.get("/echo/", headers={"X-Request-ID": unsound})

    assert re.fullmatch("[0-9a-f]{16}", answer["X-Request-ID"])


@pytest.mark.parametrize("name", ["refused", "unseen", "bad", "broken"])
def test_the_id_is_on_the_page_of_trouble(client, name):
    page = client.get(f"/trouble/{name}/", headers={"X-Request-ID": "proxy-0123456789"})

    assert "proxy-0123456789" in page.text


def test_a_program_is_told_by_which_id_to_ask_about_an_error(client):
    answer = client.get("/api/v1/trouble/broken/", headers={"X-Request-ID": "proxy-0123456789"})

    assert answer.json()["request"] == "proxy-0123456789"


@pytest.mark.parametrize("name", ["unseen", "broken"])
def test_the_id_is_in_the_log(client, name):
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(self.format(record)))

    handler = Keep()
    handler.addFilter(RequestFilter())
    handler.setFormatter(JSONFormatter())
    logging.getLogger("django.request").addHandler(handler)
    try:
        client.get(f"/trouble/{name}/", headers={"X-Request-ID": "proxy-0123456789"})
    finally:
        logging.getLogger("django.request").removeHandler(handler)

    assert {line["request"] for line in lines} == {"proxy-0123456789"}
    assert ("ZeroDivisionError" in lines[0].get("error", "")) == (name == "broken")


def test_a_log_line_is_one_object_in_one_line_with_the_time_of_greenwich():
    record = logging.LogRecord("portal", logging.INFO, __file__, 1, "두 줄\n%s", ("끝",), None)
    record.created, record.msecs = 0.0, 0.0

    line = JSONFormatter().format(record)

    assert "\n" not in line
    assert json.loads(line)["message"] == "두 줄\n끝"
    assert json.loads(line)["at"] == "1970-01-01T00:00:00.000Z"


@pytest.mark.parametrize("forms", [False, True])
@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100, DATA_UPLOAD_MAX_NUMBER_FIELDS=5)
@pytest.mark.parametrize("body", [{"long": "x" * 200}, {f"f{n}": "" for n in range(9)}])
def test_too_large_a_form_gets_a_page_that_says_so(body, forms):
    client = Client(enforce_csrf_checks=forms, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32

    page = client.post("/echo/", body, headers={"Accept-Language": "en"})

    assert page.status_code == 413
    assert "<h1" in page.text


@pytest.mark.parametrize(
    ("language", "todo", "typed"),
    [
        ("en", "Give the file a shorter name", "go back in your browser"),
        ("ko", "파일 이름을 줄여", "브라우저에서 뒤로"),
    ],
)
def test_a_file_with_a_name_too_long_to_be_read_gets_a_page_that_says_what_to_do(
    ana, language, todo, typed
):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    client.cookies["django_language"] = language
    client.force_login(ana)
    file = BytesIO(b"%PDF-1.7")
    file.name = "가" * 420 + ".pdf"
    sent = {"csrfmiddlewaretoken": "a" * 32, "title": "A title", "file": file}

    page = client.post("/echo/", sent)
    told = client.post("/api/v1/comments/", sent, headers={"X-CSRFToken": "a" * 32})

    assert (page.status_code, told.status_code) == (400, 400)
    assert todo in page.text
    assert typed in page.text
    assert todo in told.json()["detail"]


def test_a_form_without_its_token_gets_a_page_that_says_what_to_do(ana):
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    client.force_login(ana)

    page = client.post("/me/profile/", {"name": "x"})

    assert page.status_code == 403
    assert "This form has been open for too long" in page.text
    assert "You may not open this page" not in page.text


def test_a_forged_host_gets_a_page_and_no_trace(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    page = client.get("/help/", headers={"Host": "evil.example"})

    assert page.status_code == 400
    assert "evil.example" not in page.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_method_that_a_page_does_not_take_is_refused(client, method):
    page = getattr(client, method)("/help/")

    assert page.status_code == 405
    assert "<h1" in page.text
    assert page["Allow"] == "GET"


WORDS = "오래 쓴 글입니다.\n둘째 줄도 <b>있습니다</b> 😀"


@pytest.fixture
def visitor():
    """A browser that keeps the rules of tokens and says which page of ours it comes from."""
    return Client(
        enforce_csrf_checks=True, HTTP_ORIGIN="http://testserver", HTTP_ACCEPT="text/html"
    )


def send(visitor, *, token=True, path="/problems/new/", **fields):
    """Send a form with words, written while signed out."""
    visitor.get("/accounts/login/")
    key = visitor.cookies["csrftoken"].value if token else "over"
    return visitor.post(path, {"text": WORDS, "csrfmiddlewaretoken": key, **fields})


@pytest.mark.parametrize("token", [True, False], ids=["signed out", "the token is over"])
def test_words_that_came_too_late_are_given_back_to_be_sent_again(visitor, token):
    plan = SimpleUploadedFile("도면.pdf", b"%PDF-1.7")

    response = send(visitor, token=token, photo=plan)

    assert response.status_code == 403
    assert f'name="text" value="{escape(WORDS)}"' in response.text
    assert "도면.pdf" in response.text
    assert ("/accounts/login/?next=/problems/new/" in response.text) is token


@pytest.mark.parametrize("name", ["refused", "unseen", "forbidden", "bad"])
def test_words_that_were_not_taken_stand_on_the_page_that_says_so(visitor, name):
    response = send(visitor, path=f"/trouble/{name}/")

    assert response.status_code == TROUBLES[name][1]
    assert escape("둘째 줄도 <b>있습니다</b> 😀") in response.text


@pytest.mark.parametrize(
    ("origin", "path", "text"),
    [
        ("http://elsewhere", "/problems/new/", WORDS),
        ("http://testserver", "/accounts/reauthenticate/", WORDS),
        ("http://testserver", "/problems/new/", "짧음"),
    ],
    ids=["another site sent it", "a password may be in it", "there is nothing to read"],
)
def test_nothing_is_given_back(visitor, origin, path, text):
    visitor.defaults["HTTP_ORIGIN"] = origin

    response = send(visitor, token=False, path=path, text=text)

    assert response.status_code == 403
    assert 'name="text"' not in response.text
