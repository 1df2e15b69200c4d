"""Everybody and everything the role table speaks of, made through the services that people use."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connections, transaction
from django.http import SimpleCookie
from django.test import Client
from django.utils import timezone

from mmm.accounts import blocks as person_blocks
from mmm.accounts import farewells, middleware, pause, recovery
from mmm.accounts import letters as entry
from mmm.accounts import services as accounts
from mmm.accounts.actors import Actor
from mmm.accounts.models import User
from mmm.book.answers import services as book
from mmm.book.answers.questions import of_chapter
from mmm.book.exports import shelf
from mmm.book.models import ExerciseAnswer
from mmm.consent import services as consent
from mmm.consent import things
from mmm.consent.blocks import services as blocks
from mmm.consent.letters import services as letters
from mmm.content.search import calm
from mmm.foundation import audit, clock
from mmm.region import invitations, organisations, policy
from mmm.region import services as region
from mmm.region.models import Profession, StaffRole
from mmm.region.reports import services as reports
from mmm.stories.offers import services as offers
from tests import cast
from tests.stories.offers import giving

DAY = dt.timedelta(days=1)


@dataclass
class World:
    """`actors` by role (None: nobody is signed in), `things` by the name that the table gives them."""

    actors: dict[str, Actor | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Actor:
        actor = self.actors[role]
        assert actor is not None
        return actor

    def enter(self, client: Client, role: str) -> Client:
        """Make `client` the browser of this role, with the cookies of the beginning."""
        client.cookies = SimpleCookie({name: morsel.value for name, morsel in self.cookies[role].items()})
        return client


def made(words: str = "", names: dict[str, str] | None = None) -> World:
    """The whole world. `words` goes into Sam's texts; `names` are what people are called (or their role)."""
    world = World()
    for language in ("nl", "en"):  # the book to take along, as a worker leaves it
        files = {shelf.PDF: b"%PDF-1.7", shelf.EPUB: b"PK"}
        shelf.put(language, "proef", files, pages=64, changed=clock.today())
    actors, thing = world.actors, world.things
    called = names or {}

    def person(role: str) -> Actor:
        return cast.person(called.get(role, role.capitalize()))

    def professional(role: str) -> Actor:
        return cast.member(person(role), cast.organisation())

    actors["anonymous"] = None
    sam = actors["owner"] = person("owner")
    _tell(sam, words)
    actors["owner at work"] = cast.member(sam, cast.organisation("Ervaring"), profession=cast.PEER_EXPERT)
    actors["owner, signed in long ago"] = sam
    noor = actors["other worker"] = person("other worker")
    _tell(noor, "Iets anders.")
    thing["noor's answer"] = answer_exercise(noor, "Iets anders.")
    thing["sam's answer"] = answer_exercise(sam, words)
    marieke = actors["reader"] = professional("reader")
    actors["reader as herself"] = Actor(marieke.user)
    actors["professional"] = professional("professional")
    income = cast.organisation("Loket", chain_link="income")
    actors["income professional"] = cast.member(
        person("income professional"), income, profession=cast.CASE_MANAGER
    )
    bakery = cast.organisation("Bakkerij", kind="employer")
    actors["employer"] = cast.member(person("employer"), bakery, profession=None)
    unchecked = cast.member(person("unchecked"), cast.organisation("Nieuwland", checked=False))
    for role in (
        "reader until taken back",
        "reader until yesterday",
        "reader who left",
        "reader who was blocked",
        "reader who became an employer there",
    ):
        actors[role] = professional(role)
    for role, at in (
        ("coordinator", cast.HOME),
        ("deputy", cast.HOME),
        ("editor", cast.HOME),
        ("listener", cast.HOME),
        ("helper", cast.HOME),
        ("outside", cast.HOME),
        ("coordinator elsewhere", cast.ELSEWHERE),
    ):
        actors[role] = cast.staff(role.split()[0], at=at, name=called.get(role, role.capitalize()))
    actors["professional without second step"] = professional("professional without second step")
    actors["coordinator without second step"] = cast.staff(
        "coordinator", name=called.get("coordinator without second step", "Coordinator zonder")
    )
    cast.with_app(actors["coordinator without second step"])  # has one, and did not use it in this session
    cast.with_password(actors["coordinator without second step"])
    with clock.moved(-DAY):
        cast.with_app(marieke)
        thing["marieke's key"] = cast.with_key(marieke)
    erased = actors["erased"] = person("erased")
    closed = actors["inactive"] = person("inactive")
    waits = actors["who waits to be erased"] = person("who waits to be erased")
    resting = person("resting")
    for actor in (erased, closed, waits, resting):
        _tell(actor, "Weg.")

    invited = invitations.invite(world["coordinator"], role="editor")
    thing["an invitation"] = invited.invitation.id
    thing["an invitation's link"] = uuid.UUID(hex=invited.link.rstrip("/").rsplit("/", 1)[1])
    helper = world["helper"]
    printed = entry.print_letter(helper)
    by_letter = entry.begin(
        printed.letter_id, name=called.get("who came by letter", "Mus"), pin="84719302", language="nl"
    )
    assert by_letter is not None
    actors["who came by letter"] = Actor(by_letter)
    thing["the pin of who came by letter"] = "84719302"
    # The owner of nobody's role: a request for a new way in goes on.
    lost = person("lost")
    recovery.choose_sentence(lost, sentence="De kip van tante An at mee.")
    row = recovery.request(helper)
    assert recovery.tell(helper, row=row, name=lost.user.name, sentence="De kip van tante An at mee.").fits
    thing["a recovery"], thing["a mail's link"] = row.id, recovery.stop_token(row)

    changed = person("moved")
    thing["a link that undoes"] = cast.move_address(changed, "verhuisd@voorbeeld.example")
    second = EmailAddress.objects.create(user=marieke.user, email="thuis@voorbeeld.example", verified=True)
    thing["marieke's second address"] = str(second.id)

    # What stood at a question before is kept after a pause.
    for name, actor in (("sam's earlier text", sam), ("noor's earlier text", noor)):
        with clock.moved(-2 * DAY):
            cast.write(actor, "dreams", "day", "Eerst dit.")
        answer = cast.write(actor, "dreams", "day", "Later dat.", version=1).answer
        assert answer is not None
        thing[name] = answer.earlier.get().id
    thing["sam's grant"] = _share(sam, marieke, "dreams", "story", words=words)
    thing["noor's grant"] = _share(noor, world["professional"], "dreams")
    _share(sam, world["income professional"], "dreams", words=words)
    _share(sam, world["employer"], "needs", words=words)
    thing["sam's grant that he took back"] = _share(sam, world["reader until taken back"], "story")
    consent.revoke(sam, grant_id=thing["sam's grant that he took back"], everything=True)
    with clock.moved(-30 * DAY):
        thing["sam's grant until yesterday"] = _share(sam, world["reader until yesterday"], "story", days=-1)
    thing["sam's grant to who left"] = _share(sam, world["reader who left"], "story")
    cast.leave(world["reader who left"])
    blocked, both = world["reader who was blocked"], world["reader who became an employer there"]
    _share(sam, blocked, "dreams", "story")
    blocks.block(sam, membership_id=blocked.role.membership_id)  # type: ignore[arg-type]
    _share(sam, both, "story")
    cast.member(
        Actor(both.user), cast.organisation("Werkpunt", kind="employer", at=cast.ELSEWHERE), profession=None
    )
    for actor in (erased, closed, waits, resting):
        _share(actor, marieke, "dreams")
    pause.pause(resting)

    thing["sam's draft"] = _draft(sam, world["professional"], words=words)
    thing["sam's draft to an unchecked reader"] = _draft(sam, unchecked)
    thing["sam's draft to who decides on benefits"] = _draft(
        sam, world["income professional"], kinds=("dreams", "story")
    )
    thing["noor's draft"] = _draft(noor, world["professional"])
    for name, owner, reader in (("sam's look", sam, marieke), ("noor's look", noor, world["professional"])):
        consent.read(reader, owner_id=owner.id)
        thing[name] = audit.looks_for_owner(owner.vault_id, limit=1)[0].id
    look = {"kind": "lezen", "thing_id": thing["sam's look"], "shown": ["who"]}
    thing["sam's report"] = reports.report(sam, **look, words="Dit klopt niet.").id
    _pass_on(world)
    thing["sam's draft of a letter"] = letter_draft(sam)
    thing["sam's letter"] = letter(sam)
    thing["sam's letter that was opened"] = letter(sam)
    letters.open_once(letter_id=thing["sam's letter that was opened"], mark="somebody")
    thing["noor's letter"] = letter(noor)
    for name, role in (
        ("sam's work", "owner at work"),
        ("marieke's work", "reader"),
        ("work that ended", "reader who left"),
        ("the employer's work", "employer"),
    ):
        thing[name] = world[role].role.membership_id  # type: ignore[assignment]
    newcomer = person("newcomer")
    thing["a request"] = _request(newcomer, at=cast.HOME)
    thing["a request elsewhere"] = _request(newcomer, at=cast.ELSEWHERE)
    thing["the coordinator's own request"] = _request(world["coordinator"], at=cast.HOME)
    for name, at in (("", cast.HOME), (" elsewhere", cast.ELSEWHERE)):
        place = cast.organisation("Werkpunt", at=at)
        thing[f"an organisation{name}"] = place.id
        thing[f"a number{name}"] = place.region.contact_points.get(kind="complaint").id
    closed_place = cast.organisation("Dicht")
    organisations.close(world["coordinator"], organisation=closed_place)
    thing["an organisation that closed"] = closed_place.id
    werkpunt = cast.organisation("Werkpunt")
    werkpunt.contact_id = marieke.role.membership_id
    werkpunt.save()
    for name, role in (
        ("a task", "editor"),
        ("a task elsewhere", "coordinator elsewhere"),
        ("the coordinator's task", "coordinator"),
    ):
        thing[name] = world[role].user.staff_roles.get().id
    thing["a report that nobody in the region may handle"] = _for_outside(world)
    owners = {
        "sam": sam,
        "noor": noor,
        "somebody erased": erased,
        "an account that was closed": closed,
        "who went": waits,
        "somebody in a break": resting,
    }
    thing |= {name: actor.id for name, actor in owners.items()}
    thing |= {"nothing": uuid.uuid4(), "a region": cast.HOME, "no region": "nergens"}

    for role, actor in actors.items():
        world.cookies[role] = browser_of(
            actor, fresh="long ago" not in role, second_step="without second step" not in role
        )
    accounts.erase(erased)
    accounts.erase_now(erased.id, erased.vault_id)
    User.objects.filter(id=closed.id).update(is_active=False)
    farewells.erase_later(waits)
    world.cookies["who waits to be erased"] = _proved(waits)
    return world


