// Conveniences of forms. The server checks everything again.

const NEAR = 0.9;
const AUTOSAVE_AFTER = 4000;
const once = new WeakSet();

function first(element) {
  if (once.has(element)) return false;
  once.add(element);
  return true;
}

// "120 / 5000" under a text area; spoken only near the limit.
export function countLetters(area) {
  const most = Number(area.dataset.most || area.maxLength);
  if (!first(area) || most < 1) return;
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
export function guardSubmit(form) {
  if (!first(form)) return;
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.querySelectorAll("button[type=submit]").forEach((b) => b.setAttribute("aria-disabled", "true"));
  });
  // Coming back by the browser's history, the form is fresh again.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.querySelectorAll("button[type=submit]").forEach((b) => b.removeAttribute("aria-disabled"));
  });
}

// Sends what was typed, without files, a moment after typing stops.
export function keepDrafts(form) {
  const status = form.querySelector("[data-autosave-status]");
  let waiting = 0;
  const save = async () => {
    if (form.dataset.sent) return;
    const data = new FormData(form);
    form.querySelectorAll("input[type=file]").forEach((input) => data.delete(input.name));
    try {
      const response = await fetch(form.dataset.autosaveUrl, { method: "POST", body: data });
      say(response.ok ? status?.dataset.saved : status?.dataset.failed);
    } catch {
      say(status?.dataset.failed);
    }
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
}

// Shows what others have already proposed, under the title while it is typed.
export function offerSimilar(input) {
  if (!first(input) || !window.htmx) return;
  input.setAttribute("hx-get", input.dataset.similarUrl);
  input.setAttribute("hx-trigger", "input changed delay:500ms");
  input.setAttribute("hx-target", input.dataset.similarTarget || "#similar");
  window.htmx.process(input);
}
