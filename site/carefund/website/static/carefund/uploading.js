// Shows how much of a form's files has been sent. Without this file the browser sends the form.
const HEADER = "X-Carefund-Upload";

const shown = (form) => {
  const place = document.createElement("div");
  place.className = "cf-uploading";
  place.innerHTML = '<p class="govuk-body" role="status"></p><progress max="100" value="0"></progress>';
  place.querySelector("progress").setAttribute("aria-label", "Upload");
  form.append(place);
  return place;
};

const send = (form, button) => {
  const place = form.querySelector(".cf-uploading") || shown(form);
  const words = place.querySelector("p");
  const bar = place.querySelector("progress");
  const buttons = form.querySelectorAll("button");
  const request = new XMLHttpRequest();
  let told = -1;
  const say = (part) => {
    bar.value = part;
    // A screen reader hears every quarter, not every packet.
    if (Math.floor(part / 25) !== told) {
      told = Math.floor(part / 25);
      words.textContent = part < 100 ? `Sending files: ${part}%` : "Files sent. They are being checked.";
    }
  };
  const stop = () => buttons.forEach((one) => { one.disabled = false; });
  // As the browser itself would, once the script cannot do it.
  const plainly = () => {
    stop();
    form.dataset.plain = "1";
    form.requestSubmit(button);
  };
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) say(Math.round((100 * event.loaded) / event.total));
  });
  request.addEventListener("load", () => {
    let to = "";
    try { to = JSON.parse(request.responseText).to; } catch { return plainly(); }
    const there = new URL(to, window.location.href);
    const here = window.location.pathname + window.location.search;
    window.location.assign(there);
    if (there.pathname + there.search === here) window.location.reload();
  });
  request.addEventListener("error", () => {
    stop();
    place.classList.add("cf-uploading--failed");
    words.textContent = "The files were not sent: we cannot reach the service. Keep this page open and try again.";
  });
  request.open("POST", form.getAttribute("action") || window.location.href);
  request.setRequestHeader(HEADER, "1");
  say(0);
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  buttons.forEach((one) => { one.disabled = true; });
  request.send(data);
};

for (const form of document.querySelectorAll('form[enctype="multipart/form-data"]')) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll('input[type="file"]')];
    if (event.defaultPrevented || form.dataset.plain || !files.some((one) => one.files.length)) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}
