"""How the library of second steps behaves here: locked secrets, our own address, quiet names."""

from typing import Any, Never
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from mmm.accounts.models import User
from mmm.foundation.crypto import secret_box

# Rule 9, quiet outside: this name stands in the code app and in the list of passkeys of a device.
QUIET_NAME = "MMM"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets lie locked with the key of the person's vault; no mail of the library itself leaves."""

    def encrypt(self, text: str) -> Never:
        """Not by this door: it does not say whose secret it is. See `factors.totp` and `factors.paper`."""
        raise NotImplementedError("lock it with crypto.secret_box.lock(vault_id, text)")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret, by the vault named in it."""
        return secret_box.unlock(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        """What the code app calls this account: what we call the person."""
        return user.name

    def get_totp_issuer(self) -> str:
        """What the code app calls us."""
        return QUIET_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Which site a passkey belongs to (WebAuthn level 2, 5.1.2): the host of this installation."""
        return {"id": site(), "name": QUIET_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """What a device shows in its list of passkeys, and the handle by which it names the person."""
        return {"id": user.id.bytes, "display_name": user.name, "name": user.name}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: our own notices say what changed."""


def site() -> str:
    """The host that passkeys are bound to. They know no numbers: on one's own machine it is `localhost`."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return "localhost" if host == "127.0.0.1" and not settings.PRODUCTION else host
