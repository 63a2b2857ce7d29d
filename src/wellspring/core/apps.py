from typing import Any

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "wellspring.core"
    verbose_name = "Core"

    def __init__(self, app_name: str, app_module: Any) -> None:
        from wellspring.core.catalogues import compile_catalogues

        super().__init__(app_name, app_module)
        # Not in `ready`: loading the models already asks for translations, and what was read then stays.
        compile_catalogues()

    def ready(self) -> None:
        from wellspring.core.attachments.health import attachments_check
        from wellspring.core.audit_health import audit_check
        from wellspring.core.backup.health import register_backups
        from wellspring.core.data_export import register_data_exports
        from wellspring.core.flow_health import register_flow_checks
        from wellspring.core.health import register_core_checks
        from wellspring.core.notices.registration import register_notices
        from wellspring.core.registry import register_health_checks

        register_core_checks()
        register_flow_checks()
        register_notices()
        register_health_checks(audit_check(), attachments_check())
        register_backups()
        register_data_exports()
