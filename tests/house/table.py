"""The role table: who may open which address about which thing, by which method.

A row names an address and one thing in it. Its door says who gets as far as looking for the thing; `finds`
says who of them finds it. Everybody else meets the same 404, whether the thing is there or not. Nothing here
is derived from the code that it judges.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import translation

from mmm.accounts import selectors as accounts
from mmm.book.answers.questions import of_chapter
from mmm.foundation import doors
from tests import cast
from tests.house.world import World

OK, SIGN_IN, AGAIN, SWITCH, MISSING, NOT_SO = "ok", "sign in", "code again", "switch role", "404", "405"
STEP = "second step"

# -- who is there --

OUTSIDE = frozenset({"anonymous", "erased", "inactive", "who waits to be erased"})
WAITS = frozenset({"who waits to be erased"})
OWNER = frozenset({"owner", "owner, signed in long ago"})
SELVES = OWNER | {"other worker", "reader as herself", "reader who left", "who came by letter"}
MEMBERS = frozenset(
    {
        "owner at work",
        "reader",
        "professional",
        "income professional",
        "employer",
        "reader until taken back",
        "reader until yesterday",
        "reader who was blocked",
        "reader who became an employer there",
    }
)
COORDINATORS = frozenset({"coordinator", "deputy"})
HELPERS = COORDINATORS | {"coordinator elsewhere", "helper"}
HANDLERS = COORDINATORS | {"coordinator elsewhere", "outside"}
STAFF = HELPERS | {"editor", "listener", "outside"}
INSIDE = SELVES | MEMBERS | STAFF
# Here for work, by a code from the mail alone: every page of that role leads to the second step.
STEPLESS = frozenset({"professional without second step", "coordinator without second step"})
ROLES = OUTSIDE | INSIDE | STEPLESS
# Who is here in another role, and could be here as a member of an organisation.
COULD_BE_MEMBER = OWNER | {"reader as herself"}
LONG_AGO = frozenset({"owner, signed in long ago"})

# -- doors: what each role meets before anything is looked for --

Door = dict[str, str]


def _door(**outcomes: frozenset[str]) -> Door:
    """Who meets what. Who did no second step meets that first, unless the door names them."""
    words = {"ok": OK, "sign_in": SIGN_IN, "again": AGAIN, "switch": SWITCH, "missing": MISSING, "step": STEP}
    door = {role: words[outcome] for outcome, roles in outcomes.items() for role in roles}
    assert len(door) == sum(map(len, outcomes.values()))
    door = dict.fromkeys(STEPLESS, STEP) | door
    assert set(door) == ROLES
    return door


EVERYBODY = _door(ok=ROLES)
SIGNED_IN = _door(ok=INSIDE, sign_in=OUTSIDE)
BEFORE_SECOND_STEP = _door(ok=INSIDE | STEPLESS, sign_in=OUTSIDE)
# Who has a second step and did not use it in this session sees and changes none of it.
NOT_PROVED = frozenset({"coordinator without second step", "reader as herself"})
OWN_STEPS = _door(ok=(INSIDE | STEPLESS) - NOT_PROVED, step=NOT_PROVED, sign_in=OUTSIDE)
CHANGING_STEPS = _door(
    ok=(INSIDE | STEPLESS) - LONG_AGO - NOT_PROVED, step=NOT_PROVED, again=LONG_AGO, sign_in=OUTSIDE
)
AS_SELF = _door(ok=SELVES, switch=INSIDE - SELVES, sign_in=OUTSIDE)
AS_SELF_JUST_SIGNED_IN = _door(ok=SELVES - LONG_AGO, again=LONG_AGO, switch=INSIDE - SELVES, sign_in=OUTSIDE)
AS_MEMBER = _door(
    ok=MEMBERS, switch=COULD_BE_MEMBER, missing=INSIDE - MEMBERS - COULD_BE_MEMBER, sign_in=OUTSIDE
)
AS_COORDINATOR = _door(
    ok=COORDINATORS | {"coordinator elsewhere"},
    missing=INSIDE - COORDINATORS - {"coordinator elsewhere"},
    sign_in=OUTSIDE,
)
AS_HANDLER = _door(ok=HANDLERS, missing=INSIDE - HANDLERS, sign_in=OUTSIDE)
AS_STAFF = _door(ok=STAFF, missing=INSIDE - STAFF, sign_in=OUTSIDE)

AS_EDITOR = _door(ok=frozenset({"editor"}), missing=INSIDE - {"editor"}, sign_in=OUTSIDE)
AS_HELPER = _door(ok=HELPERS, missing=INSIDE - HELPERS, sign_in=OUTSIDE)

READ, BOTH, POST = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOBODY: frozenset[str] = frozenset()

# -- the rows --

Data = Callable[[World], dict[str, Any]]


def _nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One address about one thing. `finds`: who finds it (everybody the door lets through, when not said)."""

    name: str
    door: Door
    methods: tuple[str, ...] = READ
    thing: tuple[str, ...] = ()  # names of `World.things`, or the values themselves
    finds: frozenset[str] | None = None
    query: str = ""
    data: Data = _nothing
    done: tuple[int, ...] = (302,)  # what a post answers that did its work

    def address(self, world: World) -> str:
        """Where it is, in Dutch."""
        with translation.override("nl"):  # a request leaves its own language behind
            return reverse(self.name, args=[world.things.get(each, each) for each in self.thing]) + self.query

    def expected(self, role: str) -> str:
        """What this role meets, by the methods of the row."""
        outcome = self.door[role]
        found = self.finds is None or role in self.finds
        return outcome if outcome != OK or found else MISSING

    def __str__(self) -> str:
        return f"{self.name}{self.query} {' '.join(self.thing)}".strip()


