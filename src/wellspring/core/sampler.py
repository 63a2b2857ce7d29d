"""What /styleguide/ shows the components with: sample forms, figures, a timeline, a difference."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As it is written in Chinese.")
    channel = forms.ChoiceField(label="Channel", choices=[("domestic", "国内"), ("suzhou", "苏州")])
    day = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))


class SampleOfficeForm(forms.Form):
    note = forms.CharField(label="备注", widget=forms.Textarea, required=False, help_text="写给同事看的一两句话。")
    roles = forms.MultipleChoiceField(
        label="角色",
        choices=[("worker", "社工"), ("mentor", "师傅"), ("leader", "负责人")],
        widget=forms.CheckboxSelectMultiple,
    )
    reuse = forms.ChoiceField(
        label="使用范围", choices=[("full", "全文"), ("excerpt", "摘要"), ("link", "仅链接")], widget=forms.RadioSelect
    )
    told = forms.BooleanField(label="告知本人", required=False, help_text="站内消息和邮件。")
    sheet = forms.FileField(label="Excel 表格", required=False, help_text=".xlsx，不超过 5 MB。")


def sample_form() -> SampleForm:
    """A form with one right and one wrong field."""
    form = SampleForm({"name": "", "channel": "suzhou", "day": "2025-03-05"}, auto_id="sample-%s")
    form.is_valid()
    return form


def samples() -> dict[str, Any]:
    """Everything that the components of the page are filled with."""
    now = timezone.now()
    office = SampleOfficeForm({"note": "", "reuse": "excerpt", "told": "on"}, auto_id="office-%s")
    office.is_valid()
    return {
        "now": now,
        "page": Paginator(range(95), 20).page(2),
        "form": sample_form(),
        "filter_form": SampleForm(auto_id="filter-%s"),
        "office_form": office,
        "trail": [("Front page", "/")],
        "tabs": [("全部", "#main", True, 12), ("待处理", "#main", False, 3), ("已停用", "#main", False)],
        "figures": [("成员", 46), ("在任角色", 51, "alive"), ("逾期", 2, "wrong")],
        "entries": [
            (now, "陆听荷", "把来源“柳湾网”改为每 2 小时采集一次"),
            (now - timedelta(days=2), "范青", "新增了来源“柳湾网”"),
        ],
        "differences": [("名称", "柳湾网", "柳湾新闻网"), ("采集间隔", "60 分钟", "")],
        "points": ["她不能再登录本社区的页面。", "她写下的内容都会保留。"],
    }
