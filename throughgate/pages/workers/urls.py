from django.urls import path

from throughgate.pages.workers import programs, views

urlpatterns = [
    path("as/<uuid:post_id>/workers/", views.workers, name="workers"),
    path("as/<uuid:post_id>/workers/invite/", views.invite, name="invite"),
    path("as/<uuid:post_id>/workers/withdraw/", views.withdraw, name="withdraw_invitation"),
    path("as/<uuid:post_id>/workers/end/", views.end, name="end_post"),
    path("as/<uuid:post_id>/workers/sign-out/", views.sign_out, name="sign_worker_out"),
    path("as/<uuid:post_id>/workers/card/", views.card, name="hand_out_card"),
    path("as/<uuid:post_id>/workers/let-in/", views.let_in, name="let_worker_in"),
    path("as/<uuid:post_id>/workers/idle/", views.idle, name="idle_limit"),
    path("as/<uuid:post_id>/workers/programs/", programs.listed, name="programs"),
    path("as/<uuid:post_id>/workers/programs/add/", programs.add, name="add_program"),
    path("as/<uuid:post_id>/workers/programs/stop/", programs.stop, name="stop_program"),
    path("as/<uuid:post_id>/workers/programs/<uuid:program_id>/renew/", programs.renew, name="renew_program"),
]
