"""Coming back from WeChat, DingTalk or Feishu: what they answer may be anything."""

from __future__ import annotations

import logging
from collections.abc import Callable

from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

logger = logging.getLogger(__name__)
ADAPTERS = {"weixin": WeixinOAuth2Adapter, "dingtalk": DingTalkOAuth2Adapter, "feishu": FeishuOAuth2Adapter}


def addresses() -> list[URLPattern]:
    """The way out and the way back, for each service."""
    ways = []
    for name, adapter in ADAPTERS.items():
        ways.append(path(f"{name}/login/", OAuth2LoginView.adapter_view(adapter), name=f"{name}_login"))
        ways.append(path(f"{name}/login/callback/", _way_back(name), name=f"{name}_callback"))
    return ways


def _way_back(name: str) -> Callable[[HttpRequest], HttpResponse]:
    view = OAuth2CallbackView.adapter_view(ADAPTERS[name])

    def come_back(request: HttpRequest) -> HttpResponse:
        try:
            answer: HttpResponse = view(request)
        except (KeyError, TypeError, ValueError) as error:  # an answer without what it should hold
            logger.warning("%s answered a sign-in with something unreadable: %r", name, error)
            return redirect("socialaccount_login_error")
        return answer

    return come_back
