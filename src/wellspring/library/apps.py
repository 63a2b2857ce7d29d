from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wellspring.library"
    verbose_name = "Library"

    def ready(self) -> None:
        from wellspring.core.registry import register_sweep
        from wellspring.library import health, search, tasks

        search.register()
        health.register_library_checks()
        register_sweep("pages to read", tasks.ReadingSweep())
