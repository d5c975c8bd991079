from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed


class PagesConfig(AppConfig):
    name = "throughgate.pages"
    label = "pages"

    def ready(self) -> None:
        from throughgate.pages.sign_in import beginning  # noqa: PLC0415 - once the models are there

        user_logged_in.connect(beginning.begin, dispatch_uid="sessions begin")
        user_login_failed.connect(beginning.refuse, dispatch_uid="tries are logged")
