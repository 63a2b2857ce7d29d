// Keeps a talk while it is written: on this device at once, on the server after a rest; nothing typed is lost on the way.
(function () {
  "use strict";
  var form = document.getElementById("talk-form");
  if (!form) return;
  var REST = 1200; // milliseconds without a key until it is saved
  var AGAIN = 8000; // until it is tried again without a connection
  var said = form.dataset;
  var autosaves = "autosaves" in said;
  var place = "wellspring.talk." + said.owner + "." + said.talk;
  var list = form.querySelector("[data-suggestions]");
  var blank = document.querySelector("template[data-suggestion]");
  var state = form.querySelector("[data-state]");
  var found = document.querySelector("[data-found]");
  var clash = document.querySelector("[data-clash]");
  var TEXTS = ["title", "topic", "current_state", "causes", "takeaways"];
  var stored = "unsaved" in said ? { suggestions: [] } : words(); // what the server has, as far as one knows here
  var timer = 0;
  var isSaving = false;
  var isStopped = false; // until somebody chooses between two versions
  var leaving = false;

  // What stands in the form, as plain values that can be kept and compared.
  function words() {
    var told = { suggestions: [] };
    TEXTS.forEach(function (name) { told[name] = form.elements[name].value; });
    list.querySelectorAll("[data-row]").forEach(function (row) {
      told.suggestions.push({ title: part(row, "title").value, details: part(row, "details").value });
    });
    return told;
  }
  function part(row, name) {
    return row.querySelector('[name="suggestion_' + name + '"]');
  }
  function same(one, other) {
    function plain(told) {
      var written = told.suggestions.filter(function (each) { return each.title.trim() || each.details.trim(); });
      return JSON.stringify([TEXTS.map(function (name) { return told[name] || ""; }), written]);
    }
    return plain(one) === plain(other);
  }

  // The copy on this device.
  function kept(where) {
    try { return JSON.parse(localStorage.getItem(where)); } catch (error) { return null; }
  }
  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify({ at: new Date().toISOString(), words: words() }));
    } catch (error) { /* a full or closed store: the server still has what was saved */ }
  }
  function forget(where) {
    try { localStorage.removeItem(where || place); } catch (error) { /* as above */ }
  }

  function tell(text, kind) {
    state.textContent = text;
    state.className = "save-state" + (kind ? " is-" + kind : "");
  }
  function clock(moment) {
    return ("0" + moment.getHours()).slice(-2) + ":" + ("0" + moment.getMinutes()).slice(-2);
  }
  function token() {
    var cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return cookie ? decodeURIComponent(cookie[1]) : form.elements.csrfmiddlewaretoken.value;
  }

  // Saving: one request at a time, what is typed meanwhile goes with the next.
  function changed() {
    if (leaving) return;
    keep();
    if (!autosaves) { tell(said.saidKept); return; }
    if (isStopped) return;
    tell(said.saidWriting);
    later(REST);
  }
  function later(rest, then) {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { save(then); }, rest);
  }
  function save(then) {
    window.clearTimeout(timer);
    if (isStopped || !autosaves) return;
    if (isSaving) { later(300, then); return; }
    var sent = words();
    if (same(sent, stored) && typeof then !== "function") { forget(); tell(said.saidSaved, "saved"); return; }
    isSaving = true;
    tell(said.saidSaving);
    var data = new FormData(form);
    var headers = { "X-Autosave": "1", "HX-Request": "true", "X-CSRFToken": token(), Accept: "application/json" };
    var size = JSON.stringify(sent).length;
    // What is sent as the page goes away has to be small; the copy on this device stays in any case.
    fetch(form.action || location.pathname, { method: "POST", body: data, headers: headers, keepalive: size < 15000, redirect: "manual" })
      .then(function (answer) { return answered(answer, sent, then); })
      .catch(function () {
        tell(said.saidOffline, "wrong");
        later(AGAIN, then);
      })
      .finally(function () { isSaving = false; });
  }
  function answered(answer, sent, then) {
    if (answer.ok) return answer.json().then(function (told) { saved(told, sent, then); });
    if (answer.status === 409) return answer.json().then(clashed);
    if (answer.status === 422) {
      return answer.json().then(function (told) { tell(said.saidWrong + " " + told.wrong.join(" "), "wrong"); });
    }
    var ours = /json/.test(answer.headers.get("Content-Type") || "");
    if (answer.status === 404 || (answer.status === 403 && ours)) { isStopped = true; tell(said.saidGone, "wrong"); return null; }
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") { signedOut(); return null; }
    tell(said.saidOffline, "wrong");
    later(AGAIN, then);
    return null;
  }
  function saved(told, sent, then) {
    form.elements.version.value = told.version;
    stored = sent;
    list.querySelectorAll("[data-row]").forEach(function (row, at) {
      // A row that was added or moved while the answer was under way gets its number with the next one.
      var now = sent.suggestions[at];
      if (now && part(row, "title").value === now.title && told.ids[at]) part(row, "id").value = told.ids[at];
    });
    tell(said.saidSaved + " " + told.at, "saved");
    if (same(words(), stored)) forget(); else changed();
    if (typeof then === "function") then();
  }
  function signedOut() {
    isStopped = true;
    tell(said.saidSignedOut + " ", "wrong");
    var way = document.createElement("a");
    way.href = said.signIn;
    way.textContent = said.saidSignIn;
    state.append(way);
  }

  // Another window saved meanwhile: both versions are shown, nothing is overwritten unasked.
  function clashed(told) {
    isStopped = true;
    keep();
    clash.querySelector("[data-clash-difference]").innerHTML = told.html;
    clash.dataset.version = told.version;
    clash.hidden = false;
    clash.focus();
    clash.scrollIntoView({ block: "center" });
    tell(said.saidElsewhere, "wrong");
  }
  clash.querySelector("[data-clash-mine]").addEventListener("click", function () {
    form.elements.version.value = clash.dataset.version;
    clash.hidden = true;
    isStopped = false;
    save(function () {});
  });
  clash.querySelector("[data-clash-theirs]").addEventListener("click", function () {
    leaving = true;
    forget();
    location.reload();
  });

  // Text of this device that never reached the server is offered back.
  function difference(label, stands, here) {
    var row = document.createElement("div");
    row.className = "difference-row";
    function add(parent, tag, text, className) {
      var node = document.createElement(tag);
      node.textContent = text;
      if (className) node.className = className;
      parent.append(node);
      return node;
    }
    add(row, "p", label, "difference-name");
    [[said.saidStands, stands, "del"], [said.saidHere, here, "ins"]].forEach(function (side) {
      var cell = add(row, "p", "", "difference-side");
      add(cell, "span", side[0], "label");
      if (side[1]) add(cell, side[2], side[1]); else add(cell, "span", said.saidEmpty, "quiet");
    });
    return row;
  }
  function label(name) {
    return form.elements[name].labels[0].textContent;
  }
  function value(name, told) {
    if (name !== "topic") return told[name];
    var option = Array.from(form.elements.topic.options).find(function (each) { return each.value === told.topic; });
    return option && option.value ? option.textContent : "";
  }
  function offer(told) {
    var rows = found.querySelector("[data-found-difference]");
    var stands = words();
    TEXTS.forEach(function (name) {
      if (told.words[name] !== stands[name]) rows.append(difference(label(name), value(name, stands), value(name, told.words)));
    });
    var count = Math.max(told.words.suggestions.length, stands.suggestions.length);
    for (var at = 0; at < count; at += 1) {
      var sides = [stands, told.words].map(function (each) {
        var one = each.suggestions[at] || { title: "", details: "" };
        return [one.title, one.details].filter(Boolean).join("\n");
      });
      if (sides[0] !== sides[1]) rows.append(difference(said.saidSuggestion + " " + (at + 1), sides[0], sides[1]));
    }
    // Kept apart, so that what is typed before somebody chooses does not take its place.
    try { localStorage.setItem(place + ".found", JSON.stringify(told)); } catch (error) { /* as above */ }
    found.querySelector("[data-found-at]").textContent = new Date(told.at).toLocaleString(document.documentElement.lang);
    found.hidden = false;
  }
  found.querySelector("[data-found-take]").addEventListener("click", function () {
    var told = kept(place + ".found");
    found.hidden = true;
    if (!told) return;
    forget(place + ".found");
    TEXTS.forEach(function (name) { form.elements[name].value = told.words[name]; });
    var rows = list.querySelectorAll("[data-row]");
    told.words.suggestions.forEach(function (each, at) {
      var row = rows[at] || add();
      if ("fixed" in row.dataset) return;
      part(row, "title").value = each.title;
      part(row, "details").value = each.details;
    });
    changed();
  });
  found.querySelector("[data-found-drop]").addEventListener("click", function () {
    forget(place + ".found");
    found.hidden = true;
  });

  // Suggestions are added, moved and removed in place.
  function count() {
    list.querySelectorAll("[data-row]").forEach(function (row, at) {
      row.querySelector("[data-number]").textContent = at + 1;
      ["title", "details"].forEach(function (name) {
        var field = part(row, name);
        var old = field.id;
        field.id = "suggestion-" + name + "-" + (at + 1);
        row.querySelector('label[for="' + old + '"]').htmlFor = field.id;
      });
    });
  }
  function add() {
    list.append(blank.content.cloneNode(true));
    count();
    return list.lastElementChild;
  }
  form.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    var row = button.closest("[data-row]");
    if ("add" in button.dataset) part(add(), "title").focus();
    else if (row && "up" in button.dataset && row.previousElementSibling) list.insertBefore(row, row.previousElementSibling);
    else if (row && "down" in button.dataset && row.nextElementSibling) list.insertBefore(row.nextElementSibling, row);
    else if (row && "remove" in button.dataset) {
      row.remove();
      if (!list.children.length) add();
    } else if (!row) return;
    event.preventDefault();
    count();
    if (row && row.isConnected) button.focus();
    changed();
  });

  // Earlier ideas like a suggestion, as soon as its line is written.
  list.addEventListener("change", function (event) {
    var row = event.target.closest("[data-row]");
    if (!row || "fixed" in row.dataset) return;
    var asked = new URLSearchParams({ title: part(row, "title").value, details: part(row, "details").value.slice(0, 300) });
    fetch(said.similar + "?" + asked, { headers: { "HX-Request": "true" } })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { row.querySelector("[data-similar-place]").innerHTML = html; })
      .catch(function () { /* without a connection there is nothing to compare with */ });
  });

  form.addEventListener("input", changed);
  form.addEventListener("submit", function (event) {
    var does = event.submitter ? event.submitter.value : "save";
    if (!autosaves) { leaving = true; return; } // its copy stays until the server has the text
    event.preventDefault();
    if (does === "hand_in") save(function () { leaving = true; location.href = location.pathname.replace(/edit\/$/, "hand-in/"); });
    else save(function () {});
  });
  window.addEventListener("online", function () { if (!same(words(), stored)) save(); });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && !leaving && !same(words(), stored)) save();
  });

  document.querySelectorAll("[data-script-only]").forEach(function (each) { each.hidden = false; });
  document.querySelectorAll("[data-no-script]").forEach(function (each) { each.hidden = true; });
  form.querySelectorAll("[type='submit'].visually-hidden").forEach(function (each) { each.hidden = true; });
  var before = [place, place + ".found"].map(kept).find(function (each) { return each && each.words && !same(each.words, words()); });
  if (before) offer(before);
  else forget(place + ".found");
  if ("unsaved" in said) keep(); else forget();
})();
