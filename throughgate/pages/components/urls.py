from django.urls import path

from throughgate.pages.components import views

urlpatterns = [path("components/", views.components, name="components")]
