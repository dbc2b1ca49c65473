// Everything works without this file; it only makes some things quicker.
const address = document.querySelector("script[data-govuk]").dataset.govuk;
const { initAll } = await import(address);


initAll();

// On a phone the filters start closed, so that results come first.
const narrow = window.matchMedia("(max-width: 48.0525em)");
for (const filters of document.querySelectorAll("details.cf-filters")) {
  if (narrow.matches) filters.open = false;
  narrow.addEventListener("change", () => { filters.open = !narrow.matches; });
}

// One box in a table's heading chooses all rows of the page.
for (const all of document.querySelectorAll("[data-select-all]")) {
  all.hidden = false;
  const box = all.querySelector("input");
  const rows = () => document.querySelectorAll(`input[name="${all.dataset.selectAll}"]`);
  box.addEventListener("change", () => rows().forEach((row) => { row.checked = box.checked; }));
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A passkey that was cancelled, is unknown or cannot be read: said where the button is.
document.addEventListener("allauth.error", () => {
  for (const place of document.querySelectorAll("[data-passkey-failed]")) {
    place.textContent = place.dataset.words;
  }
});
