// 朗读: reads the report aloud, sentence by sentence, where the browser has a voice for its language.
(function () {
  "use strict";

  var box = document.querySelector("[data-read-aloud]");
  var speech = window.speechSynthesis;
  if (!box || !speech || !window.SpeechSynthesisUtterance) return;

  var play = box.querySelector("[data-read-play]");
  var stop = box.querySelector("[data-read-stop]");
  var label = play.querySelector("[data-read-label]");
  var sentences = null;
  var at = 0;
  var turn = 0;
  var state = "silent";

  function language() {
    var text = document.querySelector("[data-read]");
    return ((text && text.lang) || document.documentElement.lang || "zh").slice(0, 2).toLowerCase();
  }

  function voice() {
    return speech.getVoices().filter(function (one) {
      return one.lang.slice(0, 2).toLowerCase() === language();
    })[0];
  }

  function show() {
    box.hidden = !voice();
  }

  // Each sentence gets an element of its own, so that the one that is being read can be shown.
  function cut() {
    var found = [];
    document.querySelectorAll("[data-read]").forEach(function (part) {
      var walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      var texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      texts.forEach(function (text) {
        if (!text.nodeValue.trim() || text.parentElement.closest("[data-read-not]")) return;
        var pieces = text.nodeValue.match(/[^。！？；!?;\n]+[。！？；!?;\n]*[”’」』）)]*|[。！？；!?;\n]+/g) || [];
        var rest = document.createDocumentFragment();
        pieces.forEach(function (piece) {
          var span = document.createElement("span");
          span.textContent = piece;
          rest.append(span);
          if (piece.trim()) found.push(span);
        });
        text.replaceWith(rest);
      });
    });
    return found;
  }

  function mark(index) {
    sentences.forEach(function (one, number) {
      one.classList.toggle("is-being-read", number === index);
    });
    var here = sentences[index];
    if (!here) return;
    var place = here.getBoundingClientRect();
    if (place.top < 80 || place.bottom > window.innerHeight - 120) here.scrollIntoView({ block: "center" });
  }

  function say() {
    var mine = ++turn;
    if (at >= sentences.length) return end();
    mark(at);
    var utterance = new SpeechSynthesisUtterance(sentences[at].textContent);
    utterance.voice = voice() || null;
    utterance.lang = utterance.voice ? utterance.voice.lang : language();
    utterance.rate = 0.9;
    utterance.onend = utterance.onerror = function () {
      if (mine !== turn || state !== "reading") return;
      at += 1;
      say();
    };
    speech.speak(utterance);
  }

  function become(next) {
    state = next;
    label.textContent = next === "reading" ? box.dataset.pause : next === "paused" ? box.dataset.resume : box.dataset.begin;
    play.querySelector("use").setAttribute("href", next === "reading" ? "#i-pause" : "#i-play");
    stop.hidden = next === "silent";
  }

  function end() {
    turn += 1;
    speech.cancel();
    at = 0;
    if (sentences) mark(-1);
    become("silent");
  }

  play.addEventListener("click", function () {
    if (state === "reading") {
      // Pausing of the browser's own is not reliable everywhere: stop, and begin with the same sentence again.
      turn += 1;
      speech.cancel();
      become("paused");
      return;
    }
    sentences = sentences || cut();
    become("reading");
    say();
  });
  stop.addEventListener("click", end);
  window.addEventListener("pagehide", function () {
    speech.cancel();
  });

  if (speech.addEventListener) speech.addEventListener("voiceschanged", show);
  speech.cancel();
  show();
})();
