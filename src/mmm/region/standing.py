"""What holds of a membership at this moment, as conditions for queries: nothing is copied, so nothing lags.

`prefix` is the path to the membership from the queried model, e.g. "membership__". Each condition becomes a
part of the one query that is asked anyway.
"""

from typing import Any

from django.db.models import Q, QuerySet

from mmm.foundation.whether import Whether
from mmm.region.models import ChainLink, Membership, Organisation, OrganisationBlock

_ORGANISATION = ("id", "part_of_id", "kvk", "name")


def checked_q(prefix: str = "") -> Q:
    """A coordinator looked whether the organisation is what it says it is."""
    return Q(**{f"{prefix}organisation__checked_at__isnull": False})


def employer_there(prefix: str = "") -> Whether:
    """The person has an employer role in the same organisation, this one or another (house rule 14).

    Also one that waits to be confirmed: who says to be the employer there gets no P3 there.
    """
    return Whether(_employer_roles, f"{prefix}user_id", *_of_organisation(prefix))


def decides_on_benefits_q(prefix: str = "") -> Q:
    """The person works where benefits are decided: by organisation, by profession, or in another work."""
    income = ChainLink.INCOME.value
    here = Q(**{f"{prefix}organisation__chain_link": income})
    return (
        here | Q(**{f"{prefix}profession__chain_link": income}) | Q(Whether(_income_work, f"{prefix}user_id"))
    )


def organisation_blocked(owner: str, prefix: str = "") -> Whether:
    """Who is at the path `owner` blocked the organisation of this membership, or one that is the same."""
    return Whether(_organisation_blocks, owner, *_of_organisation(prefix))


def _employer_roles(user: Any, *organisation: Any) -> QuerySet[Membership]:
    roles = Membership.objects.filter(ended_at=None, organisation__kind=Organisation.Kind.EMPLOYER.value)
    return roles.filter(_same(*organisation), user_id=user)


def _income_work(user: Any) -> QuerySet[Membership]:
    income = ChainLink.INCOME.value
    work = Membership.objects.filter(user_id=user, ended_at=None, confirmed_at__isnull=False)
    return work.filter(Q(organisation__chain_link=income) | Q(profession__chain_link=income))


def _organisation_blocks(owner: Any, *organisation: Any) -> QuerySet[OrganisationBlock]:
    return OrganisationBlock.objects.filter(_same(*organisation), owner_id=owner)


def _of_organisation(prefix: str) -> list[str]:
    return [f"{prefix}organisation__{name}" for name in _ORGANISATION]


def _same(id_: Any, part_of: Any, kvk: Any, name: Any) -> Q:
    """The `organisation` of a row and the one with these columns are one legal person: the same row, said to
    belong together by a coordinator, one number in the trade register, or one name.
    """
    return (
        Q(organisation_id=id_)
        | Q(organisation_id=part_of)
        | Q(organisation__part_of_id=id_)
        | Q(organisation__part_of_id=part_of)
        | Q(organisation__kvk=kvk, organisation__kvk__gt="")
        | Q(organisation__name__iexact=name)
    )
