"use strict";
// Checks answers on the page for practising. It reads and writes nothing outside the page, keeps
// nothing, and puts text in place as text only.
(() => {
  const main = document.querySelector("main");
  const words = main.dataset;
  const forms = [...document.querySelectorAll("form.question")];
  const done = document.querySelector(".done");
  const end = document.querySelector(".end");
  document.documentElement.classList.add("js");

  const fill = (text, values) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const number = (value) => String(Math.round(value * 10) / 10);

  // --- typed answers: case, accents, punctuation and articles do not matter --------------------

  const ARTICLE = /^(?:the|an?|der|die|das|ein|eine|el|la|los|las|un|una) (?=.)/u;
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/ß/g, "ss")
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim().replace(ARTICLE, "");
  const same = (left, right) => {
    const folded = fold(right);
    return folded ? fold(left) === folded : left.trim() === right.trim();
  };
  const distance = (left, right) => {
    let row = Array.from({ length: right.length + 1 }, (_, at) => at);
    for (let i = 1; i <= left.length; i++) {
      const next = [i];
      for (let j = 1; j <= right.length; j++) {
        const change = left[i - 1] === right[j - 1] ? 0 : 1;
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + change);
      }
      row = next;
    }
    return row[right.length];
  };
  // A slip in a longer word is a slip; in a short one, or in a number, it is another answer.
  const close = (given, right) => {
    const [left, goal] = [fold(given), fold(right)];
    if (goal.length < 5 || goal.length > 60 || left.length > 80) return false;
    if (left.replace(/\D/g, "") !== goal.replace(/\D/g, "")) return false;
    return distance(left, goal) <= (goal.length < 9 ? 1 : 2);
  };

  // --- one question ---------------------------------------------------------------------------

  const parts = (form) => [...form.querySelectorAll(".part")];
  const choices = (form) => [...form.querySelectorAll(".choices input")];
  const find = (form, name) => form.querySelector(name);

  const mark = (field, good) => {
    field.classList.add(good ? "good" : "bad");
    field.setAttribute("aria-invalid", good ? "false" : "true");
    const said = field.closest("li")?.querySelector(".verdict");
    if (said) {
      said.textContent = good ? words.isRight : words.isWrong;
      said.classList.add(good ? "good" : "bad");
    }
  };

  const markChoices = (form) => {
    const right = form.dataset.right.split(" ");
    for (const input of choices(form)) {
      const good = right.includes(input.value);
      if (!good && !input.checked) continue;
      const said = input.closest("label").querySelector(".verdict");
      said.textContent = good ? words.isRight : words.isWrong;
      said.classList.add(good ? "good" : "bad");
    }
  };

  const say = (form, text, mood) => {
    find(form, ".says").textContent = text;
    find(form, ".result").className = `result ${mood}`;
  };

  const settle = (form, share, text) => {
    form.dataset.share = share;
    form.dataset.state = share >= 1 ? "right" : share > 0 ? "partly" : "wrong";
    say(form, text, share >= 1 ? "right" : "wrong");
    count();
  };

  const reveal = (form) => {
    find(form, "fieldset").disabled = true;
    for (const part of parts(form)) part.disabled = true;
    form.classList.add("open");
    find(form, ".answer").open = true;
    find(form, ".buttons").hidden = true;
    find(form, ".after").hidden = false;
    const typed = form.dataset.share < 1 && parts(form).some((part) => part.matches("input"));
    find(form, ".mine").hidden = !typed;
    find(form, ".result").focus({ preventScroll: true });
  };

  const checkChoices = (form) => {
    const given = choices(form).filter((input) => input.checked).map((input) => input.value);
    if (!given.length) return null;
    const good = given.join(" ") === choices(form).map((input) => input.value)
      .filter((value) => form.dataset.right.split(" ").includes(value)).join(" ");
    markChoices(form);
    return { share: good ? 1 : 0, text: good ? words.right : words.wrong };
  };

  const checkParts = (form) => {
    const fields = parts(form);
    if (fields.every((field) => !field.value.trim())) return null;
    let [good, almost] = [0, false];
    for (const field of fields) {
      const right = field.dataset.right.split("\n");
      const exact = field.matches("select")
        ? field.value === right[0] : right.some((each) => same(field.value, each));
      const near = !exact && field.matches("input") && close(field.value, right[0]);
      mark(field, exact || near);
      good += exact || near ? 1 : 0;
      almost ||= near;
    }
    const share = good / fields.length;
    if (share === 1) return { share, text: almost ? words.almost : words.right };
    const told = fields.length > 1 ? fill(words.partly, { n: good, of: fields.length }) : words.wrong;
    return { share, text: told };
  };

  const check = (form) => {
    if (form.dataset.kind === "short") {
      say(form, words.compare, "");
      reveal(form);
      find(form, ".judge").hidden = false;
      find(form, ".after").hidden = true;
      return;
    }
    const found = choices(form).length ? checkChoices(form) : checkParts(form);
    if (!found) {
      say(form, words.missing, "");
      return;
    }
    settle(form, found.share, found.text);
    reveal(form);
  };

  const giveUp = (form) => {
    if (choices(form).length) markChoices(form);
    settle(form, 0, words.shown);
    reveal(form);
    find(form, ".mine").hidden = true;
  };

  const judge = (form, share) => {
    settle(form, share, share === 1 ? words.right : share ? find(form, ".half").textContent : words.wrong);
    find(form, ".judge").hidden = true;
    find(form, ".after").hidden = false;
    find(form, ".result").focus({ preventScroll: true });
  };

  const again = (form) => {
    form.reset();
    delete form.dataset.state;
    delete form.dataset.share;
    form.classList.remove("open");
    find(form, "fieldset").disabled = false;
    for (const part of parts(form)) part.disabled = false;
    for (const each of form.querySelectorAll(".good, .bad")) {
      each.classList.remove("good", "bad");
      each.removeAttribute("aria-invalid");
      if (each.matches(".verdict")) each.textContent = "";
    }
    find(form, ".answer").open = false;
    find(form, ".buttons").hidden = false;
    find(form, ".after").hidden = true;
    const judged = find(form, ".judge");
    if (judged) judged.hidden = true;
    say(form, "", "");
    count();
  };

  // --- the whole page -------------------------------------------------------------------------

  const points = (form) => Number(form.dataset.points) * Number(form.dataset.share ?? 0);
  const isDone = (form) => "state" in form.dataset;
  const isMissed = (form) => isDone(form) && form.dataset.state !== "right";

  function count() {
    const checked = forms.filter(isDone).length;
    const all = { points: number(forms.reduce((sum, form) => sum + points(form), 0)), total: words.total };
    const finished = checked === forms.length;
    done.textContent = finished
      ? fill(words.finished, all) : fill(words.progress, { done: checked, count: words.count, ...all });
    end.hidden = !finished;
    find(end, ".missed").hidden = !forms.some(isMissed);
  }

  const restart = (chosen) => {
    chosen.forEach(again);
    if (!chosen.length) return;
    chosen[0].scrollIntoView({ block: "start" });
    chosen[0].querySelector("input, select, textarea")?.focus({ preventScroll: true });
  };

  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check(form);
    });
    form.addEventListener("click", ({ target }) => {
      const name = target.closest("button[type=button]")?.classList[0];
      if (name === "show") giveUp(form);
      if (name === "again") restart([form]);
      if (name === "mine") settle(form, 1, words.right), (target.hidden = true);
      if (name === "yes") judge(form, 1);
      if (name === "half") judge(form, 0.5);
      if (name === "no") judge(form, 0);
    });
  }
  find(end, ".missed").addEventListener("click", () => restart(forms.filter(isMissed)));
  find(end, ".restart").addEventListener("click", () => restart([...forms]));
  count();
})();
