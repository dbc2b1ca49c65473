// Questions that depend on an answer on this page appear when it is given.
const tests = {
  is: (given, value) => given.length === 1 && given[0] === value,
  is_not: (given, value) => given.length !== 1 || given[0] !== value,
  includes: (given, value) => given.includes(value),
};

const given = (form, name) => new FormData(form).getAll(name).filter((value) => value !== "");

export function conditions(root) {
  for (const question of root.querySelectorAll("[data-show-if]")) {
    const { showIf, test, value } = question.dataset;
    const form = question.closest("form");
    if (!form || !form.elements[showIf]) continue;
    const apply = () => { question.hidden = !tests[test](given(form, showIf), value); };
    form.addEventListener("change", apply);
    apply();
  }
}
