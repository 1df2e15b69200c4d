"""A fixed cast, made through the services that people use. Names are invented."""

import datetime as dt
import json
import re
import uuid
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from mmm.accounts import addresses, fresh
from mmm.accounts import services as accounts
from mmm.accounts.actors import SELF, SESSION_ROLE, Actor, roles_of
from mmm.accounts.codes import Place
from mmm.accounts.factors import paper, step, totp
from mmm.accounts.models import Notice, User
from mmm.consent import services as consent
from mmm.consent import things
from mmm.consent.models import Grant
from mmm.foundation import clock
from mmm.foundation.tasks import outbox
from mmm.region import services as region
from mmm.region.models import Membership, Organisation, Profession, Region
from mmm.stories import services as stories
from tests.openings import opened

HOME = "holland-rijnland"
ELSEWHERE = "twente"
JOB_COACH, CASE_MANAGER, PEER_EXPERT = 15, 21, 12


def person(name: str = "Sam") -> Actor:
    """Somebody with an account, here as themselves."""
    address = f"{name.lower().replace(' ', '.')}.{uuid.uuid4().hex[:6]}@voorbeeld.example"
    return Actor(accounts.sign_up(address=address, name=name, language="nl"))


def worker(name: str = "Sam") -> Actor:
    """A person with one answer in each part of the story."""
    sam = person(name)
    write(sam, "dreams", "work", "Ik wil met planten werken.")
    write(sam, "needs", "words", "Een rustige plek.")
    write(sam, "story", "path", "Ik werkte elf jaar bij een tandarts.")
    return sam


def organisation(
    name: str = "Werkpunt",
    *,
    chain_link: str = "work",
    kind: str = "service",
    at: str = HOME,
    checked: bool = True,
) -> Organisation:
    """An organisation, `checked`, in a region that is open; the same one when it is there."""
    place = opened(Region.objects.get(slug=at))
    found, _made = Organisation.objects.get_or_create(
        region=place,
        name=name,
        defaults={"chain_link": chain_link, "kind": kind, "checked_at": timezone.now() if checked else None},
    )
    return found


def member(actor: Actor, at: Organisation, *, profession: int | None = JOB_COACH) -> Actor:
    """`actor` in a confirmed, listed membership of that organisation."""
    membership = region.request_membership(
        actor,
        organisation=at,
        profession=Profession.objects.get(nr=profession) if profession else None,
        name=actor.user.name,
    )
    region.accept_secrecy(actor, membership=membership)
    region.choose_listed(actor, membership=membership, listed=True)
    region.confirm_membership(coordinator(at=at.region.slug), membership=membership)
    key = f"member:{membership.id.hex}"
    return Actor(actor.user, next(role for role in roles_of(actor.user) if role.key == key))


def professional(name: str = "Marieke de Wit") -> Actor:
    """A job coach whom people can find and choose."""
    return member(person(name), organisation())


def income_professional(name: str = "Ruud Hoekstra") -> Actor:
    """A case manager, who works where benefits are decided."""
    return member(person(name), organisation("Loket", chain_link="income"), profession=CASE_MANAGER)


def employer(name: str = "Anja Zwart") -> Actor:
    """Somebody who works at an employer."""
    return member(person(name), organisation("Bakkerij", kind="employer"), profession=None)


def staff(role: str, *, at: str = HOME, name: str = "Fatima el Amrani") -> Actor:
    """Somebody with a task for a region."""
    actor = person(name)
    region.appoint(None, user_id=actor.id, role=role, region=Region.objects.get(slug=at))
    return Actor(actor.user, next(role for role in roles_of(actor.user) if role.kind == "staff"))


def coordinator(*, at: str = HOME) -> Actor:
    """The coordinator of a region."""
    return staff("coordinator", at=at)


def write(actor: Actor, kind: str, question: str, text: str, *, version: int = 0) -> stories.Saved:
    """The person writes an answer."""
    return stories.save_answer(actor, kind=kind, question=question, content={"text": text}, version=version)


def notices_of(actor: Actor) -> list[Notice]:
    """What this person was told."""
    return list(Notice.objects.filter(user_id=actor.id))


