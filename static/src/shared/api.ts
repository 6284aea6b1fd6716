/** The only place that talks to the server: CSRF, If-Match, language, idempotency, problems. */
import { bootstrap } from "./bootstrap";
import { language } from "./i18n";
import type { Json, Problem } from "./types";

export interface Answer<T> {
  data: T;
  etag: string | null;
  status: number;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
    readonly body: Json,
    readonly etag: string | null,
  ) {
    super(problems.map((p) => p.message).join("\n") || `HTTP ${status}`);
    this.name = "ApiError";
  }

  /** The first problem of that code, or undefined. */
  problem(code: string): Problem | undefined {
    return this.problems.find((p) => p.code === code);
  }
}

export interface Options {
  query?: Record<string, string | number | boolean | null | undefined>;
  ifMatch?: string | null;
  /** Repeating a POST with the same key does nothing twice. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

let viewAs: number | null = null;

/** Everything is read as this person until `null` is set (administrators only). */
export function setViewAs(person: number | null): void {
  viewAs = person;
}

export function getViewAs(): number | null {
  return viewAs;
}

function csrf(): string {
  const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return cookie?.[1] ?? bootstrap.csrf;
}

export function address(path: string, query: Options["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}${path.includes("?") ? "&" : "?"}${text}` : path;
}

function headers(method: string, options: Options): Headers {
  const result = new Headers({ Accept: "application/json", "Accept-Language": language });
  if (method !== "GET") result.set("X-CSRFToken", csrf());
  if (options.ifMatch != null) result.set("If-Match", `"${options.ifMatch}"`);
  if (options.idempotencyKey) result.set("Idempotency-Key", options.idempotencyKey);
  if (viewAs !== null && method === "GET") result.set("X-View-As", String(viewAs));
  return result;
}

const listeners = new Set<() => void>();

/** Called when the session has ended (401). */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function send<T>(
  method: string,
  path: string,
  body: Json | FormData | undefined,
  options: Options,
): Promise<Answer<T>> {
  const head = headers(method, options);
  let payload: BodyInit | undefined;
  if (body instanceof FormData) payload = body;
  else if (body !== undefined) {
    head.set("Content-Type", "application/json");
    payload = JSON.stringify(body);
  }
  const response = await fetch(address(path, options.query), {
    method,
    headers: head,
    body: payload,
    credentials: "same-origin",
    signal: options.signal,
  });
  const etag = response.headers.get("ETag")?.replace(/^W\//, "").replace(/^"|"$/g, "") ?? null;
  const text = response.status === 204 ? "" : await response.text();
  let data: Json = null;
  if (text) {
    try {
      data = JSON.parse(text) as Json;
    } catch {
      data = null;
    }
  }
  if (!response.ok) {
    if (response.status === 401) listeners.forEach((listener) => listener());
    const problems = (data as { problems?: Problem[] } | null)?.problems ?? [];
    throw new ApiError(response.status, problems, data, etag);
  }
  return { data: data as T, etag, status: response.status };
}

type Body = Json | FormData | object;

export const api = {
  get: async <T>(path: string, options: Options = {}) =>
    (await send<T>("GET", path, undefined, options)).data,
  post: async <T>(path: string, body: Body = {}, options: Options = {}) =>
    (await send<T>("POST", path, body as Json, options)).data,
  patch: async <T>(path: string, body: Body, options: Options = {}) =>
    (await send<T>("PATCH", path, body as Json, options)).data,
  put: async <T>(path: string, body: Body, options: Options = {}) =>
    (await send<T>("PUT", path, body as Json, options)).data,
  delete: async <T = null>(path: string, options: Options = {}) =>
    (await send<T>("DELETE", path, undefined, options)).data,
  /** Like the others, but with ETag and status. */
  send: <T>(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: Body,
    options: Options = {},
  ) => send<T>(method, path, body as Json, options),
};
