// Saves a section while it is written and says who else has it open.
// Without this file the section is saved by its buttons, and who is here is said when it opens.
const PAUSE = 3000;
const EVERY = 20000;
const form = document.querySelector("form[data-keep]");

if (form) {
  const saved = form.querySelector("[data-saved]");
  const warning = form.querySelector("[data-warning]");
  const others = document.querySelector("[data-others]");
  let changed = false;
  let busy = null;
  let timer = 0;
  let leaving = false;

  const body = (typed) => {
    const data = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (value instanceof File) continue;
      if (typed || name === "csrfmiddlewaretoken" || name === "page" || name === "form-version") {
        data.append(name, value);
      }
    }
    return data;
  };

  const say = (place, words) => {
    if (place.textContent !== words) place.textContent = words;
  };

  const warn = (words) => {
    warning.hidden = !words;
    say(warning.querySelector("[data-words]"), words);
  };

  const show = (told) => {
    for (const [key, number] of Object.entries(told.revisions)) {
      const seen = form.elements.namedItem(`revision-${key}`);
      if (seen) seen.value = number;
    }
    if (told.saved) {
      saved.hidden = false;
      say(saved, told.saved);
    }
    say(others, told.others);
    warn(told.warning);
  };

  const keep = (last = false) => {
    if (busy) return busy;
    const typed = changed;
    changed = false;
    const sent = fetch(form.dataset.keep, { method: "POST", body: body(typed), keepalive: last });
    busy = sent
      .then((answer) => {
        if (answer.redirected || answer.status === 403) throw new Error("signed out");
        if (!answer.ok) throw new Error("not saved");
        return answer.json();
      })
      .then(show)
      .catch((error) => {
        changed = changed || typed;
        if (typed) {
          warn(error.message === "signed out" ? form.dataset.out : form.dataset.failed);
        }
      })
      .finally(() => { busy = null; });
    return busy;
  };

  const typing = () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  form.addEventListener("input", typing);
  form.addEventListener("change", typing);
  setInterval(() => { if (!leaving && (changed || !document.hidden)) keep(); }, EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && changed && !leaving) keep(true);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (busy && !leaving) {
      // What is under way is written down first, so that it does not clash with this.
      event.preventDefault();
      const pressed = event.submitter;
      busy.finally(() => form.requestSubmit(pressed));
    }
    leaving = true;
  });
  window.addEventListener("pageshow", () => { leaving = false; });
}
