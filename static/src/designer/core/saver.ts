/**
 * Saves changed documents by themselves, one request per document at a time, each with the version it
 * was read with. What somebody else has changed meanwhile is brought together with one's own changes; only
 * where both changed the same place does it become a conflict for the person to settle.
 */
import type { Body } from "./definitions";
import { mergedBodies } from "./merge";

export interface Refusal {
  path: string;
  code: string;
  message: string;
  severity?: string;
  params?: Record<string, unknown>;
}

export type SaveAnswer =
  | { state: "saved"; etag: string; problems: Refusal[] }
  | { state: "removed" }
  | { state: "changed"; current: Body | null; etag: string | null; by: string | null }
  | { state: "refused"; problems: Refusal[] }
  | { state: "unreachable" };

export interface Store {
  put(id: string, body: Body, etag: string | null): Promise<SaveAnswer>;
  remove(id: string, etag: string | null): Promise<SaveAnswer>;
}

export interface Conflict {
  id: string;
  base: Body | null;
  mine: Body | null;
  theirs: Body | null;
  etag: string | null;
  by: string | null;
  /** The places both changed; empty where one of the two is gone as a whole. */
  clashes: readonly (readonly string[])[];
}

export interface SaveState {
  state: "saved" | "waiting" | "saving" | "unreachable" | "refused" | "conflict";
  conflict: Conflict | null;
  /** Why the server could not take a document, by document. */
  refused: Readonly<Record<string, Refusal[]>>;
}

interface Known {
  text: string | null;
  etag: string | null;
}

const DELAY = 500;
const RETRY_DELAY = 4000;

export class Saver {
  private known = new Map<string, Known>();
  private wanted = new Map<string, Body | null>();
  private conflicts = new Map<string, Conflict>();
  private refused: Record<string, Refusal[]> = {};
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private unreachable = false;
  private listeners = new Set<() => void>();
  private snapshot: SaveState = { state: "saved", conflict: null, refused: {} };

  constructor(
    private store: Store,
    private onSaved: (id: string) => void = () => undefined,
    private delay: number = DELAY,
    /** A document now holds what somebody else changed, too. */
    private onMerged: (id: string, body: Body, by: string | null) => void = () => undefined,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  state = (): SaveState => this.snapshot;

  /** Says what the server holds now. */
  loaded(id: string, body: Body | null, etag: string | null): void {
    this.known.set(id, { text: body && JSON.stringify(body), etag });
    this.wanted.delete(id);
    this.conflicts.delete(id);
    delete this.refused[id];
    this.publish();
  }

  etag(id: string): string | null {
    return this.known.get(id)?.etag ?? null;
  }

  changed(id: string, body: Body | null): void {
    const text = body && JSON.stringify(body);
    if (text === (this.known.get(id)?.text ?? null)) {
      this.wanted.delete(id);
      delete this.refused[id];
    } else this.wanted.set(id, body);
    this.publish();
    this.schedule(this.delay);
  }

  /** Saves what is waiting; false when something could not be saved. */
  async flush(): Promise<boolean> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.running) await this.running;
    if (this.pending().length) await this.start();
    return this.wanted.size === 0;
  }

  /** Where both changed the same place, the other's change is taken; the rest of both is kept. */
  takeTheirs(id: string): Body | null {
    const conflict = this.conflicts.get(id);
    if (!conflict) return null;
    const { base, theirs } = conflict;
    const mine = this.own(id, conflict);
    const body = base && mine && theirs ? mergedBodies(base, theirs, mine).value : theirs;
    this.settle(id, conflict, body);
    return body;
  }

  /** Where both changed the same place, one's own change is taken; the rest of both is kept. */
  keepMine(id: string): Body | null {
    const conflict = this.conflicts.get(id);
    if (!conflict) return null;
    const { base, theirs } = conflict;
    const mine = this.own(id, conflict);
    const body = base && mine && theirs ? mergedBodies(base, mine, theirs).value : mine;
    this.settle(id, conflict, body);
    return body;
  }

  private own(id: string, conflict: Conflict): Body | null {
    return this.wanted.has(id) ? (this.wanted.get(id) ?? null) : conflict.mine;
  }

  private settle(id: string, { theirs, etag }: Conflict, body: Body | null): void {
    this.conflicts.delete(id);
    this.known.set(id, { text: theirs && JSON.stringify(theirs), etag });
    this.changed(id, body);
    this.schedule(0);
  }

  private pending(): string[] {
    return [...this.wanted.keys()].filter((id) => !this.conflicts.has(id) && !(id in this.refused));
  }

  private schedule(delay: number): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.pending().length === 0 && this.wanted.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      // A refused document is tried again once it has changed.
      this.refused = {};
      if (!this.running) void this.start();
    }, delay);
  }

  private start(): Promise<void> {
    this.running = this.drain().finally(() => {
      this.running = null;
      this.publish();
    });
    this.publish();
    return this.running;
  }

  private async drain(): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const id = this.pending().find((candidate) => !tried.has(candidate) || !this.unreachable);
      if (id === undefined) return;
      tried.add(id);
      await this.save(id);
      if (this.unreachable) {
        this.schedule(RETRY_DELAY);
        return;
      }
    }
  }

  private async save(id: string): Promise<void> {
    const body = this.wanted.get(id) ?? null;
    const { etag } = this.known.get(id) ?? { etag: null };
    const answer = body ? await this.store.put(id, body, etag) : await this.store.remove(id, etag);
    this.unreachable = answer.state === "unreachable";
    if (answer.state === "saved" || answer.state === "removed") {
      this.known.set(id, {
        text: body && JSON.stringify(body),
        etag: answer.state === "saved" ? answer.etag : null,
      });
      if (this.wanted.get(id) === body || (!body && !this.wanted.get(id))) this.wanted.delete(id);
      this.onSaved(id);
    } else if (answer.state === "changed") {
      const text = this.known.get(id)?.text;
      const base = text ? (JSON.parse(text) as Body) : null;
      const theirs = answer.current;
      const mine = this.wanted.has(id) ? (this.wanted.get(id) ?? null) : body;
      const found = base && mine && theirs ? mergedBodies(base, mine, theirs) : null;
      const conflict: Conflict = {
        id,
        base,
        mine,
        theirs,
        etag: answer.etag,
        by: answer.by,
        clashes: found?.clashes ?? [],
      };
      if (found && found.clashes.length === 0) {
        this.settle(id, conflict, found.value);
        this.onMerged(id, found.value, answer.by);
      } else this.conflicts.set(id, conflict);
    } else if (answer.state === "refused") {
      this.refused = { ...this.refused, [id]: answer.problems };
    }
    this.publish();
  }

  private publish(): void {
    const conflict = this.conflicts.values().next().value ?? null;
    let state: SaveState["state"] = "saved";
    if (conflict) state = "conflict";
    else if (this.running) state = "saving";
    else if (this.unreachable && this.wanted.size) state = "unreachable";
    else if (Object.keys(this.refused).length) state = "refused";
    else if (this.wanted.size) state = "waiting";
    this.snapshot = { state, conflict, refused: this.refused };
    for (const listener of this.listeners) listener();
  }
}
