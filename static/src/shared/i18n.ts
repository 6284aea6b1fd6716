/** One typed dictionary per area, both languages side by side; a missing key or parameter fails the type check. */
import { bootstrap, type Language } from "./bootstrap";
import type { Text } from "./types";

/** A text in both languages; `{name}` is replaced by the parameter of that name. */
export interface Entry {
  readonly "zh-Hans": string;
  readonly en: string;
}

export type Area = Readonly<Record<string, Entry>>;
type Areas = Readonly<Record<string, Area>>;

type Key<A extends Areas> = {
  [N in keyof A & string]: `${N}.${keyof A[N] & string}`;
}[keyof A & string];

type Names<S extends string> = S extends `${string}{${infer P}}${infer Rest}`
  ? P | Names<Rest>
  : never;

type EntryOf<A extends Areas, K extends string> = K extends `${infer N}.${infer E}`
  ? N extends keyof A
    ? E extends keyof A[N]
      ? A[N][E]
      : never
    : never
  : never;

type ParametersOf<A extends Areas, K extends string> =
  EntryOf<A, K> extends Entry
    ? Names<EntryOf<A, K>["zh-Hans"]> | Names<EntryOf<A, K>["en"]>
    : never;

type Rest<P extends string> = [P] extends [never] ? [] : [parameters: Record<P, string | number>];

export type Translate<A extends Areas> = <K extends Key<A>>(
  key: K,
  ...rest: Rest<ParametersOf<A, K>>
) => string;

/** The person's language; changing it reloads the page. */
export const language: Language = bootstrap.language;

const HAN = /[\u4e00-\u9fff]/;
const LATIN = /[A-Za-z0-9]/;

/** Chinese and Latin letters that meet are kept apart by a space: 「已启用 Dustin」. */
function joined(before: string, after: string): string {
  const [left, right] = [before.at(-1) ?? "", after[0] ?? ""];
  return (HAN.test(left) && LATIN.test(right)) || (LATIN.test(left) && HAN.test(right)) ? " " : "";
}

/** The text with its parameters; `[n:field|fields]` is the first word for one and the second for others. */
export function fill(
  template: string,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  return template
    .replace(/\[(\w+):([^|\]]*)\|([^\]]*)\]/g, (_whole, name: string, one: string, many: string) =>
      String(parameters[name]) === "1" ? one : many,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string, at: number, text: string) => {
      if (!(name in parameters)) return whole;
      const value = String(parameters[name]);
      const [before, after] = [text.slice(0, at), text.slice(at + whole.length)];
      return `${joined(before, value)}${value}${joined(value, after)}`;
    });
}

/** The `t` of a part of the product: `makeT({ list, record })("list.empty", { form: "商机" })`. */
export function makeT<const A extends Areas>(areas: A): Translate<A> {
  return (key, ...rest) => {
    const dot = key.indexOf(".");
    const entry = areas[key.slice(0, dot)]?.[key.slice(dot + 1)];
    return fill(entry ? entry[language] : key, rest[0] ?? {});
  };
}

/** A definition's text in the person's language (the catalogue sends both). */
export function localized(text: Text | null | undefined, wanted: Language = language): string {
  if (text == null) return "";
  if (typeof text === "string") return text;
  return text[wanted] ?? text["zh-Hans"] ?? text.en ?? "";
}
