// Searches as one types: after a short rest, and never while a word is still being composed (pinyin and the like).
(function () {
  "use strict";
  var REST = 300;
  var form = document.querySelector("[data-search]");
  if (!form || !window.htmx) return;
  var composing = false;
  var timer = 0;
  var last = asked();

  function asked() {
    return new URLSearchParams(new FormData(form)).toString();
  }
  function settle() {
    window.clearTimeout(timer);
    if (composing) return;
    timer = window.setTimeout(function () {
      if (composing || asked() === last) return;
      last = asked();
      window.htmx.trigger(form, "settled");
    }, REST);
  }

  function isOffered(field) {
    return Array.from(field.list.options).some(function (option) {
      return option.value === field.value;
    });
  }

  // The filters stand beside the form and belong to it by their `form` attribute.
  function listen(name, then) {
    document.addEventListener(name, function (event) {
      if (event.target.form === form) then(event);
    });
  }

  listen("compositionstart", function () {
    composing = true;
    window.clearTimeout(timer);
  });
  listen("compositionend", function () {
    composing = false;
    settle();
  });
  listen("input", function (event) {
    // A name that is still being written is no filter yet; one chosen from the list is.
    if (event.target.list && event.target.value && !isOffered(event.target)) return;
    if (!event.isComposing) settle();
  });
  listen("change", settle);
  form.addEventListener("submit", function () {
    window.clearTimeout(timer);
    last = asked();
  });
  // Filters left empty stay out of the address.
  form.addEventListener("htmx:configRequest", function (event) {
    Array.from(event.detail.formData.keys()).forEach(function (name) {
      if (!event.detail.formData.get(name)) event.detail.formData.delete(name);
    });
  });
  document.body.addEventListener("htmx:afterSwap", function (event) {
    if (!event.detail.target || event.detail.target.id !== "results") return;
    var told =
      document.getElementById("results-count") || document.querySelector("#results .empty-title, #results .notice p");
    document.getElementById("search-status").textContent = told ? told.textContent : "";
  });

  // On a wide screen there is room for the filters.
  var filters = document.querySelector("[data-filters]");
  if (window.matchMedia("(min-width: 62rem)").matches) filters.open = true;
})();
