"""Where people work together: places, organisations, and people in their work. One module per noun."""

from mmm.region.models.blocks import OrganisationBlock
from mmm.region.models.contacts import ContactPoint
from mmm.region.models.deaths import DeathReport
from mmm.region.models.gate import GateRecord
from mmm.region.models.invitations import Invitation
from mmm.region.models.openings import Opening, Promise
from mmm.region.models.organisations import ChainLink, Organisation, Profession
from mmm.region.models.people import Membership, StaffRole, StaffRoleName
from mmm.region.models.places import Municipality, Region
from mmm.region.models.reports import HiddenName, Outcome, Report

__all__ = [
    "ChainLink",
    "ContactPoint",
    "DeathReport",
    "GateRecord",
    "HiddenName",
    "Invitation",
    "Membership",
    "Municipality",
    "Opening",
    "Organisation",
    "OrganisationBlock",
    "Outcome",
    "Profession",
    "Promise",
    "Region",
    "Report",
    "StaffRole",
    "StaffRoleName",
]
