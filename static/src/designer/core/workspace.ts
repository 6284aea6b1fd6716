/**
 * The open documents of one application with undo and redo, one step per gesture.
 *
 * Every change is a command; a step remembers the documents it touched before and after, so undoing is
 * putting references back. Steps belong to a scope (the screen's document): Ctrl+Z on a form never
 * undoes what was done to a report, while a drop on a dashboard may touch the dashboard and a report.
 */
import type { Body, Documents } from "./definitions";

export interface Command<D = Body> {
  name: string;
  /** Words for the undo button, already in the person's language. */
  label: string;
  run(document: D): D;
}

interface Step {
  name: string;
  label: string;
  merge: string | null;
  before: Record<string, Body | undefined>;
  after: Record<string, Body | undefined>;
}

const LONGEST_HISTORY = 200;

export class Workspace {
  private documents: Documents = {};
  private past = new Map<string, Step[]>();
  private future = new Map<string, Step[]>();
  private listeners = new Set<() => void>();
  private onChange: (id: string, body: Body | null) => void;

  constructor(onChange: (id: string, body: Body | null) => void = () => undefined) {
    this.onChange = onChange;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  all = (): Documents => this.documents;

  get(id: string): Body | undefined {
    return this.documents[id];
  }

  /** Takes a document as the server has it; not a step, and its history begins anew. */
  load(id: string, body: Body | null): void {
    this.documents = replaced(this.documents, { [id]: body ?? undefined });
    this.past.delete(id);
    this.future.delete(id);
    this.notify();
  }

  run(id: string, command: Command, merge: string | null = null): void {
    this.runAll(
      id,
      {
        name: command.name,
        label: command.label,
        run: (documents) => {
          const document = documents[id];
          if (!document) return documents;
          const next = command.run(document);
          return next === document ? documents : { ...documents, [id]: next };
        },
      },
      merge,
    );
  }

  /** Runs a command over several documents as one step of the scope. */
  runAll(scope: string, command: Command<Documents>, merge: string | null = null): void {
    const before = this.documents;
    const after = command.run(before);
    const touched = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (id) => before[id] !== after[id],
    );
    if (touched.length === 0) return;
    const step: Step = {
      name: command.name,
      label: command.label,
      merge,
      before: Object.fromEntries(touched.map((id) => [id, before[id]])),
      after: Object.fromEntries(touched.map((id) => [id, after[id]])),
    };
    const steps = this.past.get(scope) ?? [];
    const last = steps.at(-1);
    if (last && merge !== null && last.merge === merge) {
      // The earliest "before" and the latest "after" of one gesture (typing a label, dragging an edge).
      steps[steps.length - 1] = {
        ...step,
        before: { ...step.before, ...last.before },
        after: { ...last.after, ...step.after },
      };
    } else {
      steps.push(step);
      if (steps.length > LONGEST_HISTORY) steps.shift();
    }
    this.past.set(scope, steps);
    this.future.delete(scope);
    this.put(step.after);
  }

  /** Ends the gesture: the next command starts a step of its own even with the same merge word. */
  seal(scope: string): void {
    const steps = this.past.get(scope);
    const last = steps?.at(-1);
    if (steps && last?.merge != null) steps[steps.length - 1] = { ...last, merge: null };
  }

  undo(scope: string): string | null {
    const step = this.past.get(scope)?.pop();
    if (!step) return null;
    this.future.set(scope, [...(this.future.get(scope) ?? []), step]);
    this.put(this.stillHolding(step.after, step.before));
    return step.label;
  }

  redo(scope: string): string | null {
    const step = this.future.get(scope)?.pop();
    if (!step) return null;
    this.past.set(scope, [...(this.past.get(scope) ?? []), step]);
    this.put(this.stillHolding(step.before, step.after));
    return step.label;
  }

  undoLabel(scope: string): string | null {
    return this.past.get(scope)?.at(-1)?.label ?? null;
  }

  redoLabel(scope: string): string | null {
    return this.future.get(scope)?.at(-1)?.label ?? null;
  }

  /** Other scopes may have changed a document since (a report made by a drop): theirs is then kept. */
  private stillHolding(
    expected: Record<string, Body | undefined>,
    wanted: Record<string, Body | undefined>,
  ): Record<string, Body | undefined> {
    return Object.fromEntries(
      Object.entries(wanted).filter(([id]) => this.documents[id] === expected[id]),
    );
  }

  private put(changes: Record<string, Body | undefined>): void {
    this.documents = replaced(this.documents, changes);
    for (const [id, body] of Object.entries(changes)) this.onChange(id, body ?? null);
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

function replaced(documents: Documents, changes: Record<string, Body | undefined>): Documents {
  const next: Record<string, Body> = { ...documents };
  for (const [id, body] of Object.entries(changes)) {
    if (body === undefined) delete next[id];
    else next[id] = body;
  }
  return next;
}
