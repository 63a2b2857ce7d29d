// A session on its day: clocks count, hidden pages ask less often.
(function () {
  "use strict";

  var SLOW = 15000; // milliseconds between two looks of a page that nobody sees
  var asked = 0;

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  // The clock of the one who keeps the time is the server's: `data-now` is its moment when this part was written.
  function show(clock) {
    if (clock.ahead === undefined) clock.ahead = Date.parse(clock.dataset.now) - Date.now();
    var spoken = Math.floor((Date.now() + clock.ahead - Date.parse(clock.dataset.begun)) / 1000);
    var left = clock.dataset.minutes * 60 - spoken;
    var over = left < 0;
    var shown = Math.abs(left);
    clock.classList.toggle("is-over", over);
    clock.querySelector("[data-clock-face]").textContent = two(Math.floor(shown / 60)) + ":" + two(shown % 60);
    clock.querySelector("[data-clock-note]").textContent = over ? clock.dataset.over : clock.dataset.left;
  }

  function showAll() {
    document.querySelectorAll("[data-clock]").forEach(show);
  }

  showAll();
  setInterval(showAll, 1000);
  document.addEventListener("htmx:oobAfterSwap", showAll);

  // Who is writing a remark or a reason does not lose it because the next one begins to speak: she is told, and looks when she likes.
  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    var isTalk = event.target.id === "live-talk";
    if (!isTalk && event.target.id.indexOf("decide-") !== 0) return;
    var writing = Array.prototype.some.call(event.target.querySelectorAll("textarea"), function (field) {
      return field.value.trim();
    });
    if (!writing) return;
    event.detail.shouldSwap = false;
    if (isTalk) document.getElementById("live-talk-waits").hidden = false;
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!event.target.hasAttribute("data-live")) return;
    if (document.hidden && Date.now() - asked < SLOW) event.preventDefault();
    else asked = Date.now();
  });
})();
