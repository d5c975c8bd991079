"""Every address there is."""

urlpatterns: list = []
