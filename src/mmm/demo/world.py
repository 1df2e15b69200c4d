"""Builds the demo world through the same services that people use, with the clock turned back.

The same people, words and relative dates each time; only identifiers and keys differ.
"""

import datetime as dt
from contextlib import AbstractContextManager

from django.utils import timezone

from mmm.accounts import notices
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor, Role, roles_of
from mmm.accounts.models import User
from mmm.consent import services as consent
from mmm.consent import things
from mmm.demo.cast import BY_KEY, CAST, PLACES, REGION, Person
from mmm.foundation import clock
from mmm.region import services as region
from mmm.region.models import Membership, Organisation, Profession, Region
from mmm.stories import services as stories


def build() -> bool:
    """Make the world; False when it is there already. Raises when the content was not loaded."""
    if User.objects.exists():
        return False
    home = Region.objects.get(slug=REGION)
    with _days_ago(150):
        for place in PLACES:
            Organisation.objects.create(
                region=home,
                name=place.name,
                chain_link=place.chain_link,
                kind=place.kind,
                checked_at=clock.now(),
            )
        users = {person.key: _arrive(person) for person in CAST}
        for person in CAST:
            if person.staff:
                region.appoint(None, user_id=users[person.key].id, role=person.staff, region=home)
    for person in CAST:
        _join(person, users)
    for days, person in ((95, BY_KEY["nadia"]), (30, BY_KEY["delano"])):
        _write(person, users, days)
    with _days_ago(86):
        _share(
            users, "nadia", "okan", "stories.needs", "keep_work", until=clock.today() + dt.timedelta(days=89)
        )
    with _days_ago(9):
        _share(
            users,
            "nadia",
            "marieke",
            "stories.dreams",
            "find_work",
            until=clock.today() + dt.timedelta(days=91),
        )
        _share(
            users,
            "delano",
            "marieke",
            "stories.dreams",
            "know_me",
            until=clock.today() + dt.timedelta(days=60),
        )
    for days, hour, minute, owner, reader in LOOKS:
        with _days_ago(days, hour, minute):
            consent.read(_member(users[reader]), owner_id=users[owner].id)
    return True


# Days ago, hour, minute, whose story, who read.
LOOKS = (
    (84, 14, 5, "nadia", "okan"),
    (41, 9, 40, "nadia", "okan"),
    (8, 9, 15, "nadia", "marieke"),
    (8, 11, 20, "delano", "marieke"),
    (3, 16, 10, "nadia", "marieke"),
    (1, 9, 30, "nadia", "okan"),
)


def _days_ago(days: int, hour: int = 10, minute: int = 0) -> AbstractContextManager[None]:
    """The clock at that time of day (Europe/Amsterdam), so many days ago: whenever the demo is made."""
    now = timezone.localtime(clock.now())
    then = (now - dt.timedelta(days=days)).replace(hour=hour, minute=minute, second=0)
    return clock.moved(then - now)


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
            region.confirm_membership(_staff(users["fatima"]), membership=membership)


def _write(person: Person, users: dict[str, User], days: int) -> None:
    actor = Actor(users[person.key])
    for step, (place, content) in enumerate(person.answers.items()):
        kind, question = place.split(".")
        with _days_ago(days - step, 19, 32):
            stories.save_answer(actor, kind=kind, question=question, content=content, version=0)


def _share(
    users: dict[str, User], owner: str, reader: str, kind: str, purpose: str, *, until: dt.date
) -> None:
    actor = Actor(users[owner])
    chosen = [thing for thing in things.of(actor.id) if thing.kind == kind]
    draft = consent.begin(actor, chosen=chosen)
    membership = Membership.objects.get(user=users[reader])
    consent.choose(actor, draft_id=draft.id, membership=membership.id, purpose=purpose, words="", until=until)
    consent.share(actor, draft_id=draft.id)


def _member(user: User) -> Actor:
    return Actor(user, _role(user, "member"))


def _staff(user: User) -> Actor:
    return Actor(user, _role(user, "staff"))


def _role(user: User, kind: str) -> Role:
    return next(role for role in roles_of(user) if role.kind == kind)
