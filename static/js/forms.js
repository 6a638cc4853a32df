// Conveniences of forms. The server checks everything again.

const NEAR = 0.9;
const AUTOSAVE_AFTER = 4000;
const AGAIN_AFTER = 8000;
const prepared = new WeakMap();

// Whether ``element`` has not yet been given this convenience.
function first(element, convenience) {
  const given = prepared.get(element) ?? new Set();
  prepared.set(element, given);
  if (given.has(convenience)) return false;
  given.add(convenience);
  return true;
}

// "120 / 5000" under a text area; spoken only near the limit.
function countLetters(area) {
  const most = Number(area.dataset.most || area.maxLength);
  if (!first(area, countLetters) || most < 1) return;
  const counter = document.createElement("p");
  counter.className = "counter";
  counter.id = area.dataset.counter;
  area.after(counter);
  const update = () => {
    const near = area.value.length >= most * NEAR;
    counter.textContent = `${area.value.length} / ${most}`;
    counter.dataset.near = near;
    if (near) counter.setAttribute("aria-live", "polite");
    else counter.removeAttribute("aria-live");
  };
  area.addEventListener("input", update);
  update();
}

// A second press while the first is under way sends nothing.
function guardSubmit(form) {
  if (form.hasAttribute("hx-post") || !first(form, guardSubmit)) return;
  const buttons = form.querySelectorAll("button[type=submit]");
  const rest = () => {
    delete form.dataset.sent;
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  };
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(rest, AGAIN_AFTER); // the answer may be a file, which leaves the page as it is
  });
  // Coming back by the browser's history, the form is fresh again.
  window.addEventListener("pageshow", rest);
}

// Sends what was typed, without files, a moment after typing stops.
function keepDrafts(form) {
  if (!first(form, keepDrafts)) return;
  const status = form.querySelector("[data-autosave-status]");
  let waiting = 0;
  let sending = null;
  const save = async () => {
    if (form.dataset.sent || sending) return;
    const data = new FormData(form);
    form.querySelectorAll("input[type=file]").forEach((input) => data.delete(input.name));
    sending = fetch(form.dataset.autosaveUrl, { method: "POST", body: data });
    try {
      const response = await sending;
      if (response.status === 201) goOn(await response.json());
      say(response.ok ? status?.dataset.saved : status?.dataset.failed);
    } catch {
      say(status?.dataset.failed);
    }
    sending = null;
  };
  // A new text has its own address once its first words are kept.
  const goOn = ({ page, autosave }) => {
    form.action = page;
    form.dataset.autosaveUrl = autosave;
    history.replaceState(null, "", page);
  };
  const say = (words) => {
    if (!status || !words) return;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    status.textContent = words.replace("{time}", time);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, AUTOSAVE_AFTER);
  });
  // Whoever sends the form meanwhile waits for the answer, so that no text is kept twice.
  form.addEventListener(
    "submit",
    (event) => {
      clearTimeout(waiting);
      if (!sending) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const again = () => setTimeout(() => form.requestSubmit(event.submitter));
      sending.then(again, again);
    },
    { capture: true },
  );
}

// Shows what others have already proposed, under the title while it is typed.
function offerSimilar(input) {
  const target = input.dataset.similarTarget || "#similar";
  if (!first(input, offerSimilar) || !window.htmx || !document.querySelector(target)) return;
  input.setAttribute("hx-get", input.dataset.similarUrl);
  input.setAttribute("hx-trigger", "input changed delay:500ms");
  input.setAttribute("hx-target", target);
  window.htmx.process(input);
}

// Says which area a text may belong to, once the problem is written.
function suggestAreas(input) {
  const has = document.getElementById("suggested");
  if (!first(input, suggestAreas) || !window.htmx || !has) return;
  input.setAttribute("hx-get", input.dataset.suggestUrl);
  input.setAttribute("hx-trigger", "input changed delay:1s");
  input.setAttribute("hx-include", "[name=title]");
  input.setAttribute("hx-target", "#suggested");
  window.htmx.process(input);
}

// Lets a suggested area be chosen by a button, where the page has the list to choose from.
function chooseSuggested(list) {
  const [area, issue] = ["id_area", "id_issue"].map((id) => document.getElementById(id));
  if (!first(list, chooseSuggested) || !area) return;
  list.querySelectorAll("li").forEach((line) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "krds-btn tertiary small";
    button.textContent = list.dataset.choose;
    button.setAttribute("aria-label", `${line.textContent}: ${list.dataset.choose}`);
    button.addEventListener("click", () => {
      area.value = line.dataset.area;
      if (issue && line.dataset.issue) issue.value = line.dataset.issue;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    });
    line.append(" ", button);
  });
}

function enhance(root) {
  root.querySelectorAll("textarea[data-counter]").forEach(countLetters);
  root.querySelectorAll("form[method=post]").forEach(guardSubmit);
  root.querySelectorAll("form[data-autosave-url]").forEach(keepDrafts);
  root.querySelectorAll("[data-similar-url]").forEach(offerSimilar);
  root.querySelectorAll("[data-suggest-url]").forEach(suggestAreas);
  root.querySelectorAll("ul[data-choose]").forEach(chooseSuggested);
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
document.querySelector(".error-summary")?.focus();
