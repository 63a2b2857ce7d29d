// Asks every ten seconds for what just came in; not while the page is hidden or the reader has paused it.
(function () {
  "use strict";
  // A library that is still empty shows its first reports by itself.
  var nothing = document.querySelector("[data-nothing-yet]");
  if (nothing) {
    window.setInterval(function () {
      if (document.visibilityState !== "visible") return;
      window.fetch(nothing.dataset.nothingYet, { headers: { "X-Unattended": "1" } }).then(function (answer) {
        if (answer.status === 200 && !answer.redirected) window.location.reload();
      }, function () {});
    }, 5000);
  }
  var box = document.querySelector("[data-arrivals]");
  if (!box || !window.htmx) return;
  var pause = document.querySelector("[data-pause]");
  var paused = false;

  box.addEventListener("htmx:configRequest", function (event) {
    event.detail.parameters.after = box.querySelector("[data-newest]").dataset.newest;
  });
  pause.hidden = false;
  pause.addEventListener("click", function () {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    pause.querySelector("use").setAttribute("href", paused ? "#i-play" : "#i-pause");
  });
  window.setInterval(function () {
    if (!paused && document.visibilityState === "visible" && !box.matches(":focus-within")) window.htmx.trigger(box, "due");
  }, 10000);
})();
