from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "wellspring.plan"
    verbose_name = "Work plan"
