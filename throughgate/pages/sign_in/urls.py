from django.urls import path

from throughgate.pages.sign_in import elsewhere, joining, second, views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/password/", views.with_password, name="account_login"),  # the name the library asks for
    # Names that begin with mfa are those the library asks for.
    path("sign-in/second/", second.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", second.with_passkey, name="mfa_login_webauthn"),
    path("sign-in/again/", second.step_up, name="step_up"),
    path("sign-in/unsent/", second.send_again, name="unsent"),
    path("sign-in/awake/", second.awake, name="awake"),
    path("sign-in/mine/", second.mine, name="mfa_index"),
    path("sign-in/mine/passkey/", second.add_passkey, name="add_passkey"),
    path("sign-in/mine/telephone/", second.add_telephone, name="add_telephone"),
    path("sign-in/mine/card/", second.card, name="make_card"),
    path("sign-in/mine/password/", second.change_password, name="change_password"),
    path("sign-in/mine/remove/", second.remove, name="remove_factor"),
    path("sign-in/mine/end/", second.end_session, name="end_session"),
    path("sign-in/with/<slug:issuer_id>/", elsewhere.go, name="issuer"),
    path("sign-in/with/<slug:issuer_id>/answer/", elsewhere.come_back, name="issuer_answer"),
    path("invitation/", joining.invitation, name="invitation"),
    path("sign-in/as/", views.sign_in_as, name="sign_in_as"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("hats/", views.hats, name="hats"),
    path("as/<uuid:post_id>/", views.start, name="start"),
]
