from django.urls import path

from throughgate.pages.imports import views

IMPORTS = "as/<uuid:post_id>/imports/"
urlpatterns = [
    path(IMPORTS, views.runs, name="imports"),
    path(f"{IMPORTS}new/", views.upload, name="upload"),
    path(f"{IMPORTS}<uuid:run_id>/", views.run, name="run"),
    path(f"{IMPORTS}<uuid:run_id>/rejected.csv", views.rejected, name="rejected"),
]
