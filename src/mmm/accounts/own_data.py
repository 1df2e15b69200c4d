"""What this room holds about a person, for the `personal_data` door."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from mmm.accounts import addresses, blocks, farewells, notices, preferences, services, ways_in
from mmm.accounts.actors import Actor
from mmm.accounts.factors import own
from mmm.accounts.models import Session, User
from mmm.foundation import clock, doors, retention
from mmm.foundation.tasks import outbox


def export(user_id: UUID, vault_id: UUID) -> dict[str, Any]:
    """The account, readable for the person. No codes, no keys, no fingerprints of them."""
    user = User.objects.get(id=user_id)
    mailboxes = list(EmailAddress.objects.filter(user_id=user_id).values_list("email", flat=True))
    sessions = Session.objects.filter(user_id=user_id, expire_date__gt=clock.now()).order_by("-expire_date")
    return {
        "name": user.name,
        "language": user.language,
        "since": user.created_at.isoformat(),
        "last_seen_on": user.last_seen_on.isoformat(),
        "paused_since": user.paused_at.isoformat() if user.paused_at else None,
        "email": mailboxes,
        "email_changes": addresses.export(user_id),
        "reported": [
            {"on": row.reported_at.isoformat(), "reporter": row.reporter, "checker": row.checker}
            for row in farewells.past_reports(Actor(user))
            if row.reported_at
        ],
        "ways_in": ways_in.export(user_id),
        "signed_in": [
            {"until": until.isoformat()} for until in sessions.values_list("expire_date", flat=True)
        ],
        "second_steps": _second_steps(user),
        "display": preferences.export(user),
        "blocked_people": blocks.export(user_id, vault_id),
        **notices.export(user),
        "mails": [
            {"written_at": at.isoformat(), "subject": subject}
            for address in mailboxes
            for at, subject in outbox.sent_to(address)
        ],
    }


def _second_steps(user: User) -> dict[str, Any]:
    has = own.of(user)
    keys = [{"name": key.name, "set_up_at": key.since.isoformat()} for key in has.keys]
    return {"app": has.app, "paper_codes_left": has.codes_left, "keys": keys, "password": has.password}


PERSONAL_DATA = doors.PersonalData(
    room="accounts",
    owner_models=[
        "accounts.User",
        "accounts.User_groups",
        "accounts.User_user_permissions",
        "accounts.Block",
        "accounts.Session",
        "accounts.SignInCode",
        "accounts.Letter",
        "accounts.PaperCode",
        "accounts.Sentence",
        "accounts.AddressChange",
        "accounts.Recovery",
        "accounts.Notice",
        "accounts.NoticeChoice",
        "accounts.NoticeHours",
        "accounts.Farewell",
        "accounts.IdleWarning",
        "accounts.Preferences",
        "account.EmailAddress",
        "mfa.Authenticator",
    ],
    export=export,
    erase=services.erase_rows,
    retention=[
        retention.rule("sign-in codes"),
        retention.rule("notices"),
        retention.rule("chosen erasure"),
        retention.rule("stilled accounts"),
        retention.rule("idle message"),
        retention.rule("idle accounts"),
        retention.rule("unused letters"),
        retention.rule("recoveries"),
        retention.rule("changes of addresses"),
    ],
    title=_("Your account"),
    corrections=[
        (_("Change my e-mail address"), "accounts:email"),
        (_("Change my language and settings"), "accounts:settings"),
    ],
    words={
        "name": _("What we call you"),
        "language": _("Language"),
        "since": _("Your account exists since"),
        "last_seen_on": _("Last here on"),
        "paused_since": _("Having a break since"),
        "email": _("Your e-mail address"),
        "email_changes": _("Changes of your e-mail address"),
        "old_address": _("The address that went"),
        "new_address": _("The address that came"),
        "reported": _("Reports that you had died"),
        "on": _("On"),
        "reporter": _("Reported by"),
        "checker": _("Checked by"),
        "signed_in": _("Where you are signed in"),
        "until": _("Until, at the latest"),
        "aloud": _("Reading aloud"),
        "app": _("An app with codes"),
        "contrast": _("Colours"),
        "display": _("How you want to see the pages"),
        "exit": _("The button “Snel weg”"),
        "blocked_people": _("People you blocked"),
        "keys": _("Keys on a device"),
        "letter_since": _("With a letter, since"),
        "motion": _("Movement"),
        "new_ways_asked": _("When a new way in was asked for"),
        "entry_codes_left": _("Codes on paper that let you in, left"),
        "paper_codes_left": _("Codes on paper that were not used"),
        "password": _("A password"),
        "second_steps": _("Your second steps"),
        "sentence_since": _("With a sentence that you chose on"),
        "set_up_at": _("Made on"),
        "spacing": _("Space between letters and lines"),
        "text": _("Size of the text"),
        "ways_in": _("How you get in without e-mail"),
        "told": _("How you hear of what is new"),
        "about": _("What about"),
        "way": _("How"),
        "quiet_from": _("No mail from"),
        "quiet_until": _("No mail until"),
        "no_mail": _("All mail is paused"),
        "new": _("What was new for you"),
        "at": _("On"),
        "mails": _("Mails to you"),
        "written_at": _("Written on"),
        "subject": _("Subject"),
    },
)
