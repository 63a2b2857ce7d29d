from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "wellspring.sharing"
    verbose_name = "Sharing sessions"
