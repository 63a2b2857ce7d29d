"""What the audit trail says about work plans."""

from wellspring.core.registry import Action, register_actions
from wellspring.engine.errors import marked

ACTIONS = (
    Action("plan.opened", marked("opened the work plan")),
    Action("plan.note_changed", marked("changed the note of the work plan")),
    Action("plan.closed", marked("closed the work plan")),
    Action("plan.reopened", marked("opened the work plan again")),
    Action("plan.item_added", marked("put “%(goal)s” into the work plan, due on %(due)s")),
    Action("plan.item_changed", marked("changed what stands about “%(goal)s”")),
    Action("plan.item_begun", marked("began “%(goal)s”")),
    Action("plan.progress_added", marked("reported on “%(goal)s”")),
    Action("plan.outcome_recorded", marked("recorded the outcome of “%(goal)s”")),
    Action("plan.outcome_corrected", marked("put the outcome of “%(goal)s” right")),
    Action("plan.item_postponed", marked("postponed “%(goal)s” from %(from)s to %(until)s: %(reason)s")),
    Action("plan.item_dropped", marked("dropped “%(goal)s”: %(reason)s")),
    Action("plan.item_taken_up", marked("took “%(goal)s” up again")),
    Action("plan.item_carried", marked("carried “%(goal)s” into %(plan)s")),
    Action("plan.item_split", marked("split “%(goal)s” into %(count)s parts")),
    Action("plan.items_merged", marked("merged %(count)s items into “%(goal)s”")),
    Action("plan.imported", marked("took over a list of %(count)s items")),
    Action("plan.exported", marked("exported the work plan with %(count)s items")),
)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_actions(*ACTIONS)
