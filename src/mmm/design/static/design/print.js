// Shows each [data-print] button, which without JavaScript would do nothing, and lets it print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
