"use strict";
// Everything here is a convenience: each button is a form's, each link a link's, without it too.
(function () {
  var main = document.getElementById("main");
  var live = document.getElementById("live");
  var waiting = [];
  var busy = false;

  // --- one part of the page for another ---------------------------------------

  function shown(text, response) {
    main.innerHTML = text;
    var title = response.headers.get("X-Title");
    if (title) document.title = decodeURIComponent(title);
    var said = main.querySelector("[data-said]");
    live.textContent = said ? said.textContent : "";
    var first = main.querySelector("[data-focus]") || main.querySelector("h1");
    if (first) first.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    begin();
  }

  // A field that a page begins with: not where a keyboard would cover half of a phone's screen.
  function begin() {
    var field = main.querySelector("[data-start]");
    if (field && !window.matchMedia("(pointer: coarse)").matches) field.focus({ preventScroll: true });
  }

  function mark() {
    document.querySelectorAll(".top a[data-part]").forEach(function (link) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  function failed() {
    live.textContent = "quizgen does not answer; is it still running? Nothing was saved.";
    var old = main.querySelector(".said.lost");
    if (old) return;
    var told = document.createElement("p");
    told.className = "said wrong lost";
    told.setAttribute("role", "alert");
    told.textContent = live.textContent;
    main.prepend(told);
  }

  function ask(address, options, push) {
    busy = true;
    options.headers = { "X-Part": "1" };
    options.credentials = "same-origin";
    options.redirect = "follow";
    return fetch(address, options).then(function (response) {
      return response.text().then(function (text) {
        var kind = response.headers.get("Content-Type") || "";
        if (kind.indexOf("text/html") !== 0) {
          shown("<h1 tabindex=\"-1\">That could not be done</h1><p class=\"said wrong\" data-said></p>", response);
          main.querySelector(".wrong").textContent = live.textContent = text;
          return;
        }
        var here = response.headers.get("X-Here");
        if (push && here && here !== location.pathname + location.search) history.pushState({}, "", here);
        shown(text, response);
        mark();
      });
    }).catch(failed).finally(function () {
      busy = false;
      next();
    });
  }

  function sent(form, submitter) {
    var body = new FormData(form);
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    var multipart = form.enctype === "multipart/form-data";
    ask(form.getAttribute("action"), { method: "POST", body: multipart ? body : new URLSearchParams(body) }, true);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-whole") || form.getAttribute("action") === "/fetch") return;
    event.preventDefault();
    if (busy) return;
    if (form.method === "get") {
      ask(form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form, event.submitter)), { method: "GET" }, true);
    } else {
      sent(form, event.submitter);
    }
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    ask(link.getAttribute("href"), { method: "GET" }, true);
  });

  window.addEventListener("popstate", function () {
    var parts = document.querySelector(".top .deck") && location.search;
    if (!parts) location.reload();  // another head stands above that page
    else ask(location.pathname + location.search, { method: "GET" }, false);
  });

  // --- keys -------------------------------------------------------------------

  function typing(element) {
    return element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
  }

  function press(key) {
    var all = document.querySelectorAll("[data-key]");
    for (var at = 0; at < all.length; at++) {
      var keys = all[at].getAttribute("data-key").split(" ");
      if (key === " " ? keys.indexOf("Space") >= 0 : keys.indexOf(key) >= 0) {
        if (all[at].getAttribute("aria-disabled") !== "true" && all[at].offsetParent !== null) {
          if (all[at].hasAttribute("data-only-focus")) all[at].focus();
          else all[at].click();
          return true;
        }
      }
    }
    return false;
  }

  // Keys typed ahead wait for the card they are meant for.
  function next() {
    while (!busy && waiting.length) press(waiting.shift());
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing) return;
    var target = event.target;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      var owner = target.closest("form");
      var save = owner && owner.querySelector("[data-save]");
      if (save) { event.preventDefault(); save.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (typing(target)) { target.blur(); return; }
      if (press("Escape")) event.preventDefault();
      return;
    }
    if (typing(target)) return;
    if ((event.key === "Enter" || event.key === " ") && target.closest("button, a, summary")) return;
    if (event.repeat) return;
    if (busy) {
      if (event.key.length === 1) { waiting.push(event.key); event.preventDefault(); }
      return;
    }
    if (press(event.key)) event.preventDefault();
  });

  // --- problems while typing --------------------------------------------------

  var timer = 0;
  var looked = 0;
  function look(form) {
    var number = ++looked;
    var body = new URLSearchParams(new FormData(form));
    fetch(form.getAttribute("data-look"), { method: "POST", body: body, headers: { "X-Part": "1" }, credentials: "same-origin" })
      .then(function (response) { return response.ok ? response.text() : ""; })
      .then(function (text) {
        var place = document.getElementById("looked");
        if (place && text && number === looked) place.innerHTML = text;
      })
      .catch(function () {});
  }
  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-look]");
    if (!form) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 200, form);
  });

  // --- words to blank, files to drop ------------------------------------------

  function selected(box) {
    var chosen = window.getSelection();
    if (!chosen || chosen.isCollapsed || !box.contains(chosen.anchorNode) || !box.contains(chosen.focusNode)) return "";
    return chosen.toString().replace(/\s+/g, " ").trim();
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-blank]");
    if (!button) return;
    event.preventDefault();
    var words = selected(document.getElementById(button.getAttribute("data-blank")));
    var field = document.getElementById(button.getAttribute("aria-controls"));
    if (!words) { live.textContent = "Select words of the passage first."; return; }
    field.value = (field.value ? field.value.replace(/\n*$/, "\n") : "") + words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    live.textContent = "Will be blanked: " + words;
  });

  document.addEventListener("dragover", function (event) {
    var place = event.target.closest && event.target.closest("[data-drop]");
    if (place) { event.preventDefault(); place.classList.add("over"); }
  });
  document.addEventListener("dragleave", function (event) {
    var place = event.target.closest && event.target.closest("[data-drop]");
    if (place && !place.contains(event.relatedTarget)) place.classList.remove("over");
  });
  document.addEventListener("drop", function (event) {
    var place = event.target.closest && event.target.closest("[data-drop]");
    if (!place) return;
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length) place.querySelector("input[type=file]").files = event.dataTransfer.files;
    else place.querySelector("textarea").value = event.dataTransfer.getData("text/plain");
  });

  // The address of a deck shows the next card; on the way back it is to be the card that was seen.
  var own = main.getAttribute("data-here");
  if (own && location.search) history.replaceState({}, "", own);
  begin();
})();
