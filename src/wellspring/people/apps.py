from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wellspring.people"
    verbose_name = "People"

    def ready(self) -> None:
        from wellspring.core.registry import register_actions
        from wellspring.people.accounts.actions import ACTIONS

        register_actions(*ACTIONS)
