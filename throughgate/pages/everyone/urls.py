from django.urls import path

from throughgate.pages.everyone import views

urlpatterns = [
    path("as/<uuid:post_id>/everyone/", views.everyone, name="everyone"),
    path("as/<uuid:post_id>/everyone/search/", views.search, name="search"),
]
