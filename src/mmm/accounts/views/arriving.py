"""What follows when somebody proved by a code on paper who they are."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mmm.accounts import browser, services
from mmm.accounts.actors import Actor, home_of, roles_of
from mmm.accounts.views.targets import after, in_own_language


def arrive(
    request: HttpRequest,
    *,
    who: Actor,
    shared: bool,
    place: str = "",
    device: str = "",
    words: str = "",
    target: str = "",
    tell: bool = True,
) -> HttpResponse:
    """Sign this browser in and go on: to `place`, to the choice of a role, or home.

    `device`: what this browser is known by at the next try, unless others use it, too. `words`: what was
    typed when a session lapsed, for the page `target`. `tell`: unless the browser is known, the person hears
    that somebody signed in; not of an account that was made just now.
    """
    known = browser.place_of(request, device).device is not None
    answer = services.sign_in(request, user=who.user, shared=shared)
    browser.remember_shared(answer, shared=shared)
    if request.user != who.user:  # a further stage of signing in comes first
        return answer
    if tell and not known:
        services.tell_new_device(who.user)
    if not place:
        roles = roles_of(who.user)
        place = home_of("self") if len(roles) == 1 else reverse("accounts:role")
    response = after(request, words, target, in_own_language(request, who.user.language, place))
    browser.clear_challenge(response)
    browser.remember_shared(response, shared=shared)
    if device and not shared:
        browser.set_device(response, device)
    return response
