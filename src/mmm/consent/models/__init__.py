"""Who may read what: grants to a named reader, and letters to somebody without an account."""

from mmm.consent.models.grants import Draft, Grant
from mmm.consent.models.letters import Letter

__all__ = ["Draft", "Grant", "Letter"]
