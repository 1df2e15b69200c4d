"""Pages of consent, where they could go against what somebody meant."""

import datetime as dt

import pytest

from mmm.consent import selectors, services, things
from mmm.consent.models import Draft, Grant
from tests import cast

pytestmark = pytest.mark.django_db


def ready_to_share(sam, marieke) -> Draft:
    draft = services.begin(sam, chosen=things.of(sam.id))
    until = cast.today() + dt.timedelta(days=9)
    services.choose(
        sam,
        draft_id=draft.id,
        membership=marieke.role.membership_id,
        purpose="know_me",
        words="",
        until=until,
    )
    return draft


def test_a_choice_that_another_tab_changed_is_shown_again_and_not_shared():
    sam, marieke, joost = cast.worker(), cast.professional(), cast.professional("Joost")
    draft, browser = ready_to_share(sam, marieke), cast.client_of(sam)
    address = f"/delen/{draft.id.hex}/bekijk/"
    seen = browser.get(address).context["choices"].version
    services.choose(sam, draft_id=draft.id, membership=joost.role.membership_id)
    answer = cast.post(browser, address, {"version": seen})
    assert answer.status_code == 422
    assert "Deel dit met Joost" in answer.content.decode()
    assert not Grant.objects.exists()
    assert cast.post(browser, address, {"version": answer.context["choices"].version}).status_code == 302
    assert [sharer.owner_id for sharer in selectors.shared_with(joost)] == [sam.id]


@pytest.mark.parametrize("number", ["9" * 6, "9" * 30, "9" * 5000, "²", "-1", "x", ""])
def test_any_page_number_of_the_look_log_is_answered(number):
    answer = cast.client_of(cast.worker()).get("/wie-las-wat/", {"bladzijde": number})
    assert answer.status_code == 200
