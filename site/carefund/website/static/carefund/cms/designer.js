// While a condition or a rule is written, the questions and choices of the form are offered.
// What is typed stays what it is: without this script the short names are typed by hand.

const QUESTION = /^form-\d+-value-questions-\d+-value-/;
const ASKS_FOR_QUESTION = /-tests-\d+-value-question$|^form_rules-\d+-value-questions-\d+-value$/;
const ASKS_FOR_BUDGET = /^form_rules-\d+-value-budget$/;
const ASKS_FOR_CATEGORY = /^form_rules-\d+-value-category$/;
const ASKS_FOR_VALUE = /-tests-\d+-value-value$/;

// As the server makes a short name of a label.
function shortName(label) {
  return label
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .toLowerCase()
    .trim()
    .replace(/[-\s]+/g, '_')
    .replace(/^[_\d]+|[_\d]+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '');
}

// What was taken out stays on the page, hidden, until the page is saved.
function isTakenOut(name) {
  const [question, section] = name.match(/^(form-\d+)-value-questions-\d+(?=-)/) || [];
  return [question, section].some(
    (start) => document.getElementsByName(`${start}-deleted`)[0]?.value === '1',
  );
}

function questions() {
  return [...document.querySelectorAll('[name$="-value-label"]')]
    .filter(({ name }) => QUESTION.test(name) && !name.includes('-set_') && !isTakenOut(name))
    .map((input) => {
      const start = input.name.replace(/-value-label$/, '');
      const key = document.getElementsByName(`${start}-value-key`)[0];
      const kind = document.getElementsByName(`${start}-type`)[0];
      return {
        start,
        label: input.value,
        key: key?.value || shortName(input.value),
        kind: kind?.value || '',
      };
    })
    .filter((question) => question.label);
}

function earlier(name) {
  const own = name.match(/^form-\d+-value-questions-\d+(?=-)/)?.[0];
  const all = questions();
  const here = own ? all.findIndex((question) => question.start === own) : -1;
  return here < 0 ? all : all.slice(0, here);
}

function valuesFor(name) {
  const asked = document.getElementsByName(name.replace(/-value$/, '-question'))[0];
  const question = questions().find((one) => one.key === asked?.value);
  if (!question) return [];
  if (question.kind === 'yes_no') return [{ value: 'yes' }, { value: 'no' }];
  return labelsOf(question, 'choices');
}

// What an editor called the parts of a setting: the choices of a question, the costs of a budget.
function labelsOf(question, setting) {
  const labels = new RegExp(`^${question.start}-value-set_${setting}-\\d+-value-label$`);
  return [...document.querySelectorAll('input')]
    .filter((input) => labels.test(input.name) && input.value)
    .map((input) => ({ value: input.value }));
}

function categoriesFor(name) {
  const asked = document.getElementsByName(name.replace(/-category$/, '-budget'))[0];
  const budget = questions().find((one) => one.key === asked?.value);
  return budget ? labelsOf(budget, 'categories') : [];
}

function offer(input, options) {
  let list = document.getElementById('cf-offered');
  if (!list) {
    list = document.createElement('datalist');
    list.id = 'cf-offered';
    document.body.append(list);
  }
  list.replaceChildren(
    ...options.map(({ value, label }) => {
      const option = document.createElement('option');
      option.value = value;
      if (label) option.label = label;
      return option;
    }),
  );
  input.setAttribute('list', list.id);
}

document.addEventListener('focusin', ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  if (ASKS_FOR_QUESTION.test(target.name)) {
    const found = earlier(target.name);
    offer(target, found.map((one) => ({ value: one.key, label: one.label })));
  } else if (ASKS_FOR_BUDGET.test(target.name)) {
    const budgets = questions().filter((one) => one.kind === 'budget');
    offer(target, budgets.map((one) => ({ value: one.key, label: one.label })));
  } else if (ASKS_FOR_CATEGORY.test(target.name)) {
    offer(target, categoriesFor(target.name));
  } else if (ASKS_FOR_VALUE.test(target.name)) {
    offer(target, valuesFor(target.name));
  }
});
