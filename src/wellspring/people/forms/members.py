"""Forms about members: narrow the list, add, change, roles, the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.forms.telling import TellingForm, UnitField, VersionedForm, day_field
from wellspring.people.models import Member, RoleName
from wellspring.people.queries.units import UnitRow


class PeopleFilter(forms.Form):
    """Words and filters of the list; bound to the query string."""

    q = forms.CharField(label=_("Name, pinyin or user name"), max_length=60, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All")), *RoleName.choices])
    state = forms.ChoiceField(
        label=_("Membership"),
        required=False,
        choices=[("", _("Members now")), ("left", _("Have left")), ("all", _("All"))],
    )

    def __init__(self, data: Any, *, units: Iterable[UnitRow], with_former: bool) -> None:
        super().__init__(data, auto_id="people-%s")
        self.fields["unit"] = UnitField(units, empty=_("All"), label=_("Unit"))
        self.order_fields(["q", "unit", "role", "state"])
        if not with_former:
            del self.fields["state"]

    def chosen(self) -> dict[str, Any]:
        """What to narrow by; a filter that makes no sense is left out."""
        self.is_valid()
        data = self.cleaned_data
        return {
            "words": data.get("q", ""),
            "unit": data.get("unit"),
            "role": data.get("role", ""),
            "state": data.get("state") or "active",
        }


def roles_field(choices: Iterable[RoleName], **kwargs: Any) -> forms.MultipleChoiceField:
    """Ticks for the roles that somebody may give."""
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role.value, role.label) for role in choices],
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


class AddMemberForm(TellingForm):
    """Somebody new. `person`: an account that exists, so only the membership is asked."""

    full_name = forms.CharField(label=_("Name"), max_length=80)
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        required=False,
        help_text=_("Left empty: made from the pinyin of the name."),
    )
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("Mail address"), required=False)
    is_generalist = forms.BooleanField(label=_("Generalist"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        units: Iterable[UnitRow],
        roles: Iterable[RoleName],
        unit: int | None = None,
        is_new: bool = True,
    ) -> None:
        super().__init__(data, initial={"joined_on": timezone.localdate(), "roles": ["worker"], "org": unit})
        if not is_new:
            for name in ("full_name", "username", "email"):
                del self.fields[name]
        self.fields["org"] = UnitField(units, label=_("Unit"))
        self.fields["roles"] = roles_field(roles, required=False)
        self.fields["joined_on"] = day_field(_("Joined on"))
        self.order_fields(
            ["full_name", "username", "org", "post", "roles", "phone", "email", "joined_on", "is_generalist"]
        )


class ChangeMemberForm(VersionedForm):
    """What stands about a member. `whole`: name and mail address too."""

    full_name = forms.CharField(label=_("Name"), max_length=80)
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("Mail address"), required=False)
    is_generalist = forms.BooleanField(label=_("Generalist"), required=False)

    def __init__(self, data: Any, *, member: Member, whole: bool) -> None:
        initial = {name: getattr(member, name) for name in ("version", "post", "phone", "is_generalist", "joined_on")}
        initial |= {name: getattr(member.user, name) for name in ("full_name", "email")}
        super().__init__(data, initial=initial)
        self.fields["joined_on"] = day_field(_("Joined on"))
        if not whole:
            del self.fields["full_name"], self.fields["email"]
        self.order_fields(["version", "full_name", "post", "phone", "email", "joined_on", "is_generalist"])


class RolesForm(TellingForm):
    """The roles of one member, as far as the viewer may give them."""

    def __init__(self, data: Any, *, roles: Iterable[RoleName], has: Iterable[str]) -> None:
        super().__init__(data, initial={"roles": list(has)})
        self.fields["roles"] = roles_field(roles, required=False)


class EndForm(TellingForm):
    """The first day on which she does not belong any more."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"left_on": timezone.localdate()})
        self.fields["left_on"] = day_field(
            _("First day away"), help_text=_("Today: she is out at once. A later day: until then everything stays.")
        )
