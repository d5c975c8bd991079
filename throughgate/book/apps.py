from django.apps import AppConfig


class BookConfig(AppConfig):
    name = "throughgate.book"
    label = "book"
