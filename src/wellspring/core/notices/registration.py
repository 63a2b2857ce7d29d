"""What notices add to the house: a sweep of the worker and a look at their health."""

from __future__ import annotations

from wellspring.core.notices.health import look_at_mails
from wellspring.core.notices.tasks import clear_old_notices, sweep_mails
from wellspring.core.registry import Chore, HealthCheck, register_chores, register_health_checks, register_sweep
from wellspring.engine.errors import marked


def register_notices() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_sweep("mails with notices", sweep_mails)
    register_chores(Chore("old notices", 3600, clear_old_notices))
    register_health_checks(HealthCheck("mail", marked("Notices by mail"), look_at_mails))
