"""Inviting workers, ending their posts, letting them back in: single use, at once, and never nobody left."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.foundation.ids import new_id
from throughgate.staff import actions as staff
from throughgate.staff import factors, invitations, members, queries
from throughgate.staff.ending import LastAdministrator
from throughgate.staff.invitations import NotTakenUp, NotTheirsAlone
from throughgate.staff.models import Post, Worker
from throughgate.staff.queries import Hat

pytestmark = pytest.mark.django_db
AT = clock.now()
PASSWORD = "a lantern by the gate"
OTHER = "four walls and a window"


@pytest.fixture
def admin() -> Hat:
    return story.worker("administrator")


def invite(admin: Hat, email: str = "bea@example.org", role: str = "prison_recovery_worker") -> str:
    return invitations.invite(admin, email=email, name="Bea Doorbell", role=role, team="Day team", at=AT)


def hats(worker: Worker) -> list[str]:
    return [hat.role for hat in queries.hats_of(worker.id, on=clock.day_of(AT))]


def posted(**given: str) -> Any:
    return Client().post(reverse("invitation"), {"again": given.get("password", ""), **given})


# Taking one up


def test_a_code_is_good_once_by_sending_it_and_looking_uses_nothing(admin: Hat) -> None:
    code = invite(admin)
    for _ in range(2):  # as a scanner of mail does
        assert Client().get(reverse("invitation"), {"code": code}).status_code == 200
    assert posted(code=code.lower(), password=PASSWORD).headers["Location"] == reverse("sign_in")
    again = posted(code=code, password=OTHER)
    assert again.status_code == 400
    assert "This code opens nothing" in words(again)
    worker = Worker.objects.get(email="bea@example.org")
    assert worker.check_password(PASSWORD)


def test_it_gives_the_post_that_was_kept(admin: Hat) -> None:
    worker = invitations.take_up(invite(admin), password=PASSWORD, at=AT)
    assert hats(worker) == ["prison_recovery_worker"]


@pytest.mark.parametrize("after", [timedelta(days=7), timedelta(days=70)])
def test_it_lasts_a_week(admin: Hat, after: timedelta) -> None:
    code = invite(admin)
    with pytest.raises(NotTakenUp):
        invitations.take_up(code, password=PASSWORD, at=AT + after)
    worker = invitations.take_up(code, password=PASSWORD, at=AT + timedelta(days=6))
    assert worker.email == "bea@example.org"


def test_a_weak_password_uses_up_nothing(admin: Hat) -> None:
    code = invite(admin)
    for weak in ("short", "1234567890123", "bea@example.org"):
        with pytest.raises(NotTakenUp):
            invitations.take_up(code, password=weak, at=AT)
    assert posted(code=code, password=PASSWORD, again=OTHER).status_code == 400
    assert posted(code=code, password=PASSWORD).status_code == 302


def test_who_signs_in_already_takes_up_a_post_with_the_password_they_have(admin: Hat) -> None:
    worker = invitations.take_up(invite(admin), password=PASSWORD, at=AT)
    code = invite(admin, role="data_quality")
    with pytest.raises(NotTakenUp, match="already"):
        invitations.take_up(code, password=OTHER, at=AT)
    assert invitations.take_up(code, password=PASSWORD, at=AT) == worker
    assert hats(worker) == ["prison_recovery_worker", "data_quality"]


def test_an_invitation_that_was_withdrawn_opens_nothing(admin: Hat) -> None:
    code = invite(admin)
    (waiting,) = members.invited(admin, at=AT)
    invitations.withdraw(story.worker("administrator", at="LEI"), waiting.id, at=AT)
    assert members.invited(admin, at=AT)
    invitations.withdraw(admin, waiting.id, at=AT)
    assert members.invited(admin, at=AT) == []
    with pytest.raises(NotTakenUp):
        invitations.take_up(code, password=PASSWORD, at=AT)


def test_the_address_is_the_installations_own_whatever_the_browser_calls_it(
    admin: Hat, settings: Settings
) -> None:
    settings.ADDRESS = "https://throughgate.example"
    typed = {"email": "bea@example.org", "name": "Bea", "role": "administrator", "team": "Day team"}
    client = signed_in(admin)
    page = words(client.post(address("invite", admin), typed, headers={"X-Forwarded-Host": "evil.example"}))
    assert "https://throughgate.example/invitation/" in page
    assert "evil.example" not in page
    assert client.post(address("invite", admin), typed, headers={"Host": "evil.example"}).status_code == 400


def test_the_code_stands_in_no_address_and_not_in_the_database(admin: Hat) -> None:
    code = invite(admin)
    ((kept,),) = rows("SELECT to_jsonb(staff_invitation)::text FROM staff_invitation")
    assert code not in kept
    assert code.replace(" ", "") not in kept


# Ending


def test_a_post_that_ends_bites_at_the_next_request_and_takes_sessions_factors_and_invitations() -> None:
    admin, hat = story.worker("administrator"), story.worker()
    client = signed_in(hat)
    email = str(Worker.objects.get(id=hat.worker_id).email)
    factors.make_card(hat.worker_id, made_by=hat.worker_id, at=AT)
    code = invite(admin, email=email)
    assert client.get(address("today", hat)).status_code == 200
    members.end_post(admin, hat.post_id, at=AT)
    assert client.get(address("today", hat)).headers["Location"].startswith(reverse("sign_in"))
    assert not factors.has_card(hat.worker_id)
    with pytest.raises(NotTakenUp):
        invitations.take_up(code, password=PASSWORD, at=AT)


def test_who_moves_loses_the_old_post_at_once_and_keeps_the_session(admin: Hat) -> None:
    worker = invitations.take_up(invite(admin), password=PASSWORD, at=clock.now())
    invitations.take_up(invite(admin, role="data_quality"), password=PASSWORD, at=clock.now())
    old, new = queries.hats_of(worker.id, on=clock.today())
    client = signed_in(old)
    members.end_post(admin, old.post_id, at=clock.now())
    assert client.get(address("today", old)).status_code == 404
    assert client.get(address("held", new)).status_code == 200


def test_an_administrator_ends_nothing_of_another_organisation(admin: Hat) -> None:
    other = story.worker(at="LEI")
    for deed in (
        lambda: members.end_post(admin, other.post_id, at=AT),
        lambda: members.sign_out(admin, other.worker_id, at=AT),
        lambda: members.hand_out_card(admin, other.worker_id, at=AT),
        lambda: members.end_post(admin, new_id(), at=AT),
    ):
        with pytest.raises(NotFound):
            deed()


def test_an_organisation_is_never_left_without_an_administrator(admin: Hat) -> None:
    with pytest.raises(LastAdministrator):
        members.end_post(admin, admin.post_id, at=AT)
    email = str(Worker.objects.get(id=admin.worker_id).email)
    with pytest.raises(LastAdministrator):
        staff.end_work(email=email, at=AT)
    assert Worker.objects.get(id=admin.worker_id).is_active
    second = story.worker("administrator")
    members.end_post(admin, second.post_id, at=AT)
    with pytest.raises(LastAdministrator):
        members.end_post(admin, admin.post_id, at=AT)


def test_signing_somebody_out_ends_every_session_and_no_post() -> None:
    admin, hat = story.worker("administrator"), story.worker()
    clients = [signed_in(hat), signed_in(hat)]
    members.sign_out(admin, hat.worker_id, at=AT)
    assert {client.get(address("today", hat)).status_code for client in clients} == {302}
    assert signed_in(hat).get(address("today", hat)).status_code == 200


# Back in


def test_who_lost_everything_is_let_back_in_and_chooses_a_password(admin: Hat) -> None:
    hat = story.worker()
    factors.make_card(hat.worker_id, made_by=hat.worker_id, at=AT)
    client = signed_in(hat)
    code = invitations.let_back_in(admin, hat.worker_id, at=AT)
    assert client.get(address("today", hat)).status_code == 200  # nothing ends until it is taken up
    worker = invitations.take_up(code, password=OTHER, at=AT)
    assert worker.id == hat.worker_id
    assert worker.check_password(OTHER)
    assert not factors.has_card(worker.id)
    assert client.get(address("today", hat)).status_code == 302
    assert Post.objects.filter(worker=worker).count() == 1


def test_no_administrator_lets_in_who_works_for_another_organisation_too(admin: Hat) -> None:
    worker = invitations.take_up(invite(admin), password=PASSWORD, at=AT)
    elsewhere = story.worker("administrator", at="LEI")
    invitations.take_up(invite(elsewhere), password=PASSWORD, at=AT)
    for who in (admin, elsewhere):
        with pytest.raises(NotTheirsAlone):
            invitations.let_back_in(who, worker.id, at=AT)
    assert invitations.take_up(invitations.let_in("BEA@example.org", at=AT), password=OTHER, at=AT) == worker
    with pytest.raises(Refused, match="Nobody with a post"):
        invitations.let_in("nobody@example.org", at=AT)


# Around it


def without_password(organisation: str = "LEI", email: str = "bea@example.org") -> Worker:
    """Somebody of another organisation who signs in there, and so has no password here."""
    story.prison(organisation)
    return staff.add_worker(
        email=email,
        name="Bea Doorbell",
        role="prison_recovery_worker",
        organisation=organisation,
        team="Night team",
        works_in=[],
        password=None,
        on=clock.day_of(AT),
    )


def test_an_invitation_opens_no_account_of_somebody_who_works_elsewhere(admin: Hat) -> None:
    worker = without_password()
    factors.make_card(worker.id, made_by=worker.id, at=AT)
    with pytest.raises(NotTakenUp, match="work for another organisation"):
        invitations.take_up(invite(admin), password=PASSWORD, at=AT)
    worker.refresh_from_db()
    assert not worker.has_usable_password()
    assert factors.has_card(worker.id)


def test_a_way_back_in_opens_nothing_once_they_work_elsewhere_too(admin: Hat) -> None:
    worker = invitations.take_up(invite(admin), password=PASSWORD, at=AT)
    code = invitations.let_back_in(admin, worker.id, at=AT)
    without_password()
    with pytest.raises(NotTakenUp, match="work for another organisation"):
        invitations.take_up(code, password=OTHER, at=AT)
    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)


def test_who_signs_in_elsewhere_alone_is_invited_again_by_their_own(admin: Hat) -> None:
    worker = without_password(organisation="MDI")
    assert invitations.take_up(invite(admin, role="data_quality"), password=PASSWORD, at=AT) == worker
    assert worker.id == Worker.objects.get(email="bea@example.org").id


def test_whoever_invites_somebody_does_not_guess_their_password_with_it(admin: Hat) -> None:
    invitations.take_up(invite(admin), password=PASSWORD, at=AT)
    codes = [invite(admin, role="data_quality") for _ in range(2)]
    answers = [posted(code=code, password=OTHER) for code in [codes[0]] * 3 + [codes[1]] * 3]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    tried = rows("SELECT 1 FROM audit_event WHERE action = 'take up invitation' AND outcome = 'refused'")
    assert len(tried) == 5


# The pages


def test_the_page_shows_everybody_here_and_nobody_else(admin: Hat) -> None:
    here, elsewhere = story.worker(), story.worker(at="LEI")
    invite(admin)
    client = signed_in(admin)
    page = words(client.get("/", follow=True))
    assert "<h1>Workers</h1>" in page
    assert str(Worker.objects.get(id=here.worker_id).email) in page
    assert str(Worker.objects.get(id=elsewhere.worker_id).email) not in page
    assert "Bea Doorbell" in words(client.get(address("workers", admin)))


@pytest.mark.parametrize("role", ["prison_recovery_worker", "information_governance", "data_quality"])
def test_nobody_else_has_these_pages(role: str) -> None:
    hat = story.worker(role)
    client = signed_in(hat)
    for name in ("workers", "invite", "end_post", "let_worker_in", "hand_out_card", "idle_limit"):
        assert client.post(address(name, hat)).status_code == 404


def test_each_button_does_what_it_says(admin: Hat) -> None:
    hat = story.worker()
    client = signed_in(admin)

    def press(name: str, **sent: UUID | str) -> str:
        return words(client.post(address(name, admin), sent, follow=True))

    assert "shown this once" in press("hand_out_card", worker=hat.worker_id)
    assert "They type it at" in press("let_worker_in", worker=hat.worker_id)
    (waiting,) = members.invited(admin, at=clock.now())
    assert "a new way in" in words(client.get(address("workers", admin)))
    press("withdraw_invitation", invitation=waiting.id)
    press("sign_worker_out", worker=hat.worker_id)
    press("idle_limit", minutes="15")
    assert members.idle_limit(admin) == timedelta(minutes=15)
    assert client.post(address("idle_limit", admin), {"minutes": "9000"}).status_code == 404
    assert client.get(address("end_post", admin)).status_code == 404
    press("end_post", post=hat.post_id)
    assert [each.worker_id for each in members.of(admin, at=clock.now())] == [admin.worker_id]


def test_what_is_wrong_with_an_invitation_is_said_by_each_control(admin: Hat) -> None:
    client = signed_in(admin)
    assert "Make the code" in words(client.get(address("invite", admin)))
    answer = client.post(address("invite", admin), {"email": "bea", "role": "housing_worker"})
    assert answer.status_code == 400
    for sentence in ("Write their e-mail address", "Say who it is for", "Choose what", "Say which team"):
        assert sentence in words(answer)


def test_what_an_administrator_did_is_in_the_audit(admin: Hat) -> None:
    hat = story.worker()
    invite(admin)
    members.end_post(admin, hat.post_id, at=AT)
    found = rows("SELECT action FROM audit_event WHERE actor_id = %s ORDER BY id", admin.worker_id)
    assert [action for (action,) in found] == ["invite worker", "end post"]


def test_who_took_up_an_invitation_is_in_the_audit(admin: Hat) -> None:
    worker = invitations.take_up(invite(admin), password=PASSWORD, at=AT)
    found = rows("SELECT action FROM audit_event WHERE actor_id = %s", worker.id)
    assert found == [("take up invitation",)]