def today() -> dt.date:
    """The day on which the test runs, whatever the house's clock was moved to."""
    return timezone.localdate()


def at_noon() -> AbstractContextManager[None]:
    """The house's clock at the next noon: the quiet hours of everybody are over."""
    now = timezone.localtime()
    noon = now.replace(hour=12, minute=0, second=0) + dt.timedelta(days=now.hour >= 12)
    return clock.moved(noon - now)


def share(
    actor: Actor,
    reader: Actor,
    *kinds: str,
    days: int = 90,
    knows_income: bool = False,
    knows_unchecked: bool = False,
) -> list[Grant]:
    """The person shares parts ("dreams", ...) with the reader in the membership the reader is here with."""
    wanted = {f"stories.{kind}" for kind in kinds or ("dreams",)}
    draft = consent.begin(actor, chosen=[thing for thing in things.of(actor.id) if thing.kind in wanted])
    consent.choose(
        actor,
        draft_id=draft.id,
        membership=reader.role.membership_id,
        purpose="find_work",
        words="Om samen te zoeken.",
        until=today() + dt.timedelta(days=days),
        knows_income=knows_income,
        knows_unchecked=knows_unchecked,
    )
    return consent.share(actor, draft_id=draft.id)


def leave(actor: Actor) -> None:
    """The member leaves the organisation."""
    membership = Membership.objects.select_related("organisation").get(id=actor.role.membership_id)
    region.leave(Actor(actor.user), membership=membership)


def move_address(actor: Actor, new: str, *, spare: bool = False) -> str:
    """`actor` proves a new address; returns what the link in the mail to the old one carries."""
    addresses.ask(actor, new=new, spare=spare)
    mail = next(each for each in outbox.recent(100) if each.to == new)
    code = re.findall(r"^[0-9 ]+$", mail.body, re.MULTILINE)[0]
    assert addresses.prove(actor, code, place=Place("192.0.2.0/24"), browser="mine").right
    link = next(
        re.search(r"/stop/([\w-]+)/", each.body) for each in outbox.recent(100) if "/stop/" in each.body
    )
    assert link
    return link[1]


def with_app(actor: Actor) -> str:
    """`actor` gets a code app and codes on paper; returns the app's secret."""
    secret = totp.new_secret()
    with clock.moved(-dt.timedelta(minutes=2)):  # so that the code of now was not used yet
        assert totp.set_up(actor.user, secret, totp.code_now(secret))
    paper.make(actor.user)
    return secret


# A passkey as Chromium's virtual authenticator makes it; its private key is nowhere.
CREDENTIAL = json.loads((Path(__file__).parent / "passkey.json").read_text())


PASSWORD = "paarse fiets zonder bel"


def with_password(actor: Actor) -> None:
    """`actor` gets a password beside the code app."""
    actor.user.set_password(PASSWORD)
    actor.user.save()


def with_key(actor: Actor, name: str = "mijn telefoon") -> str:
    """`actor` gets a passkey that nobody can use; returns its number."""
    row = Authenticator.objects.create(
        user=actor.user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": CREDENTIAL},
        created_at=clock.now(),
    )
    return str(row.id)


def next_paper_code(user: User) -> str:
    """The first code on this person's paper that was not used yet."""
    sheet = Authenticator.objects.get(user_id=user.id, type=Authenticator.Type.RECOVERY_CODES)
    return str(sheet.wrap().get_unused_codes()[0])


def client_of(actor: Actor | None, *, just_signed_in: bool = True, second_step: bool = True) -> Client:
    """A browser in which this actor is signed in, in this role; anonymous for None.

    Who is here for work did the second step, unless said otherwise.
    """
    client = Client()
    if actor is None:
        return client
    client.force_login(actor.user)
    session = client.session
    session[SESSION_ROLE] = actor.role.key or SELF.key
    if second_step and not actor.is_self:
        session[step.SESSION_STEP] = "app"
    if just_signed_in:
        session[fresh.SESSION_SIGNED_IN] = timezone.now().isoformat()
    session.save()
    return client


def post(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> HttpResponse:
    """Post a form once, with a new once-key."""
    answer: HttpResponse = client.post(url, {"once": uuid.uuid4().hex, **(data or {})}, **extra)
    return answer
