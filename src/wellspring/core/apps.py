from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "wellspring.core"
    verbose_name = "Core"

    def ready(self) -> None:
        from wellspring.core.catalogues import compile_catalogues

        compile_catalogues()
