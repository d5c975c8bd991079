"""The forms that take a second factor: a code of a telephone or of a card, or a passkey."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

from throughgate.foundation import clock
from throughgate.staff import audited, factors

WRONG = "incorrect_code"


class CardOrTelephone:
    """A code of the telephone, as the library reads it; what is none may be of the card.

    Five wrong ones, or right ones of a card, are all that five minutes allow.
    """

    user: Any
    data: Any
    is_of_card = False

    def clean_code(self) -> str:
        try:
            return super().clean_code()  # type: ignore[misc, no-any-return]  # the library's form has it
        except ValidationError as wrong:
            code: str = self.data["code"]
            if wrong.code != WRONG or not factors.use_code(self.user.pk, code, at=clock.now()):
                factors.refuse(self.user.pk, at=clock.now())
                raise
        self.is_of_card = True
        return code

    def save(self) -> None:
        if self.is_of_card:
            record_authentication(context.request, self.user, "mfa", type="card")
        else:
            super().save()  # type: ignore[misc]


class Answer(forms.JSONField):
    """What a passkey answered; nothing, for what no browser sends."""

    def to_python(self, value: Any) -> Any:
        return factors.passkeys_answer(value or "")


class FromABrowser:
    """A form that a passkey's answer is sent with."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["credential"] = Answer()


class WellFormed(FromABrowser):
    """A passkey's answer, as a browser makes it; the library takes any other shape for a fault of its own."""

    user: Any  # None: whoever the passkey names

    def clean_credential(self) -> Any:
        try:
            with _readable(self.cleaned_data["credential"]):  # type: ignore[attr-defined]
                return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            if self.user is None:
                audited.not_signed_in(at=clock.now())
            else:
                factors.refuse(self.user.pk, at=clock.now())
            raise


class PasskeyNew(FromABrowser, AddWebAuthnForm):
    """One that is added; here the library reads the answer with the whole form."""

    def clean(self) -> dict[str, Any]:
        with _readable(self.cleaned_data.get("credential")):
            cleaned: dict[str, Any] = super().clean()
            return cleaned


@contextmanager
def _readable(given: Any) -> Iterator[None]:
    """Raises: ValidationError for what no browser sends."""
    try:
        with factors.reading_a_passkey(given):
            yield
    except ValueError as unreadable:
        raise get_adapter().validation_error(WRONG) from unreadable


class PasskeyAlone(WellFormed, LoginWebAuthnForm):
    """At signing in, without a password."""


class PasskeySecond(WellFormed, AuthenticateWebAuthnForm):
    """At signing in, after the password."""


class PasskeyAgain(WellFormed, ReauthenticateWebAuthnForm):
    """By somebody who is signed in."""


class SignInCode(CardOrTelephone, AuthenticateForm):
    """At signing in, after the password."""


class CodeAgain(CardOrTelephone, ReauthenticateForm):
    """By somebody who is signed in."""
