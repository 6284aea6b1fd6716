const form = document.querySelector("form");
form?.addEventListener("submit", () => setTimeout(() => form.querySelectorAll("[type=submit]").forEach((button) => (button.disabled = true))));
addEventListener("pageshow", () => form?.querySelectorAll("[type=submit]").forEach((button) => (button.disabled = false)));
(document.querySelector("[aria-invalid=true]") ?? document.getElementById("notice"))?.focus();
