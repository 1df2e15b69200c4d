"""Where people work together: places, organisations, and people in their work. One module per noun."""

from mmm.region.models.organisations import ChainLink, Organisation, Profession
from mmm.region.models.people import Membership, StaffRole, StaffRoleName
from mmm.region.models.places import Municipality, Region

__all__ = [
    "ChainLink",
    "Membership",
    "Municipality",
    "Organisation",
    "Profession",
    "Region",
    "StaffRole",
    "StaffRoleName",
]
