// Shows bids as they arrive. Without this file the page shows what had arrived when it was opened.
const EVERY = 15000;
const place = document.querySelector("[data-live]");

const look = async () => {
  if (document.hidden) return;
  const answer = await fetch(place.dataset.live);
  if (!answer.ok || answer.redirected) return;
  const text = await answer.text();
  // What has the focus is not taken away from under it.
  if (text !== place.dataset.shown && !place.contains(document.activeElement)) {
    place.dataset.shown = text;
    place.innerHTML = text;
  }
};

if (place) setInterval(() => look().catch(() => {}), EVERY);
