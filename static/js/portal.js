// What scripts add to pages that work without them.
import { closeOnEscape, prepareMenu } from "./menu.js";
import { countLetters, guardSubmit, keepDrafts, offerSimilar } from "./forms.js";

function enhance(root) {
  root.querySelectorAll("textarea[data-counter]").forEach(countLetters);
  root.querySelectorAll("form[method=post]").forEach(guardSubmit);
  root.querySelectorAll("form[data-autosave-url]").forEach(keepDrafts);
  root.querySelectorAll("[data-similar-url]").forEach(offerSimilar);
}

prepareMenu(document.querySelector("[data-menu-button]"));
document.querySelectorAll("details.view-menu").forEach(closeOnEscape);
enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
document.querySelector(".error-summary")?.focus();