def _things(
    name: str, door: Door, methods: tuple[str, ...], finders: dict[str, frozenset[str]], data: Data = _nothing
) -> list[Row]:
    return [Row(name, door, methods, thing=(thing,), finds=who, data=data) for thing, who in finders.items()]


def an_answer(world: World) -> dict[str, str]:
    """The first exercise of that chapter, answered by whoever posts it."""
    chapter = of_chapter("nl", "goed-naast-elkaar")
    assert chapter
    asked = chapter.exercises[0]
    prefix = asked.id.hex[:8]
    return {f"{prefix}-exercise": asked.id.hex, f"{prefix}-chosen": asked.options[0].key}


DRAFTS = {"sam's draft": OWNER, "noor's draft": frozenset({"other worker"}), "nothing": NOBODY}
UNCHECKED, INCOME = "sam's draft to an unchecked reader", "sam's draft to who decides on benefits"
OWN_WORK = {
    "sam's work": OWNER | {"owner at work"},
    "marieke's work": frozenset({"reader", "reader as herself"}),
    "work that ended": NOBODY,
    "a request": NOBODY,
    "nothing": NOBODY,
}
LETTERS = {
    "sam's letter": OWNER,
    "sam's letter that was opened": OWNER,
    "noor's letter": frozenset({"other worker"}),
    "nothing": NOBODY,
}
ADDRESS: Data = lambda world: {"email": "iemand@voorbeeld.example", "name": "Iemand", "sixteen": "on"}  # noqa: E731


def _membership(world: World) -> dict[str, Any]:
    organisation = cast.organisation("Werkpunt")
    profession = world["reader"].user.memberships.get().profession_id
    return {"organisation": organisation.id, "profession": profession, "name": "Naam op het werk"}


# Stories to pass on, by who finds them.
WAITS_FOR_YES = "a story that waits for a yes"
BY_LETTER = frozenset({"who came by letter"})
GIVEN = {
    "sam's story on the web": OWNER,
    "sam's story that was taken back": OWNER,
    "noor's given story": frozenset({"other worker"}),
    WAITS_FOR_YES: BY_LETTER,
    "nothing": NOBODY,
}
NOT_GIVEN = dict.fromkeys(("sam's story on the web", "sam's story being written", "nothing"), NOBODY)
NUMBERS = {
    "a number": COORDINATORS,
    "a number elsewhere": frozenset({"coordinator elsewhere"}),
    "nothing": NOBODY,
}
ORGANISATIONS = {
    "an organisation": COORDINATORS,
    "an organisation elsewhere": frozenset({"coordinator elsewhere"}),
    "an organisation that closed": NOBODY,
    "nothing": NOBODY,
}


