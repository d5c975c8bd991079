from django.urls import path

from throughgate.pages.attendance import views

urlpatterns = [
    path("as/<uuid:post_id>/attendance/", views.attendance, name="attendance"),
]
