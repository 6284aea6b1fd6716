/** What the server writes into the page: who is signed in, the language, the CSRF token and the CSP nonce. */
import type { Person } from "./types";

export interface Bootstrap {
  person: Person | null;
  csrf: string;
  language: Language;
  nonce: string;
}

export type Language = "zh-Hans" | "en";

function read(): Bootstrap {
  const empty: Bootstrap = { person: null, csrf: "", language: "zh-Hans", nonce: "" };
  if (typeof document === "undefined") return empty;
  const text = document.getElementById("bootstrap")?.textContent;
  if (!text) return empty;
  const raw = JSON.parse(text) as Partial<Bootstrap>;
  return { ...empty, ...raw, language: raw.language === "en" ? "en" : "zh-Hans" };
}

export const bootstrap: Bootstrap = read();
