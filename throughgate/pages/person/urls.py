from django.urls import path

from throughgate.pages.person import views

urlpatterns = [
    path("as/<uuid:post_id>/people/<uuid:person_id>/", views.record, name="person"),
]
