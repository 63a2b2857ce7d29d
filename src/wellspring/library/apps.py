from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "wellspring.library"
    verbose_name = "Library"

    def ready(self) -> None:
        from wellspring.core.registry import MemberPage, register_member_pages, register_share_target, register_sweep
        from wellspring.engine.errors import marked
        from wellspring.library import desk_pages, desk_tasks, health, log, notices, search, tasks, today

        search.register()
        log.register()
        today.register()
        register_member_pages(
            MemberPage(url_name="library:front", name=marked("Library"), short=marked("Library"), icon="news", order=20)
        )
        register_member_pages(
            MemberPage(
                url_name="library:hand_in",
                name=marked("Hand in a report"),
                icon="hand-in",
                order=25,
                permission="hand_in",
                is_for_elders=False,
            )
        )
        register_share_target("library:hand_in")
        health.register_library_checks()
        notices.register()
        desk_pages.register()
        register_sweep("pages to read", tasks.ReadingSweep())
        register_sweep("asked for at the desk", desk_tasks.sweep_asked)