@contextmanager
def nothing_stays() -> Iterator[None]:
    """What happens inside is undone in all three databases, so that cells do not disturb each other."""
    calm.forget()  # all roles search from one address
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        try:
            yield
        finally:
            for alias in connections:
                transaction.set_rollback(True, using=alias)


def _tell(actor: Actor, words: str) -> None:
    cast.write(actor, "dreams", "work", f"Ik wil met planten werken. {words}")
    cast.write(actor, "needs", "words", f"Een rustige plek. {words}")
    cast.write(actor, "story", "path", f"Ik werkte elf jaar. {words}")


def answer_exercise(actor: Actor, words: str, *, version: int = 0) -> uuid.UUID:
    """Fills in an exercise of one chapter; the id of the answer."""
    chapter = of_chapter("nl", "goed-naast-elkaar")
    assert chapter
    asked = next(each for each in chapter.exercises if each.kind == "list")
    lines = {each.key: f"De bus. {words}" for each in asked.options[:2]}
    book.keep(actor, chapter=chapter.key, exercise=asked, content={"lines": lines}, version=version)
    return ExerciseAnswer.objects.get(owner=actor.user).id


def _share(owner: Actor, reader: Actor, *kinds: str, days: int = 90, words: str = "") -> uuid.UUID:
    wanted = {f"stories.{kind}" for kind in kinds}
    draft = consent.begin(owner, chosen=[each for each in things.of(owner.id) if each.kind in wanted])
    consent.choose(
        owner,
        draft_id=draft.id,
        membership=reader.role.membership_id,
        purpose="find_work",
        words=f"Om samen te zoeken. {words}",
        until=cast.today() + days * DAY,
    )
    return consent.share(owner, draft_id=draft.id)[0].id


