from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wellspring.people"
    verbose_name = "People"
