from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "wellspring.core"
    verbose_name = "Core"
