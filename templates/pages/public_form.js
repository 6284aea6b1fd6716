const form = document.querySelector("form");
const place = "form:" + form.dataset.token;
const fields = [...form.querySelectorAll("[data-field]")];
const rules = JSON.parse(document.getElementById("behaviour").textContent);

function values() {
  const found = {};
  for (const box of fields) {
    const inputs = [...box.querySelectorAll("input,select,textarea")];
    const first = inputs[0];
    const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
    if (first.type === "checkbox") found[box.dataset.field] = box.tagName === "FIELDSET" ? chosen : first.checked;
    else if (first.type === "radio") found[box.dataset.field] = chosen[0] ?? null;
    else found[box.dataset.field] = first.value.trim() || null;
  }
  return found;
}

const empty = (value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
const order = (a, b, type) => {
  if (type === "number" || (!isNaN(a) && !isNaN(b) && typeof a !== "boolean")) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
};
const compare = {
  "=": (n) => n === 0, "!=": (n) => n !== 0, "<": (n) => n < 0, "<=": (n) => n <= 0, ">": (n) => n > 0, ">=": (n) => n >= 0,
};

/* A condition in three-valued logic: true, false, or null where it cannot be known here. */
function met(tree, record) {
  if ("value" in tree) return tree.value;
  if (tree.name) return tree.name.length === 1 ? (record[tree.name[0]] ?? null) : null;
  const name = tree.call;
  const args = (tree.args ?? []).map((each) => met(each, record));
  if (name === "and") return args.includes(false) ? false : args.includes(null) ? null : true;
  if (name === "or") return args.includes(true) ? true : args.includes(null) ? null : false;
  if (name === "not") return args[0] === null ? null : !args[0];
  if (name === "ISEMPTY") return empty(args[0]);
  if (name === "in" || name === "not in") {
    const list = Array.isArray(args[1]) ? args[1] : args.slice(1);
    if (empty(args[0])) return null;
    return list.flat().some((each) => order(args[0], each) === 0) === (name === "in");
  }
  if (name === "list") return args;
  if (name in compare) {
    if (empty(args[0]) || empty(args[1])) return null;
    return compare[name](order(args[0], args[1]));
  }
  return null;
}

function arrange() {
  const record = values();
  const shown = new Set(), hidden = new Set(), must = new Set(), named = new Set();
  for (const rule of rules) {
    const yes = met(rule.when, record) === true;
    for (const key of rule.show) { named.add(key); if (yes) shown.add(key); }
    if (yes) { rule.hide.forEach((key) => hidden.add(key)); rule.require.forEach((key) => must.add(key)); }
  }
  for (const box of fields) {
    const key = box.dataset.field;
    const off = hidden.has(key) || (named.has(key) && !shown.has(key));
    box.hidden = off;
    for (const input of box.querySelectorAll("input,select,textarea")) input.disabled = off;
    if (!rules.some((rule) => rule.require.includes(key))) continue;
    const label = box.querySelector("label,legend");
    const mark = label.querySelector(".must");
    if (must.has(key) && !mark) {
      const added = Object.assign(document.createElement("span"), { className: "must", textContent: form.dataset.required });
      added.dataset.added = "";
      label.append(" ", added);
    } else if (!must.has(key) && mark && "added" in mark.dataset) mark.remove();
  }
}

function keep() {
  const found = [...new FormData(form)].filter(([name]) => !name.startsWith("_"));
  try { localStorage.setItem(place, JSON.stringify(found)); } catch { /* storage is off */ }
}

function restore() {
  let kept;
  try { kept = JSON.parse(localStorage.getItem(place)); } catch { /* storage is off */ }
  if (!Array.isArray(kept) || !kept.some(([, value]) => value)) return;
  for (const [name, value] of kept) {
    for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (input.type === "checkbox" || input.type === "radio") input.checked ||= input.value === value;
      else input.value = value;
    }
  }
  const note = document.getElementById("restored");
  note.textContent = note.dataset.text;
  note.hidden = false;
}

const notice = document.getElementById("notice");
if (!notice) restore();
arrange();
form.addEventListener("input", () => { arrange(); keep(); });
form.addEventListener("submit", (event) => {
  const wrong = [...form.querySelectorAll(":invalid")].filter((input) => input.name && !input.disabled);
  for (const input of form.elements) if (input.name) input.removeAttribute("aria-invalid");
  for (const input of wrong) input.setAttribute("aria-invalid", "true");
  if (wrong.length) {
    event.preventDefault();
    wrong[0].focus();
    wrong[0].reportValidity();
    return;
  }
  const button = form.querySelector("[type=submit]");
  setTimeout(() => (button.disabled = true));
});
addEventListener("pageshow", () => (form.querySelector("[type=submit]").disabled = false));
const first = form.querySelector("[aria-invalid=true]") ?? notice;
if (first) first.focus();
