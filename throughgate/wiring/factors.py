"""Second factors: the library's passkeys and codes of a telephone, and our printed cards."""

import base64
import hashlib
from collections.abc import Sequence

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from throughgate.staff import factors


class Factors(DefaultMFAAdapter):
    """A card counts as a second factor; the secrets of telephones are not in the database in the clear."""

    def is_mfa_enabled(
        self, user: AbstractBaseUser | AnonymousUser, types: Sequence[str] | None = None
    ) -> bool:
        """Asked for one type alone, the library wants to know of that one."""
        if user.pk is None or super().is_mfa_enabled(user, types):
            return user.pk is not None
        return (types is None or len(types) > 1) and factors.has_card(user.pk)

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    secret = hashlib.sha256(b"throughgate second factors\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
