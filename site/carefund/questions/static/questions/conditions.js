// Questions that depend on answers on this page appear when these are given. What is hidden
// counts as not answered for the questions after it.
const number = (text) => Number(text.replace(/[£, ]/g, ""));
const compared = (given, value, test) => {
  const [first, second] = [number(given[0] ?? ""), number(value)];
  return given.length === 1 && !Number.isNaN(first) && !Number.isNaN(second) && test(first, second);
};
const tests = {
  is: (given, value) => given.length === 1 && (given[0] === value || compared(given, value, (a, b) => a === b)),
  is_not: (given, value) => !tests.is(given, value),
  includes: (given, value) => given.includes(value),
  excludes: (given, value) => !given.includes(value),
  at_least: (given, value) => compared(given, value, (a, b) => a >= b),
  at_most: (given, value) => compared(given, value, (a, b) => a <= b),
  is_answered: (given) => given.length > 0,
  is_not_answered: (given) => given.length === 0,
};

// What stands at a question now: one control or many; a date as 2027-03-27.
function given(form, key) {
  const question = form.querySelector(`[data-question="${key}"]`);
  if (!question || question.hidden) return [];
  const data = new FormData(form);
  const part = (name) => (data.get(`${key}_${name}`) ?? "").trim();
  if (data.has(`${key}_day`)) {
    const day = `${part("year")}-${part("month").padStart(2, "0")}-${part("day").padStart(2, "0")}`;
    return day.length > "--0000".length ? [day.replaceAll("-", "")] : [];
  }
  const own = data.getAll(key);
  const rows = [...data.keys()].filter((name) => name.startsWith(`${key}-`)).flatMap((name) => data.getAll(name));
  return [...own, ...rows].filter((value) => typeof value === "string" ? value !== "" : value.size > 0);
}

function holds(form, tree) {
  if (typeof tree === "boolean") return tree;
  if (tree.all) return tree.all.every((part) => holds(form, part));
  if (tree.any) return tree.any.some((part) => holds(form, part));
  const value = /^\d{4}-\d{2}-\d{2}$/.test(tree.value) ? tree.value.replaceAll("-", "") : tree.value;
  return tests[tree.test](given(form, tree.question), value);
}

export function conditions(root) {
  for (const form of root.querySelectorAll("form")) {
    const questions = [...form.querySelectorAll("[data-show-if]")];
    if (!questions.length) continue;
    const trees = new Map(questions.map((question) => [question, JSON.parse(question.dataset.showIf)]));
    const apply = () => { for (const [question, tree] of trees) question.hidden = !holds(form, tree); };
    form.addEventListener("change", apply);
    form.addEventListener("input", apply);
    apply();
  }
}
