from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "throughgate.exchange"
    label = "exchange"