def _draft(
    owner: Actor, reader: Actor, *, words: str = "", kinds: tuple[str, ...] = ("dreams",)
) -> uuid.UUID:
    wanted = {f"stories.{kind}" for kind in kinds}
    draft = consent.begin(owner, chosen=[each for each in things.of(owner.id) if each.kind in wanted])
    consent.choose(
        owner,
        draft_id=draft.id,
        membership=reader.role.membership_id,
        purpose="find_work",
        words=words,
        until=cast.today() + 30 * DAY,
    )
    return draft.id


def letter_draft(owner: Actor, reader: str = "mijn zus") -> uuid.UUID:
    """Dreams, chosen for a letter to this reader."""
    dreams = [each for each in things.of(owner.id) if each.kind == "stories.dreams"]
    draft = consent.begin(owner, chosen=dreams)
    until = cast.today() + 3 * DAY
    letters.choose(owner, draft_id=draft.id, employer=False, reader=reader, until=until)
    return draft.id


def letter(owner: Actor, reader: str = "mijn zus") -> uuid.UUID:
    """A letter that waits to be read."""
    return letters.make(owner, draft_id=letter_draft(owner, reader)).id


def _for_outside(world: World) -> uuid.UUID:
    """Noor blocked everybody who looks after the region, and reports."""
    noor, work = world["other worker"], world["reader"].role.membership_id
    for user_id in StaffRole.objects.filter(role__in=policy.COORDINATORS).values_list("user_id", flat=True):
        person_blocks.block(noor, person_id=user_id, known_as="Iemand van de regio")
    row = reports.report(noor, kind="naam", thing_id=work, shown=["line"], words="Dit klopt niet.")  # type: ignore[arg-type]
    return row.id


