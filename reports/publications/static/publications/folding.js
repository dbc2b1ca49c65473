// Long tables of a report are folded on a phone; without this script they are open everywhere.
const phone = matchMedia("(max-width: 40.0525em)");
const fold = () => {
  for (const each of document.querySelectorAll("details.report__fold")) {
    each.open = !phone.matches;
  }
};
fold();
phone.addEventListener("change", fold);
