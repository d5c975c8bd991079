from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "throughgate.contacts"
    label = "contacts"
