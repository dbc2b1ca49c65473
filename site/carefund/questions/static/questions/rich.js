// Buttons that put the marks of rich text around what is selected.
const marks = [
  ["Bold", (text) => `**${text || "bold"}**`],
  ["Italics", (text) => `*${text || "italics"}*`],
  ["List", (text) => (text || "item").split("\n").map((line) => `- ${line}`).join("\n")],
  ["Heading", (text) => `# ${text || "Heading"}`],
];

function button(area, words, mark) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = words;
  made.addEventListener("click", () => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    area.setRangeText(mark(value.slice(start, end)), start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });
  return made;
}

export function richTexts(root) {
  for (const area of root.querySelectorAll("textarea[data-rich]")) {
    const bar = document.createElement("div");
    bar.className = "govuk-button-group cf-rich__bar";
    bar.append(...marks.map(([words, mark]) => button(area, words, mark)));
    area.before(bar);
  }
}
