"""Addresses of coming in and of the second factor; allauth looks for them by these names."""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from wellspring.people.accounts.views import entrance, services

urlpatterns = [
    path("sign-in/", entrance.SignIn.as_view(), name="sign_in"),
    path("sign-in/", entrance.SignIn.as_view(), name="account_login"),
    path("sign-out/", entrance.SignOut.as_view(), name="sign_out"),
    path("sign-out/", entrance.SignOut.as_view(), name="account_logout"),
    path("sign-in/closed/", entrance.Closed.as_view(), name="account_inactive"),
    path("sign-in/forgotten/", entrance.Forgotten.as_view(), name="account_reset_password"),
    path("sign-in/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("sign-in/forgotten/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/with/", social.connections, name="socialaccount_connections"),
    path("account/with/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/with/failed/", social.login_error, name="socialaccount_login_error"),
    path("account/with/", include(services.addresses())),
    path("admin/login/", entrance.admin_sign_in, name="admin_sign_in"),
]
