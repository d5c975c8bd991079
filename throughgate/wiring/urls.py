"""Every address there is, by journey."""

from django.urls import include, path

urlpatterns = [
    path("", include("throughgate.pages.sign_in.urls")),
    path("", include("throughgate.pages.workers.urls")),
    path("", include("throughgate.pages.today.urls")),
    path("", include("throughgate.pages.everyone.urls")),
    path("", include("throughgate.pages.attendance.urls")),
    path("", include("throughgate.pages.person.urls")),
    path("", include("throughgate.pages.recording.urls")),
    path("", include("throughgate.pages.sharing.urls")),
    path("", include("throughgate.pages.assessment.urls")),
    path("", include("throughgate.pages.packs.urls")),
    path("", include("throughgate.pages.summaries.urls")),
    path("", include("throughgate.pages.oversight.urls")),
    path("", include("throughgate.pages.mine.urls")),
    path("", include("throughgate.pages.team.urls")),
    path("", include("throughgate.pages.story.urls")),
    path("", include("throughgate.pages.burden.urls")),
    path("", include("throughgate.pages.held.urls")),
    path("", include("throughgate.pages.imports.urls")),
    path("", include("throughgate.pages.components.urls")),
    path("", include("throughgate.api.urls")),
]
handler400 = "throughgate.pages.errors.bad_request"
handler403 = "throughgate.pages.errors.permission_denied"
handler404 = "throughgate.pages.errors.not_found"
handler429 = "throughgate.pages.errors.too_many"  # asked for by the library
handler500 = "throughgate.pages.errors.broken"
