from django.apps import AppConfig


class ReferralConfig(AppConfig):
    name = "throughgate.referral"
    label = "referral"
