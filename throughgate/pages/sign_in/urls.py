from django.urls import path

from throughgate.pages.sign_in import views

urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/password/", views.with_password, name="account_login"),  # the name the library asks for
    path("sign-in/as/", views.sign_in_as, name="sign_in_as"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("hats/", views.hats, name="hats"),
    path("as/<uuid:post_id>/", views.start, name="start"),
]
