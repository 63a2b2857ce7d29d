from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wellspring.demo"
    verbose_name = "Demo"
