/* Passkeys: forms marked with data-passkey come alive where the browser knows them; what went wrong is said. */
"use strict";
(() => {
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll(".passkey-only").forEach((part) => { part.hidden = false; });
  document.querySelectorAll(".passkey-missing").forEach((part) => { part.hidden = true; });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const told = document.getElementById("passkey-trouble");
    if (told) { told.hidden = false; told.focus(); }
  });
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const credential = form.querySelector("[name=credential]");
    const passwordless = form.querySelector("[name=passwordless]");
    const button = form.querySelector("[data-passkey-button]").id;
    window.allauth.webauthn.forms[form.dataset.passkey]({
      data: form.dataset.options ? JSON.parse(form.dataset.options) : undefined,
      ids: { add: button, authenticate: button, login: button, credential: credential.id, passwordless: passwordless ? passwordless.id : undefined },
    });
  });
})();
