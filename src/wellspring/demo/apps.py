from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wellspring.demo"
    verbose_name = "Demo"

    def ready(self) -> None:
        from wellspring.core.registry import Action, register_actions, register_sign_in_offers, register_sweep
        from wellspring.demo.entrance import offers
        from wellspring.demo.year.evidence import lay_evidence
        from wellspring.engine.errors import marked

        register_actions(
            Action("demo.person_added", marked("%(name)s came with the demo")),
            Action("demo.year_loaded", marked("%(sessions)s sharing sessions came with the demo")),
            Action(
                "demo.left", marked("The demo was left: %(people)s people, %(sources)s sources, %(snapshots)s reports")
            ),
        )
        register_sign_in_offers(offers)
        register_sweep("evidence of the demo's talks", lay_evidence)