def _pass_on(world: World) -> None:
    """Stories to pass on: on the web, taken off it, being written, given, and waiting for a yes."""
    sam, noor, editor, thing = world["owner"], world["other worker"], world["editor"], world.things
    for name in ("on the web", "that was taken back"):
        row = giving.published(sam, editor)
        thing[f"sam's story {name}"], thing[f"the address of sam's story {name}"] = row.id, row.slug
    offers.withdraw(sam, offer_id=row.id)
    thing["sam's story being written"] = offers.begin(sam, words=giving.OWN).id
    thing["noor's given story"] = giving.sent(noor).id
    thing["a story that waits for a yes"] = giving.proposed(world["who came by letter"], editor).id


def _request(actor: Actor, *, at: str) -> uuid.UUID:
    """A request of this person to be known as working somewhere; the secrecy statement was accepted."""
    membership = region.request_membership(
        Actor(actor.user),
        organisation=cast.organisation("Werkpunt", at=at),
        profession=Profession.objects.get(nr=cast.JOB_COACH),
        name=actor.user.name,
    )
    region.accept_secrecy(Actor(actor.user), membership=membership)
    return membership.id


def _proved(actor: Actor) -> SimpleCookie:
    """Signed in by a right code while waiting to be erased: one page, and nobody is signed in."""
    client = Client()
    session = client.session
    session[farewells.SESSION_PROVED] = actor.id.hex
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client.cookies


def browser_of(actor: Actor | None, *, fresh: bool = True, second_step: bool = True) -> SimpleCookie:
    """The cookies of a browser in which this actor is signed in."""
    client = cast.client_of(actor, just_signed_in=fresh, second_step=second_step)
    if actor is not None:
        session = client.session
        session[middleware.SESSION_SEEN] = (
            timezone.now().isoformat()
        )  # so that it does not slide during a test
        session.save()
    return client.cookies
