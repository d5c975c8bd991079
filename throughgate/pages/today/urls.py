from django.urls import path

from throughgate.pages.today import views

urlpatterns = [
    path("as/<uuid:post_id>/today/", views.today, name="today"),
]
