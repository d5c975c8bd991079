from django.urls import path

from throughgate.pages.burden import views

urlpatterns = [path("as/<uuid:post_id>/asked-of-people/", views.burden, name="burden")]
