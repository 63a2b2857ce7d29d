// Small comforts of every page; each works away from the others, and every page works without them.
(function () {
  "use strict";

  // "/" goes to the search box, unless one is writing.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    var boxes = Array.prototype.filter.call(document.querySelectorAll("[data-search-key]"), function (box) {
      return box.offsetParent !== null;
    });
    var box = boxes[boxes.length - 1];
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // A menu closes when one clicks beside it or presses Escape.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // Print buttons are of use only where there is a script.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });

  // What is handed over can be copied. The clipboard is only there over https; marking and copying works everywhere.
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var said = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      var field = document.getElementById(button.dataset.copy);
      function told() {
        button.textContent = button.dataset.copied;
        setTimeout(function () { button.textContent = said; }, 3000);
      }
      function mark() {
        field.focus();
        field.select();
        if (document.execCommand("copy")) told();
      }
      if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(told, mark);
      else mark();
    });
  });

  // On a narrow screen rows of channels and of tabs show where one is.
  document.querySelectorAll(".channels-link[aria-current], .tab[aria-current]").forEach(function (current) {
    var row = current.closest(".channels-list, .tabs");
    row.scrollLeft = current.offsetLeft - row.offsetLeft - 24;
  });

  // What is wrong with a form is where one begins to read.
  var wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();

  // Large Chinese titles break between words, not within: the browser knows the words, CSS cannot ask it for them.
  if (window.Intl && Intl.Segmenter) {
    var words = new Intl.Segmenter("zh", { granularity: "word" });
    document.querySelectorAll("[data-phrases]:lang(zh)").forEach(function (title) {
      var text = title.textContent;
      var quoted = 0;
      var at = 0;
      title.textContent = "";
      Array.from(words.segment(text)).forEach(function (piece) {
        // Single characters stay with the word before them, closing punctuation too; a short quotation is one word.
        var opens = /^[“‘《〈（【「『]/.test(piece.segment);
        var may = at && at >= quoted && (opens || piece.segment.length > 1) && !/[“‘《〈（【「『]/.test(text[at - 1]);
        if (may) title.append(document.createElement("wbr"));
        if (opens && at >= quoted) {
          var whole = /^.[^”’》〉）】」』]{1,8}[”’》〉）】」』]/.exec(text.slice(at));
          quoted = whole ? at + whole[0].length : quoted;
        }
        title.append(piece.segment);
        at += piece.segment.length;
      });
      title.normalize();
      title.classList.add("keeps-words");
    });
  }
})();
