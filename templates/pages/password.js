for (const button of document.querySelectorAll("[data-show]")) {
  const input = document.getElementById(button.dataset.show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
    input.focus();
  });
}
const caps = document.getElementById("caps");
for (const input of document.querySelectorAll("input[type=password]")) {
  const hint = (event) => {
    const on = Boolean(event.getModifierState && event.getModifierState("CapsLock"));
    const text = on ? caps.dataset.text : "";
    if (caps && caps.textContent !== text) caps.textContent = text;
  };
  input.addEventListener("keydown", hint);
  input.addEventListener("keyup", hint);
}
for (const form of document.forms) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("[type=submit]");
    setTimeout(() => (button.disabled = true));
  });
}
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[type=submit]")) button.disabled = false;
});
