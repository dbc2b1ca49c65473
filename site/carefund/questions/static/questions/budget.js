// Running totals of a budget table.
import { pasted } from "./grid.js";

const amountPattern = /^£?(\d{1,3}(?:[, ]\d{3})+|\d+)(\.\d{1,2})?$/;
const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });

// Whole pence, so that sums are exact; what cannot be read counts as nothing.
function pence(text) {
  const found = amountPattern.exec(text.trim().replace(/^£\s+/, "£"));
  if (!found) return 0;
  const whole = Number(found[1].replace(/[, ]/g, ""));
  return whole * 100 + Number((found[2] || ".0").slice(1).padEnd(2, "0"));
}

const written = (amount) => pounds.format(amount / 100).replace(/\.00$/, "");

function totals(table) {
  const columns = [...table.querySelectorAll("[data-budget-column]")];
  const sums = columns.map(() => 0);
  for (const row of table.querySelectorAll("[data-budget-row]")) {
    const amounts = [...row.querySelectorAll("input")].map((input) => pence(input.value));
    amounts.forEach((amount, place) => { sums[place] += amount; });
    row.querySelector("[data-budget-sum]").textContent = written(amounts.reduce((a, b) => a + b, 0));
  }
  columns.forEach((column, place) => { column.textContent = written(sums[place]); });
  return sums.reduce((a, b) => a + b, 0);
}

export function budgets(root) {
  for (const table of root.querySelectorAll("[data-budget]")) {
    const question = table.closest(".cf-question");
    const update = () => {
      const all = written(totals(table));
      table.querySelector("[data-budget-all]").textContent = all;
      question.querySelector("[data-budget-total]").textContent = all;
    };
    table.addEventListener("input", update);
    table.addEventListener("paste", (event) => {
      if (event.target.matches("input")) { pasted(table, "[data-budget-row]", event); update(); }
    });
    question.querySelector("[data-budget-paste]").hidden = false;
    update();
  }
}
