"""Addresses of plans and items, and what they are about: all of 柳湾社区."""

from typing import Any

from tests.plan.factories import make_item
from tests.web.addresses.answers import POST_ONLY, only

SEEN = only("worker", "mentor", "archivist", "leader", "administrator", "stranger")
SEEN_HERE = only("worker", "mentor", "archivist", "leader", "administrator", stranger=404)
MANAGED = only("leader", "administrator", "stranger")
MANAGED_HERE = only("leader", "administrator", stranger=404)

TABLE = {
    "plan:home": SEEN,
    "plan:mine": SEEN,
    "plan:open": MANAGED,
    "plan:plan": SEEN_HERE,
    "plan:note": MANAGED_HERE,
    "plan:item_add": MANAGED_HERE,
    "plan:item": SEEN_HERE,
    "plan:item_change": MANAGED_HERE,
    "plan:item_begin": POST_ONLY,
    "plan:item_progress": MANAGED_HERE,  # and who owns it or helps: tests/plan/views/test_item.py
    "plan:item_outcome": MANAGED_HERE,
    "plan:item_postpone": MANAGED_HERE,
    "plan:item_drop": MANAGED_HERE,
    "plan:item_take_up": POST_ONLY,
    "plan:item_carry": MANAGED_HERE,
    "plan:item_split": MANAGED_HERE,
    "plan:import": MANAGED_HERE,
    "plan:import_template": only("leader", "administrator", stranger=404, is_page=False),
    "plan:import_look": only("leader", "administrator", "stranger", status=404),  # seen by who uploaded it only
    "plan:export": POST_ONLY,
    "plan:carry_all": MANAGED_HERE,
    "plan:close": MANAGED_HERE,
    "plan:reopen": POST_ONLY,
    "plan:merge": only("leader", "administrator", status=302, stranger=404, is_page=False),  # nothing chosen
}


def arguments() -> dict[str, dict[str, Any]]:
    """An item of this month's plan."""
    item = make_item()
    of_the_plan = {
        f"plan:{name}"
        for name in (
            "plan",
            "note",
            "item_add",
            "import",
            "import_template",
            "export",
            "carry_all",
            "close",
            "reopen",
            "merge",
        )
    }
    return {
        name: {"pk": item.plan_id if name in of_the_plan else item.pk}
        for name in TABLE
        if name not in ("plan:home", "plan:mine", "plan:open")
    }
