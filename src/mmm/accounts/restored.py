"""After a restore: who erased themselves, went or came back since the backup is so again."""

from mmm.accounts import farewell_log, presence
from mmm.accounts.models import Farewell, Recovery, Session, SignInCode, User
from mmm.accounts.services import erase_now
from mmm.foundation import clock, crypto, retention

PERIODS = {Farewell.Cause.OWN.value: "chosen erasure", Farewell.Cause.DEATH.value: "stilled accounts"}


def erase_again() -> int:
    """Erase everybody whose vault is gone from the ledger's replay, and whose day came. Returns how many.

    Everybody signs in anew: sessions that had been ended, and codes that had been used, are in the backup.
    """
    Session.objects.all().delete()
    SignInCode.objects.all().delete()
    # A request for a new way in may have been stopped since.
    Recovery.objects.filter(ended_at=None).update(ended_at=clock.now())
    User.objects.exclude(recovery_until=None).update(recovery_until=None)
    log, count = farewell_log.read(), 0
    for user_id, vault_id in User.objects.values_list("id", "vault_id"):
        line = log.get(user_id)
        day_came = line is not None and line.due is not None and line.due <= clock.now()
        if day_came or not crypto.vault_alive(vault_id):
            erase_now(user_id, vault_id)
            count += 1
    return count


def go_again() -> int:
    """Hide again who waits to be erased, and show who came back since. Returns how many it concerned.

    The names of who reported a death are not in the log: they are gone with what the backup does not have.
    """
    count = 0
    people = dict(User.objects.values_list("id", "is_active"))
    for user_id, line in farewell_log.read().items():
        if user_id not in people:
            continue
        waiting = Farewell.objects.filter(user_id=user_id, ended_at=None).first()
        if line.due is None and waiting is not None:
            Farewell.objects.filter(pk=waiting.pk).update(ended_at=clock.now())
            User.objects.filter(id=user_id).update(is_active=True)
        elif line.due is not None and waiting is None:
            began = line.due - retention.period(PERIODS[line.cause])
            Farewell.objects.create(
                user_id=user_id,
                cause=line.cause,
                started_at=began,
                due_at=line.due,
                reported_at=began if line.cause == Farewell.Cause.DEATH else None,
            )
            User.objects.filter(id=user_id).update(is_active=False)
        else:
            continue
        presence.changed(user_id)
        count += 1
    return count
