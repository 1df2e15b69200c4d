"""People at work, for the tests of accounts and region."""

from mmm.accounts.actors import Actor
from mmm.accounts.models import User
from mmm.foundation import clock, crypto
from mmm.region import content_loader
from mmm.region.models import Membership, Organisation, Profession, Region, StaffRole
from mmm.region.roles import Roles


def region(slug: str = "holland-rijnland") -> Region:
    """One of the shipped regions."""
    if not Region.objects.exists():
        content_loader.load()
    return Region.objects.get(slug=slug)


def user(name: str = "Sam") -> User:
    """A person without an address."""
    return User.objects.create_user(name=name, vault_id=crypto.create_vault("user"))


def organisation(
    name: str = "Werkpunt Leiden", *, kind: str = "service", where: Region | None = None
) -> Organisation:
    """An organisation, made once."""
    place = where or region()
    return Organisation.objects.get_or_create(
        region=place, name=name, defaults={"chain_link": "work", "kind": kind}
    )[0]


def member(who: User, *, at: Organisation | None = None, listed: bool = True, **fields: object) -> Membership:
    """An active membership, unless fields say otherwise."""
    place = at or organisation()
    values = {
        "profession": None if place.kind == "employer" else Profession.objects.get(nr=15),
        "name": f"{who.name} de Wit",
        "listed": listed,
        "confirmed_at": clock.now(),
        "secrecy_at": clock.now(),
        "secrecy_version": 1,
        **fields,
    }
    return Membership.objects.create(user=who, organisation=place, **values)


def coordinator(who: User, *, of: Region | None = None, role: str = "coordinator") -> StaffRole:
    """Somebody with a task for a region."""
    return StaffRole.objects.create(user=who, region=of or region(), role=role)


def acting(who: User, row: Membership | StaffRole | None = None) -> Actor:
    """The person in the role that the row gives."""
    if row is None:
        return Actor(who)
    key = f"{'member' if isinstance(row, Membership) else 'staff'}:{row.pk.hex}"
    role = Roles().resolve(who.id, key)
    assert role is not None
    return Actor(who, role)