def _number(world: World) -> dict[str, Any]:
    return {"name": "De lijn", "phone": "071 000 00 09", "source": "Ik belde."}


def _organisation(world: World) -> dict[str, Any]:
    return {"name": "Werkpunt Zuid", "kind": "service", "chain_link": "work"}


def _until(days: int = 0) -> dict[str, Any]:
    day = cast.today() + dt.timedelta(days=days)
    return {"until_0": day.day, "until_1": day.month, "until_2": day.year}


def _notice_choices(world: World) -> dict[str, Any]:
    ways = {f"way_{n}": "page" for n in range(len(doors.notice_kinds))}
    return {"quiet_from": 22, "quiet_until": 7, **ways}


def _purpose(world: World) -> dict[str, Any]:
    return {"purpose": "find_work", **_until()}


ROWS: list[Row] = [
    Row("healthz", EVERYBODY),
    Row("media", EVERYBODY, thing=("geen.png",), finds=NOBODY),
    Row("readyz", EVERYBODY),
    # start
    *(Row(f"start:{name}", EVERYBODY) for name in ("home", "your_data", "accessibility", "about")),
    # accounts
    Row("accounts:join", EVERYBODY, BOTH, data=ADDRESS),
    Row("accounts:join", EVERYBODY, BOTH, query="?als=professional", data=ADDRESS),
    Row("accounts:sign_in", EVERYBODY, BOTH, data=ADDRESS),
    Row("accounts:code", EVERYBODY, BOTH),
    Row("accounts:welcome", SIGNED_IN),
    Row("accounts:again", BEFORE_SECOND_STEP, BOTH, done=(200, 302)),
    Row("accounts:sign_out", EVERYBODY, POST),
    Row("accounts:signed_out", EVERYBODY),
    Row("accounts:settings", EVERYBODY, BOTH, data=lambda world: {"usual": "1"}),
    Row("accounts:notice_settings", SIGNED_IN, BOTH, data=_notice_choices),
    Row("accounts:leave", EVERYBODY, POST, done=(200,)),
    Row("accounts:notices", SIGNED_IN, BOTH, data=lambda world: {"all": "1"}),
    Row("accounts:pause", AS_SELF, BOTH),
    Row("accounts:role", BEFORE_SECOND_STEP, BOTH, data=lambda world: {"role": "self"}),
    Row("accounts:mine", SIGNED_IN, BOTH, data=lambda world: {"name": "Nieuw"}),
    Row("accounts:take_along", AS_SELF_JUST_SIGNED_IN, BOTH, done=(200,)),
    Row("accounts:erase", AS_SELF_JUST_SIGNED_IN, BOTH, data=lambda world: {"when": "later"}),
    Row("accounts:erased", EVERYBODY),
    Row("accounts:erased_later", EVERYBODY),
    Row("accounts:erased_later", EVERYBODY, query="?dag=2026-12-06"),
    Row("accounts:later", AS_SELF),
    # Only for who waits to be erased and just proved to be there: tests/accounts/test_farewells.py.
    Row("accounts:back", _door(ok=WAITS, sign_in=ROLES - WAITS), BOTH, data=lambda world: {"stay": "1"}),
    Row("accounts:second_step", OWN_STEPS),
    Row("accounts:step", BEFORE_SECOND_STEP, BOTH, data=lambda world: {"code": "000000"}, done=(200, 302)),
    Row("accounts:app", CHANGING_STEPS, BOTH, done=(200,)),
    Row("accounts:app_off", CHANGING_STEPS, BOTH, done=(200, 302)),
    Row("accounts:key", CHANGING_STEPS, BOTH, done=(200, 302)),
    Row("accounts:key_offer", BEFORE_SECOND_STEP),
    Row("accounts:key_off", CHANGING_STEPS, BOTH, thing=("marieke's key",), finds=frozenset({"reader"})),
    Row("accounts:key_off", CHANGING_STEPS, BOTH, thing=("0",), finds=NOBODY),
    Row("accounts:password", CHANGING_STEPS, BOTH, done=(200, 302)),
    Row("accounts:by_password", EVERYBODY, BOTH, data=lambda world: {"email": "a@b.nl"}, done=(200,)),
    Row("accounts:by_step", EVERYBODY, BOTH),
    Row("accounts:by_key", EVERYBODY, BOTH, done=(200,)),
    Row("accounts:email", CHANGING_STEPS, BOTH, data=lambda world: {"email": "nieuw@b.nl", "what": "spare"}),
    Row("accounts:email_code", CHANGING_STEPS, BOTH, data=lambda world: {"code": "1234 5678"}),
    Row(
        "accounts:email_off",
        CHANGING_STEPS,
        BOTH,
        thing=("marieke's second address",),
        finds=frozenset({"reader"}),
    ),
    Row("accounts:email_off", CHANGING_STEPS, BOTH, thing=("0",), finds=NOBODY),
    Row("accounts:email_stop", EVERYBODY, BOTH, thing=("a link that undoes",)),
    Row("accounts:email_stop", EVERYBODY, BOTH, thing=("no-link",), finds=NOBODY),
    Row("accounts:devices", SIGNED_IN, BOTH, data=lambda world: {"others": "1"}),
    Row("accounts:paper", CHANGING_STEPS, BOTH),
    Row("accounts:without_mail", EVERYBODY),
    Row("accounts:letter", EVERYBODY, BOTH, done=(200, 302)),
    Row("accounts:letter_pin", EVERYBODY, BOTH),
    Row("accounts:letter_name", EVERYBODY, BOTH),
    Row("accounts:letter_own_pin", EVERYBODY, BOTH),
    Row("accounts:recovery", EVERYBODY),
    Row("accounts:recovery_going_on", SIGNED_IN, BOTH),
    Row("accounts:recovered", SIGNED_IN),
    Row("accounts:recovery_stop", EVERYBODY, BOTH, thing=("a mail's link",)),
    Row("accounts:recovery_stop", EVERYBODY, BOTH, thing=("no-link",), finds=NOBODY),
    Row("accounts:paper_codes", AS_SELF_JUST_SIGNED_IN, BOTH),
    Row("accounts:paper_codes_print", AS_SELF),
    Row(
        "accounts:sentence",
        AS_SELF_JUST_SIGNED_IN,
        BOTH,
        data=lambda world: {"sentence": "De kip van tante An at mee"},
    ),
    Row(
        "accounts:pin",
        AS_SELF_JUST_SIGNED_IN,
        BOTH,
        finds=frozenset({"who came by letter"}),
        data=lambda world: {"pin": "84719302"},
    ),
    # region
    Row("region:regions", EVERYBODY),
    Row("region:region", EVERYBODY, thing=("a region",)),
    Row("region:region", EVERYBODY, thing=("no region",), finds=NOBODY),
    Row("region:mine", SIGNED_IN),
    Row("region:directory", SIGNED_IN),
    Row("region:directory", SIGNED_IN, query="?beroep=15&gemeente=x&bladzijde=2"),
    Row("region:request", SIGNED_IN),
    Row("region:request", SIGNED_IN, BOTH, query=f"?regio={cast.HOME}", data=_membership),
    *_things(
        "region:secrecy", SIGNED_IN, BOTH, OWN_WORK, data=lambda world: {"accept": "on", "listed": "on"}
    ),
    *_things("region:listed", SIGNED_IN, POST, OWN_WORK, data=lambda world: {"listed": "1"}),
    *_things("region:leave", SIGNED_IN, BOTH, OWN_WORK),
    Row("region:invite", AS_COORDINATOR, BOTH, data=lambda world: {"role": "editor"}),
    Row("region:invitation_letter", AS_COORDINATOR, thing=("nothing",)),  # says that it is over
    *_things(
        "region:withdraw",
        AS_COORDINATOR,
        POST,
        {"an invitation": COORDINATORS, "nothing": NOBODY},
    ),
    Row("region:invitation", EVERYBODY, thing=("an invitation's link",)),
    Row("region:invitation", EVERYBODY, BOTH, thing=("nothing",), finds=NOBODY),
    Row("region:recoveries", AS_HELPER, BOTH),
    *_things(
        "region:recovery",
        AS_HELPER,
        BOTH,
        {"a recovery": HELPERS - {"coordinator elsewhere"}, "nothing": NOBODY},
    ),
    Row("region:letters", AS_HELPER, BOTH, data=lambda world: {"greeting": "hello"}),
    Row("region:letter", AS_HELPER, thing=("nothing",)),  # says that it can no longer be seen
    Row("region:letter_pdf", AS_HELPER, thing=("nothing",), finds=NOBODY),
    Row("region:memberships", AS_COORDINATOR),
    Row("region:my_reports", SIGNED_IN),
    *(
        Row(
            "region:report",
            SIGNED_IN,
            BOTH,
            thing=(kind, thing),
            finds=finds,
            data=lambda world, line=line: {"shown": [line], "words": "Dit klopt niet."},
        )
        for kind, thing, line, finds in (
            ("naam", "marieke's work", "line", None),
            ("naam", "work that ended", "line", NOBODY),
            ("lezen", "sam's look", "who", OWNER),
            ("lezen", "noor's look", "who", frozenset({"other worker"})),
            ("lezen", "nothing", "who", NOBODY),
            ("verhaal", "sam's story on the web", "address", None),
            ("verhaal", "sam's story that was taken back", "address", NOBODY),
            ("anders", "sam's look", "who", NOBODY),
        )
    ),
    Row("region:reports", AS_HANDLER),
    *_things(
        "region:reply",
        AS_HANDLER,
        BOTH,
        {
            "sam's report": COORDINATORS,
            "a report that nobody in the region may handle": frozenset({"outside"}),
            "nothing": NOBODY,
        },
        data=lambda world: {"outcome": "done", "reason": "Ik belde."},
    ),
    Row("region:deaths", AS_COORDINATOR, BOTH, data=lambda world: {"email": "iemand@voorbeeld.example"}),
    Row(
        "region:organisations",
        AS_COORDINATOR,
        BOTH,
        data=lambda world: {"name": "Werkpunt Noord", "kind": "service", "chain_link": "work"},
    ),
    Row("region:desk", AS_STAFF),
    Row("region:opening", AS_COORDINATOR, BOTH, data=lambda world: {"act": "undone", "item": "guide_read"}),
    Row("region:close", AS_COORDINATOR, BOTH),
    Row("region:contacts", AS_COORDINATOR),
    *(
        Row("region:contact_new", AS_COORDINATOR, BOTH, thing=(kind,), finds=finds, data=_number)
        for kind, finds in (("phone", None), ("complaint", None), ("iets", NOBODY))
    ),
    *_things("region:contact", AS_COORDINATOR, BOTH, NUMBERS, data=_number),
    *_things("region:contact_remove", AS_COORDINATOR, POST, NUMBERS),
    Row("region:hours", AS_COORDINATOR, BOTH, data=lambda world: {"day0_0": "9", "day0_1": "12.30"}),
    Row(
        "region:staff",
        AS_COORDINATOR,
        BOTH,
        data=lambda world: {"address": accounts.own_address(world["other worker"]), "role": "trainer"},
    ),
    *_things(
        "region:staff_end",
        AS_COORDINATOR,
        BOTH,
        {
            "a task": COORDINATORS,
            "the coordinator's task": COORDINATORS,
            "nothing": NOBODY,
        },
    ),
    *_things(
        "region:staff_end", AS_COORDINATOR, READ, {"a task elsewhere": frozenset({"coordinator elsewhere"})}
    ),
    *_things("region:organisation", AS_COORDINATOR, BOTH, ORGANISATIONS, data=_organisation),
    *_things("region:check", AS_COORDINATOR, BOTH, ORGANISATIONS, data=lambda world: {"sure": "on"}),
    *_things("region:organisation_close", AS_COORDINATOR, BOTH, ORGANISATIONS),
    Row(
        "region:organisations_import",
        AS_COORDINATOR,
        BOTH,
        data=lambda world: {"rows": "naam;soort;schakel;kvk\nNieuw;dienst;werk;", "act": "do"},
    ),
    Row("region:colleagues", AS_MEMBER, BOTH, finds=frozenset({"reader"})),
    *_things(
        "region:decline",
        AS_COORDINATOR,
        BOTH,
        {
            "a request": COORDINATORS,
            "a request elsewhere": frozenset({"coordinator elsewhere"}),
            "the coordinator's own request": frozenset({"deputy"}),
            "marieke's work": NOBODY,  # confirmed: it is ended, not declined
            "work that ended": NOBODY,
            "nothing": NOBODY,
        },
        data=lambda world: {"why": "unknown"},
    ),
    *_things(
        "region:confirm",
        AS_COORDINATOR,
        POST,
        {
            "a request": COORDINATORS,
            "a request elsewhere": frozenset({"coordinator elsewhere"}),
            "the coordinator's own request": frozenset({"deputy"}),
            "marieke's work": COORDINATORS,  # confirmed already: once more changes nothing
            "work that ended": NOBODY,
            "nothing": NOBODY,
        },
    ),
    *_things(
        "region:end",
        AS_COORDINATOR,
        BOTH,
        {
            "marieke's work": COORDINATORS,
            "a request": COORDINATORS,
            "a request elsewhere": frozenset({"coordinator elsewhere"}),
            "work that ended": NOBODY,
            "nothing": NOBODY,
        },
    ),
    # search
    *(
        Row("search:search", EVERYBODY, query=query)
        for query in ("", "?q=gegevens", "?q=gegevns", "?q=kip+noch+ei", "?q=113", "?q=regio&bladzijde=2")
    ),
    # consent
    Row("consent:begin", AS_SELF, BOTH, data=lambda world: {"things": "none"}, done=(422,)),
    *_things(
        "consent:reader",
        AS_SELF,
        BOTH,
        DRAFTS,
        data=lambda world: {"membership": world["reader"].role.membership_id},
    ),
    # A draft that asks nothing of this kind goes on to the next page.
    *_things(
        "consent:unchecked", AS_SELF, BOTH, {UNCHECKED: OWNER, **DRAFTS}, data=lambda world: {"version": 2}
    ),
    *_things(
        "consent:income",
        AS_SELF,
        BOTH,
        {INCOME: OWNER, **DRAFTS},
        data=lambda world: {"version": 2, "know": "1"},
    ),
    *_things(
        "consent:purpose",
        AS_SELF,
        BOTH,
        DRAFTS,
        data=_purpose,
    ),
    # The drafts were begun and then chosen for: their second version.
    *_things("consent:confirm", AS_SELF_JUST_SIGNED_IN, BOTH, DRAFTS, data=lambda world: {"version": 2}),
    Row("consent:who", AS_SELF),
    Row("consent:blocks", AS_SELF, BOTH, data=lambda world: {"person": world["reader"].id}),
    # Whom one could name: who stands in the list, or got something once. Nobody else is there, nor oneself.
    *_things(
        "consent:block",
        AS_SELF,
        BOTH,
        {
            "marieke's work": SELVES - {"reader as herself"},
            "sam's work": SELVES - OWNER,
            "the employer's work": OWNER,
            "work that ended": OWNER,
            "a request": NOBODY,
            "nothing": NOBODY,
        },
    ),
    *_things(
        "consent:stop",
        AS_SELF,
        READ,
        {
            "sam's grant": OWNER,
            "noor's grant": frozenset({"other worker"}),
            "sam's grant that he took back": NOBODY,
            "sam's grant until yesterday": NOBODY,
            "sam's grant to who left": NOBODY,
            "nothing": NOBODY,
        },
    ),
    *_things(
        "consent:stop",
        AS_SELF,
        POST,
        {
            "sam's grant": OWNER,
            "noor's grant": frozenset({"other worker"}),
            "sam's grant that he took back": OWNER,  # taking back what ended already is no error
            "nothing": NOBODY,
        },
    ),
    *_things(
        "consent:letter_for",
        AS_SELF,
        BOTH,
        DRAFTS,
        data=lambda world: {"reader": "iemand", "employer": "no", **_until(3)},
    ),
    # Begun, chosen for, and chosen for as a letter: their third version.
    *_things(
        "consent:letter_confirm",
        AS_SELF_JUST_SIGNED_IN,
        BOTH,
        {"sam's draft of a letter": OWNER, "noor's draft": frozenset({"other worker"}), "nothing": NOBODY},
        data=lambda world: {"version": 2},
    ),
    *_things("consent:letter", AS_SELF, READ, LETTERS),
    *_things("consent:letter_pdf", AS_SELF, READ, {**LETTERS, "sam's letter that was opened": NOBODY}),
    *_things("consent:letter_take_back", AS_SELF, POST, LETTERS),
    Row("consent:letter_code", EVERYBODY, BOTH, data=lambda world: {"letter_code": "1"}, done=(422,)),
    Row("consent:letter_ready", EVERYBODY, BOTH),
    Row("consent:letter_text", EVERYBODY),
    Row("consent:looks", AS_SELF),
    Row("consent:looks", AS_SELF, query="?periode=7&bladzijde=2"),
    Row("consent:shared_with_me", AS_MEMBER),
    Row("consent:worrying", AS_MEMBER),
    *_things(
        "consent:read",
        AS_MEMBER,
        READ,
        {
            "sam": frozenset({"reader", "income professional", "employer"}),
            "noor": frozenset({"professional"}),
            "somebody erased": NOBODY,
            "an account that was closed": NOBODY,
            "who went": NOBODY,
            "somebody in a break": NOBODY,
            "nothing": NOBODY,
        },
    ),
    # stories
    Row("stories:first_visit", EVERYBODY, BOTH, done=(200,)),
    Row("stories:overview", AS_SELF),
    Row("stories:whole", AS_SELF),
    Row("stories:care_card", AS_SELF, BOTH),
    Row("stories:care_card_show", AS_SELF),
    Row("stories:care_card_pdf", AS_SELF),
    Row("stories:care_card_forget", AS_SELF, POST),
    *(
        Row(
            "stories:question",
            AS_SELF,
            BOTH,
            thing=thing,
            finds=finds,
            data=lambda world: {"text": "Nieuw.", "version": "0"},
        )
        for thing, finds in (
            (("dromen", "1"), None),
            (("nodig", "1"), None),
            (("verhaal", "1"), None),
            (("dromen", "99"), NOBODY),
            (("elders", "1"), NOBODY),
        )
    ),
    Row("stories:earlier", AS_SELF, READ, thing=("dromen", "1")),
    Row("stories:earlier", AS_SELF, BOTH, thing=("dromen", "99"), finds=NOBODY),
    # Put back only what is one's own, at the question where it stood.
    *(
        Row(
            "stories:earlier",
            AS_SELF,
            POST,
            thing=("dromen", number),
            finds=finds,
            data=lambda world, text=text: {"earlier_id": world.things[text].hex, "version": "2"},
        )
        for number, text, finds in (
            ("2", "sam's earlier text", OWNER),
            ("2", "noor's earlier text", frozenset({"other worker"})),
            ("1", "sam's earlier text", NOBODY),
            ("2", "nothing", NOBODY),
        )
    ),
    # stories that people pass on
    Row("stories:offers", AS_SELF, BOTH, data=lambda world: {"part": "new"}),
    *_things(
        "stories:offer",
        AS_SELF,
        BOTH,
        {"sam's story being written": OWNER, "nothing": NOBODY},
        data=lambda world: {"text": "Nieuw.", "version": "1"},
    ),
    *_things("stories:offer", AS_SELF, READ, GIVEN),
    *_things(
        "stories:offer_answer",
        AS_SELF,
        BOTH,
        {**NOT_GIVEN, "noor's given story": frozenset({"other worker"}), WAITS_FOR_YES: BY_LETTER},
        data=lambda world: {"words": "Dat klopt."},
    ),
    # The version of a story that was begun, given and proposed. A yes that was said may be said again.
    *_things(
        "stories:offer_approve",
        AS_SELF,
        POST,
        {
            **NOT_GIVEN,
            "sam's story on the web": OWNER,
            WAITS_FOR_YES: BY_LETTER,
            "noor's given story": NOBODY,
        },
        data=lambda world: {"version": "3"},
    ),
    *_things("stories:offer_withdraw", AS_SELF, BOTH, {**GIVEN, "sam's story being written": OWNER}),
    Row("stories:given", AS_EDITOR),
    *(
        row
        for name in ("given_edit", "given_ask", "given_refuse")
        for row in _things(
            f"stories:{name}",
            AS_EDITOR,
            BOTH,
            {**NOT_GIVEN, WAITS_FOR_YES: NOBODY, "noor's given story": frozenset({"editor"})},
            data=lambda world: {"words": "Hoe ging het?", "text": "Het ging zo.", "version": "2"},
        )
    ),
    Row("stories:given_story", EVERYBODY, thing=("the address of sam's story on the web",)),
    Row("stories:given_story", EVERYBODY, thing=("nergens",), finds=NOBODY),
    # book: what is published is there for everybody, anything else for nobody
    Row("sitemap", EVERYBODY),
    Row("robots", EVERYBODY),
    *(
        Row(f"book:{name}", EVERYBODY)
        for name in (
            "stories",
            "stories_feed",
            "contents",
            "professions",
            "publications",
            "for_workers",
            "for_professionals",
            "for_employers",
            "recommendations",
            "tips",
            "news",
            "news_feed",
            "glossary",
            "dated",
            "help",
        )
    ),
    Row("book:stories", EVERYBODY, query="?over=limits&verteller=worker"),
    Row("book:stories", EVERYBODY, query="?over=limits&werk=ict&verteller=employer"),
    Row("book:pdf", EVERYBODY),
    Row("book:epub", EVERYBODY),
    Row("book:tips", EVERYBODY, query="?voor=workers"),
    Row("book:dated", EVERYBODY, query="?voor=workers"),
    Row("book:stories", EVERYBODY, query="?niet-vertaald=1"),
    *(
        Row(f"book:{name}", EVERYBODY, thing=(slug,), finds=finds)
        for name, shipped in (
            ("story", "de-schroefjes-op-volgorde"),
            ("chapter", "doen"),
            ("profession", "psychiater"),
            ("publication", "magazine-1-zes-stoelen"),
            ("recommendation", "aanbevelingen-professional"),
            ("news_item", "een-regio-gaat-open-met-twee-mensen"),
        )
        for slug, finds in ((shipped, None), ("geen-tekst", NOBODY))
    ),
    # what a reader answers to the exercises of the book
    *(
        Row("book:answers", AS_SELF, BOTH, thing=(key,), finds=finds, data=data)
        for key, finds, data in (("goed-naast-elkaar", None, an_answer), ("nergens", NOBODY, _nothing))
    ),
    Row("book:my_answers", AS_SELF, BOTH, data=lambda world: {"answer_id": world.things["sam's answer"].hex}),
    # not in production (tests/house/test_demo_only.py)
    Row("design:components", EVERYBODY),
    Row("demo:cast", EVERYBODY),
    Row("demo:post", EVERYBODY),
    Row("demo:look_along", EVERYBODY, POST, thing=("nobody-of-the-cast",), finds=NOBODY),
]


def methods_of(name: str) -> set[str]:
    """Every method that some row of this address uses."""
    return {method for row in ROWS if row.name == name for method in row.methods}


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the resolver, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if str(entry.pattern) == "redactie/":
            continue  # one walled room with its own table: tests/content/test_wall.py
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            assert isinstance(entry, URLPattern)
            yield f"{space}{entry.name}"
