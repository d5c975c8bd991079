from django.urls import path

from throughgate.api import views

urlpatterns = [
    path("api/openapi.json", views.description, name="api_description"),
    path("api/token", views.token, name="api_token"),
    path("api/v1/people", views.people, name="api_people"),
    path("api/v1/people/<uuid:person_id>", views.person, name="api_person"),
]
handler400 = "throughgate.api.problems.bad_request"
handler403 = "throughgate.api.problems.bad_request"
handler404 = "throughgate.api.problems.not_found"
handler500 = "throughgate.api.problems.broken"
