// What a worker is busy with: asked for again every few seconds, until there is something to read.
const SECONDS = 3;
const place = () => document.querySelector("[data-waiting]");

async function look() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-waiting]");
    if (!found) { window.location.reload(); return; }
    if (place().innerHTML !== found.innerHTML) place().innerHTML = found.innerHTML;
  } catch {
    // Out of reach for now: the page says what it said.
  }
  window.setTimeout(look, SECONDS * 1000);
}

window.setTimeout(look, SECONDS * 1000);
