// Cells pasted from a spreadsheet go where they belong, from the cell that is written in.
function place(rows, top, left, text) {
  text.split("\n").forEach((line, down) => line.split("\t").forEach((cell, across) => {
    const control = rows[top + down]?.[left + across];
    if (!control) return;
    if (control.matches("select")) {
      const wanted = cell.trim().toLowerCase();
      const option = [...control.options].find((one) => one.text.trim().toLowerCase() === wanted);
      if (option) control.value = option.value;
    } else {
      control.value = cell.trim();
    }
  }));
}

export function pasted(table, rowSelector, event) {
  const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
  if (!/[\t\n]/.test(text)) return;
  event.preventDefault();
  const rows = [...table.querySelectorAll(rowSelector)].map((row) => [...row.querySelectorAll("input, select")]);
  const top = rows.findIndex((row) => row.includes(event.target));
  place(rows, top, rows[top].indexOf(event.target), text);
}

export function grids(root) {
  for (const table of root.querySelectorAll("[data-grid]")) {
    table.closest(".cf-question").querySelector("[data-grid-paste]").hidden = false;
    table.addEventListener("paste", (event) => {
      if (event.target.matches("input, select")) pasted(table, "[data-grid-row]", event);
    });
  }
}
