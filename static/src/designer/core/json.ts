/** JSON values as definitions hold them, and the few pure operations the designer needs on them. */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && isEqual(a[key], b[key]))
  );
}

/** The parts of a JSON pointer; `~1` is a slash and `~0` a tilde. */
export function pointerParts(pointer: string): string[] {
  if (!pointer) return [];
  return pointer
    .replace(/^\//, "")
    .split("/")
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
}

export function valueAt(
  value: Json | undefined,
  parts: readonly (string | number)[],
): Json | undefined {
  let current: Json | undefined = value;
  for (const part of parts) {
    if (Array.isArray(current)) current = current[Number(part)];
    else if (isObject(current)) current = current[String(part)];
    else return undefined;
  }
  return current;
}

/** The value with one place replaced; `undefined` removes a member. Untouched parts are shared. */
export function withValue<T extends Json>(
  value: T,
  parts: readonly (string | number)[],
  next: Json | undefined,
): T {
  const [part, ...rest] = parts;
  if (part === undefined) return next as T;
  if (Array.isArray(value)) {
    const copy = [...value];
    const index = Number(part);
    if (rest.length === 0 && next === undefined) copy.splice(index, 1);
    else copy[index] = rest.length ? withValue(copy[index] ?? {}, rest, next) : next;
    return copy as T;
  }
  const object: JsonObject = isObject(value) ? value : {};
  const key = String(part);
  if (rest.length === 0 && next === undefined) {
    const { [key]: _gone, ...others } = object;
    return others as T;
  }
  return {
    ...object,
    [key]: rest.length ? withValue(object[key] ?? {}, rest, next) : (next as Json),
  } as unknown as T;
}

/** The object with one member renamed in place: the author's order of members has meaning. */
export function withRenamedKey<V>(
  object: Record<string, V>,
  from: string,
  to: string,
): Record<string, V> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key === from ? to : key, value]),
  );
}

/** The object with a member put at a position among the others. */
export function withEntryAt<V>(
  object: Record<string, V>,
  key: string,
  value: V,
  index: number,
): Record<string, V> {
  const entries = Object.entries(object).filter(([other]) => other !== key);
  entries.splice(index, 0, [key, value]);
  return Object.fromEntries(entries);
}

export interface Difference {
  path: string[];
  before: Json | undefined;
  after: Json | undefined;
}

/** Where two values differ, one entry per smallest differing place; lists are compared as a whole. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  path: string[] = [],
): Difference[] {
  if (isEqual(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const found = keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
    // Same members in another order: the order itself is the change.
    return found.length ? found : [{ path, before, after }];
  }
  return [{ path, before, after }];
}

/** A simple value as text; what is missing, or no simple value, is the fallback. */
export function plain(value: unknown, fallback = ""): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : fallback;
}
