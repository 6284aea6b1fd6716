/** Keyboard shortcuts: `mod+k` style names; single letters rest while typing and can be switched off. */
import { useEffect, useRef } from "react";

const STORE = "mortise.letters";

export function lettersOn(): boolean {
  return localStorage.getItem(STORE) !== "off";
}

/** Single-letter shortcuts on or off (WCAG 2.1.4). */
export function setLetters(on: boolean): void {
  localStorage.setItem(STORE, on ? "on" : "off");
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Whether the event is that combination, e.g. `mod+enter`, `shift+?`, `j`, `escape`. */
export function matches(event: KeyboardEvent, combination: string): boolean {
  const names = combination.toLowerCase().split("+");
  const key = names.pop() ?? "";
  const mod = names.includes("mod");
  if (mod !== (event.ctrlKey || event.metaKey)) return false;
  if (names.includes("alt") !== event.altKey) return false;
  if (names.includes("shift") && !event.shiftKey) return false;
  if (mod && !names.includes("shift") && event.shiftKey) return false;
  return event.key.toLowerCase() === key;
}

export const MOD =
  typeof navigator !== "undefined" && /Mac/.test(navigator.userAgent) ? "⌘" : "Ctrl";

/** Runs `action` on the combination while the component is shown and `on` is true. */
export function useShortcut(
  combination: string,
  action: (event: KeyboardEvent) => void,
  on: boolean = true,
): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!on) return;
    const single = !combination.includes("mod+") && combination.length === 1;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !matches(event, combination)) return;
      if (single && (!lettersOn() || isTyping(event.target))) return;
      // A dialog is open: letters belong to it.
      if (single && document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      event.preventDefault();
      latest.current(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [combination, on]);
}
