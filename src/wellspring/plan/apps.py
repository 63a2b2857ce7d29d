from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "wellspring.plan"
    verbose_name = "Work plan"

    def ready(self) -> None:
        from wellspring.core.registry import Chore, MemberPage, register_chores, register_member_pages, register_sweep
        from wellspring.engine.errors import marked
        from wellspring.plan import audit_subjects, notices, pictures, sentences, today
        from wellspring.plan.services.imports import forget_old_imports
        from wellspring.plan.services.reminders import chore

        register_member_pages(
            MemberPage(
                url_name="plan:home",
                name=marked("Work plan"),
                short=marked("Plan"),
                icon="plan",
                order=18,
                permission="take_part",
                is_for_elders=False,
            )
        )
        sentences.register()
        audit_subjects.register()
        notices.register()
        pictures.register()
        today.register()
        register_chores(Chore("due days of the work plan", 1800, chore))
        register_sweep("plan lists to forget", forget_old_imports)
