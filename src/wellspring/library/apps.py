from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wellspring.library"
    verbose_name = "Library"

    def ready(self) -> None:
        from wellspring.core.registry import register_sweep
        from wellspring.library import search, tasks

        search.register()
        register_sweep("pages to read", tasks.ReadingSweep())
