"""Signing in by a way that is a second step as well: a passkey, or a password and a code."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from mmm.accounts import browser, services
from mmm.accounts.actors import home_of, roles_of
from mmm.accounts.factors import step
from mmm.accounts.models import User
from mmm.accounts.views.targets import in_own_language


def enter(
    request: HttpRequest, user: User, *, address: str, shared: bool, how: step.How, goal: str
) -> HttpResponse:
    """Sign somebody in who proved a second step; then the goal, or choosing a role first."""
    known = browser.place_of(request, address).device is not None
    answer = services.sign_in(request, user=user, address=address, shared=shared)
    browser.remember_shared(answer, shared=shared)
    if request.user != user:  # somebody who waits to be erased is asked first
        return answer
    step.mark(request, how)
    if not known:
        services.tell_new_device(user)
    goal = in_own_language(request, user.language, goal) if goal else ""
    place = goal or home_of("self")
    if len(roles_of(user)) > 1:
        place = f"{reverse('accounts:role')}?{urlencode({'next': goal})}"
    response = HttpResponseRedirect(in_own_language(request, user.language, place))
    browser.clear_challenge(response)
    browser.remember_shared(response, shared=shared)
    if not shared:
        browser.set_device(response, address)
    return response
