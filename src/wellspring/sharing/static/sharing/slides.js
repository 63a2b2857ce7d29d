// Leads through a talk on the meeting-room screen by arrow keys, a presenter's buttons or clicks; without it one scrolls.
(function () {
  "use strict";
  var stage = document.querySelector("[data-slides]");
  var slides = Array.from(stage.querySelectorAll(".slide"));
  var counter = document.querySelector("[data-at]");
  var full = document.querySelector("[data-full]");

  function nearest() {
    var middle = stage.scrollTop + stage.clientHeight / 2;
    var at = slides.findIndex(function (slide) {
      return slide.offsetTop + slide.offsetHeight > middle;
    });
    return at < 0 ? slides.length - 1 : at;
  }
  function tell() {
    counter.textContent = (nearest() + 1) + " / " + slides.length;
  }
  function show(at) {
    slides[Math.max(0, Math.min(at, slides.length - 1))].scrollIntoView();
    tell();
  }

  var steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("button, a")) return;
    if (event.key in steps) show(nearest() + steps[event.key]);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else return;
    event.preventDefault();
  });
  document.querySelectorAll("[data-step]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { show(nearest() + Number(button.dataset.step)); });
  });
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", function () {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    });
  }
  counter.hidden = false;
  stage.addEventListener("scroll", tell, { passive: true });
  window.addEventListener("resize", tell);
  tell();
})();
