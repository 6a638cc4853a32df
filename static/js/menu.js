// The main menu on small screens: a button that shows and hides the list of links;
// and the display settings, which close as menus do.

function prepareMenu(button) {
  if (!button) return;
  const list = document.getElementById(button.getAttribute("aria-controls"));
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    list.toggleAttribute("data-open", open);
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.offsetParent) {
      show(false);
      button.focus();
    }
  });
}

function closeOnEscape(details) {
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
}

prepareMenu(document.querySelector("[data-menu-button]"));
document.querySelectorAll("details.view-menu").forEach(closeOnEscape);
