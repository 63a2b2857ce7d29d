"""Django's admin with our site. By itself: Django imports it before any model."""

from django.contrib.admin.apps import AdminConfig


class OperatorsConfig(AdminConfig):
    default_site = "wellspring.people.operators.OperatorSite"
