"""Builds the demo world through the same services that people use, with the clock turned back.

The same people, words and relative dates each time; only identifiers and keys differ.
"""

import datetime as dt
from contextlib import AbstractContextManager

from django.utils import timezone

from mmm.accounts import notices
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor, Role, roles_of
from mmm.accounts.factors import paper, totp
from mmm.accounts.models import User
from mmm.consent import services as consent
from mmm.consent import things
from mmm.consent.letters import services as letters
from mmm.demo.cast import (
    APP_OF,
    APP_SECRET,
    CAST,
    GIVEN,
    HOMES,
    LETTERS,
    LOOKS,
    SHARES,
    GivenStory,
    Home,
    Letter,
    Person,
    Share,
)
from mmm.foundation import clock
from mmm.region import contacts, opening
from mmm.region import services as region
from mmm.region.models import Membership, Organisation, Profession, Region
from mmm.stories import services as stories
from mmm.stories.offers import editing
from mmm.stories.offers import services as offers
from mmm.stories.offers.words import Words


def build() -> bool:
    """Make the world; False when it is there already. Raises when the content was not loaded."""
    if User.objects.exists():
        return False
    with _days_ago(150):
        for home in HOMES:
            _settle(home)
        users = {person.key: _arrive(person) for person in CAST}
        for person in CAST:
            if person.staff:
                home_of = Region.objects.get(slug=person.staff.region)
                region.appoint(None, user_id=users[person.key].id, role=person.staff.role, region=home_of)
    for person in CAST:
        _join(person, users)
        _write(person, users)
    for home in HOMES:
        _open(home, users)
    totp.set_up(users[APP_OF], APP_SECRET, totp.code_now(APP_SECRET))
    paper.make(users[APP_OF])
    for share in SHARES:
        _share(share, users)
    for letter in LETTERS:
        _send(letter, users)
    for given in GIVEN:
        _give(given, users)
    for look in LOOKS:
        with _days_ago(look.days, look.at):
            consent.read(_acting(users[look.reader], "member"), owner_id=users[look.owner].id)
    return True


def _days_ago(days: int, at: dt.time = dt.time(10)) -> AbstractContextManager[None]:
    """The clock at that time of day (Europe/Amsterdam), so many days ago: whenever the demo is made."""
    now = timezone.localtime(clock.now())
    then = (now - dt.timedelta(days=days)).replace(hour=at.hour, minute=at.minute, second=0)
    return clock.moved(then - now)


def _settle(home: Home) -> None:
    for place in home.places:
        Organisation.objects.create(
            region=Region.objects.get(slug=home.slug),
            name=place.name,
            chain_link=place.chain_link,
            kind=place.kind,
            checked_at=clock.now() if place.checked else None,
        )


def _arrive(person: Person) -> User:
    user = accounts.sign_up(address=person.address, name=person.name, language="nl")
    # Whatever the hour is at which somebody looks at the demo: its post comes at once.
    notices.choose(Actor(user), ways={}, quiet_from=0, quiet_until=0, paused=False)
    return user


def _join(person: Person, users: dict[str, User]) -> None:
    if person.work is None:
        return
    with _days_ago(140 if person.work.confirmed else 2):
        actor = Actor(users[person.key])
        organisation = Organisation.objects.get(name=person.work.organisation)
        profession = Profession.objects.get(nr=person.work.profession) if person.work.profession else None
        membership = region.request_membership(
            actor, organisation=organisation, profession=profession, name=person.name
        )
        region.accept_secrecy(actor, membership=membership)
        region.choose_listed(actor, membership=membership, listed=person.work.listed)
        if person.work.confirmed:
            coordinator = next(home.coordinator for home in HOMES if home.slug == organisation.region.slug)
            region.confirm_membership(_acting(users[coordinator], "staff"), membership=membership)


def _open(home: Home, users: dict[str, User]) -> None:
    """The region opens: numbers and hours, three words of somebody, a question and a second yes."""
    with _days_ago(138):
        lead, deputy = _acting(users[home.coordinator], "staff"), _acting(users[home.deputy], "staff")
        for key in home.listeners:
            here = Region.objects.get(slug=home.slug)
            region.appoint(lead, user_id=users[key].id, role="listener", region=here)
        for contact in home.contacts:
            contacts.put(lead, source="voorbeeld", **contact)
        contacts.set_hours(lead, hours={day: (dt.time(9), dt.time(17)) for day in range(5)})
        for item in ("fallback_agreed", "numbers_called", "guide_read"):
            opening.promise(lead, item=item)
        opening.ask(lead)
        opening.confirm(deputy)


def _write(person: Person, users: dict[str, User]) -> None:
    actor = Actor(users[person.key])
    for step, (place, content) in enumerate(person.answers.items()):
        kind, question = place.split(".")
        with _days_ago(person.written - step, dt.time(19, 32)):
            stories.save_answer(actor, kind=kind, question=question, content=content, version=0)


def _share(share: Share, users: dict[str, User]) -> None:
    actor = Actor(users[share.owner])
    until = clock.today() + dt.timedelta(days=share.until)
    with _days_ago(share.days):
        draft = consent.begin(actor, chosen=[t for t in things.of(actor.id) if t.kind in share.things])
        membership = Membership.objects.get(user=users[share.reader])
        consent.choose(
            actor,
            draft_id=draft.id,
            membership=membership.id,
            purpose=share.purpose,
            words=share.words,
            until=until,
        )
        consent.share(actor, draft_id=draft.id)


def _send(letter: Letter, users: dict[str, User]) -> None:
    actor = Actor(users[letter.owner])
    with _days_ago(letter.days):
        draft = consent.begin(actor, chosen=[t for t in things.of(actor.id) if t.kind in letter.things])
        last = clock.today() + dt.timedelta(days=14)
        letters.choose(actor, draft_id=draft.id, employer=False, reader=letter.reader, until=last)
        letters.make(actor, draft_id=draft.id)


def _give(given: GivenStory, users: dict[str, User]) -> None:
    """Somebody passes a story on; an editor of the region works on it."""
    owner, editor = Actor(users[given.owner]), _acting(users[given.editor], "staff")
    with _days_ago(given.days):
        offer = offers.begin(owner, words=Words(text=given.text, name=given.name))
        region_id = Region.objects.get(slug=given.to).id
        offer = offers.send(owner, offer_id=offer.id, region_id=region_id, adult=True)
    with _days_ago(given.days - 1):
        version = editing.read(editor, offer_id=offer.id).version
        words = Words(title=given.title, text=given.edited, name=given.name, note=given.note)
        editing.edit(editor, offer_id=offer.id, words=words, version=version, propose=given.proposed)
        if given.question:
            editing.ask(editor, offer_id=offer.id, words=given.question)


def _acting(user: User, kind: str) -> Actor:
    return Actor(user, _role(user, kind))


def _role(user: User, kind: str) -> Role:
    return next(role for role in roles_of(user) if role.kind == kind)
