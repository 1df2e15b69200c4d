"""Who is here, how they get in, and what keeps them in. One module per noun."""

from mmm.accounts.models.addresses import AddressChange
from mmm.accounts.models.blocks import Block
from mmm.accounts.models.codes import SignInCode
from mmm.accounts.models.farewells import Farewell
from mmm.accounts.models.idle import IdleWarning
from mmm.accounts.models.letters import Letter, PaperCode
from mmm.accounts.models.notices import Notice, NoticeChoice, NoticeHours
from mmm.accounts.models.preferences import Preferences
from mmm.accounts.models.recovery import Recovery, Sentence
from mmm.accounts.models.sessions import Session
from mmm.accounts.models.user import User

__all__ = [
    "AddressChange",
    "Block",
    "Farewell",
    "IdleWarning",
    "Letter",
    "Notice",
    "NoticeChoice",
    "NoticeHours",
    "PaperCode",
    "Preferences",
    "Recovery",
    "Sentence",
    "Session",
    "SignInCode",
    "User",
]
