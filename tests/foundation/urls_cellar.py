"""Small pages for the tests of once, middleware, public and health."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth import get_user_model, login, logout
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import get_language

from mmm.foundation import health, ids, once
from mmm.foundation.public import public_page
from mmm.foundation.tasks.models import Task

FORM = engines["django"].from_string(
    "{% load once %}<form method='post'>{% csrf_token %}{% once %}{{ words|default_if_none:'' }}</form>"
)
made = 0


def effect() -> str:
    """Something that can be counted: a row."""
    name = ids.new().hex
    Task.objects.create(name="effect", key=name)
    return name


def _page(request: HttpRequest, words: str = "", status: int = 200) -> TemplateResponse:
    return TemplateResponse(request, FORM, {"words": words}, status=status)  # type: ignore[arg-type]


@once.form("story")
def story(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request)
    made_now = effect()
    if request.POST.get("words") == "too long":
        return _page(request, request.POST["words"], status=422)
    return HttpResponseRedirect(f"/told/{made_now}/")


@once.form()
def autosave(request: HttpRequest) -> HttpResponse:
    version = effect()
    if request.POST.get("words") == "refused":
        return JsonResponse({"error": "refused"}, status=422)
    return once.done(JsonResponse({"version": version}))


@once.form()
def rendered(request: HttpRequest) -> HttpResponseBase:
    effect()
    return _page(request).render()


@once.form()
def unmarked(request: HttpRequest) -> HttpResponse:
    effect()
    return HttpResponse("saved")


@once.form("sign-in")
def sign_in(request: HttpRequest) -> HttpResponse:
    effect()
    user = get_user_model().objects.get()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["seen"] = "yes"
    return HttpResponseRedirect("/")


@once.form()
def sign_out(request: HttpRequest) -> HttpResponse:
    effect()
    logout(request)
    return HttpResponseRedirect("/")


def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user.pk))


@public_page
def about(request: HttpRequest) -> HttpResponse:
    global made
    made += 1
    request.session.get("looked at")
    response = HttpResponse(f"{get_language()} {made}", status=int(request.headers.get("X-Status", "200")))
    if "X-Cookie" in request.headers:
        response.set_cookie("taste", "salt")
    if "X-Session" in request.headers:
        request.session["taste"] = "salt"
    return response


@public_page
def public_form(request: HttpRequest) -> HttpResponseBase:
    return _page(request)


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("what somebody wrote")


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def malformed(request: HttpRequest) -> HttpResponse:
    raise BadRequest


urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("story/", story),
    path("autosave/", autosave),
    path("rendered/", rendered),
    path("unmarked/", unmarked),
    path("sign-in/", sign_in),
    path("sign-out/", sign_out),
    path("who/", who),
    path("broken/", broken),
    path("refused/", refused),
    path("malformed/", malformed),
    *i18n_patterns(path("about/", about), path("public-form/", public_form), prefix_default_language=False),
]
handler400 = "django.views.defaults.bad_request"
handler403 = "django.views.defaults.permission_denied"
handler404 = "django.views.defaults.page_not_found"
handler500 = "django.views.defaults.server_error"
