/** One open application in the designer: its documents, what the server knows, what is wrong with it. */
import { plain } from "./core/json";
import { createContext, useContext, useSyncExternalStore } from "react";

import { ApiError } from "@/shared/api";
import { language, localized } from "@/shared/i18n";
import type { Problem } from "@/shared/types";
import { toast } from "@/shared/ui/toast";

import {
  builder,
  remote,
  type ApplicationInfo,
  type Catalogue,
  type Check,
  type FieldTypeInfo,
} from "./api";
import type { Body, Documents, Field, Form, Kind, Text } from "./core/definitions";
import { idOf, parseId, textOf, withText } from "./core/definitions";
import { uniqueKey } from "./core/form";
import { plainKey } from "./core/options";
import { Saver, type SaveState } from "./core/saver";
import { Workspace } from "./core/workspace";
import { t } from "./texts";

const CHECK_DELAY = 700;

export interface SessionState {
  info: ApplicationInfo;
  check: Check | null;
  checking: boolean;
}

export class Session {
  readonly workspace: Workspace;
  readonly saver: Saver;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private listeners = new Set<() => void>();
  private snapshot: SessionState;
  private asked = 0;
  /** Fields named for the first time in this session: their keys still follow their labels. */
  readonly unnamed = new Set<string>();

  constructor(
    readonly app: string,
    readonly catalogue: Catalogue,
    info: ApplicationInfo,
  ) {
    this.snapshot = { info, check: null, checking: false };
    this.saver = new Saver(
      remote(app),
      () => this.checkSoon(),
      undefined,
      (id, body, by) => {
        this.workspace.load(id, body);
        const name = textOf(body.label, language, parseId(id).key);
        toast(t("d.merged", { who: by ?? t("d.somebody"), name }), { seconds: 6 });
      },
    );
    this.workspace = new Workspace((id, body) => this.saver.changed(id, body));
  }

  static async open(app: string): Promise<Session> {
    const [catalogue, info] = await Promise.all([builder.catalogue(), builder.application(app)]);
    const session = new Session(app, catalogue, info);
    const present = info.definitions.filter((definition) => definition.state !== "removed");
    await Promise.all(
      present.map(async ({ kind, key }) => {
        const { body, etag } = await builder.definition(app, kind, key);
        session.saver.loaded(idOf(kind, key), body, etag);
        session.workspace.load(idOf(kind, key), body);
      }),
    );
    void session.check();
    return session;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  state = (): SessionState => this.snapshot;

  fieldType(key: string): FieldTypeInfo | undefined {
    return this.catalogue.field_types.find((type) => type.key === key);
  }

  form(key: string | undefined): Form | undefined {
    return key ? (this.workspace.get(idOf("form", key)) as Form | undefined) : undefined;
  }

  label(kind: Kind, key: string): string {
    const body = this.workspace.get(idOf(kind, key));
    return textOf(body?.label, language, key);
  }

  bodies(kind: Kind): Body[] {
    return bodiesOf(this.workspace.all(), kind);
  }

  /** A free key for a label; the server knows pinyin, and the designer never waits long for it. */
  async key(label: string, taken: Iterable<string>, fallback: string): Promise<string> {
    let wanted = plainKey(label, "");
    if (!wanted || !/^[\x20-\x7e]*$/.test(label)) {
      try {
        wanted = await builder.key(label);
      } catch {
        wanted = plainKey(label, fallback);
      }
    }
    return uniqueKey(wanted || fallback, taken);
  }

  checkSoon(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), CHECK_DELAY);
  }

  async check(): Promise<Check | null> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const asked = (this.asked += 1);
    this.publish({ checking: true });
    try {
      const [check, info] = await Promise.all([
        builder.check(this.app),
        builder.application(this.app),
      ]);
      // A later question has been asked meanwhile: its answer counts.
      if (asked !== this.asked) return null;
      this.publish({ check, info, checking: false });
      return check;
    } catch (error) {
      if (asked === this.asked) this.publish({ checking: false });
      if (error instanceof ApiError && error.status === 422)
        this.publish({
          check: { problems: error.problems, changes: [], operations: [], summary: "" },
        });
      return null;
    }
  }

  /** Publishes what has been saved; the answer is the number of the new release. */
  async publishDraft(acceptLoss: boolean, note: string): Promise<number> {
    const answer = await builder.publish(this.app, this.snapshot.info.release, acceptLoss, note);
    await this.check();
    return answer.release;
  }

  /** Takes what the server has for a document, giving up what is here. */
  async reload(id: string, kind: string, key: string): Promise<void> {
    const { body, etag } = await builder.definition(this.app, kind, key);
    this.saver.loaded(id, body, etag);
    this.workspace.load(id, body);
  }

  private publish(change: Partial<SessionState>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

export function bodiesOf(documents: Documents, kind: Kind): Body[] {
  return Object.values(documents).filter((body) => body.kind === kind);
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("The designer's session is missing above this component.");
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.state);
}

export function useSaveState(): SaveState {
  const { saver } = useSession();
  return useSyncExternalStore(saver.subscribe, saver.state);
}

export function useDocuments(): Documents {
  const { workspace } = useSession();
  return useSyncExternalStore(workspace.subscribe, workspace.all);
}

export function useBodies(kind: Kind): Body[] {
  return bodiesOf(useDocuments(), kind);
}

/** A document and what changes it; the merge word keeps a gesture (typing) one step. */
export function useDocument<T extends Body>(
  id: string,
): [T | undefined, (name: string, label: string, run: (document: T) => T, merge?: string) => void] {
  const { workspace } = useSession();
  const documents = useDocuments();
  return [
    documents[id] as T | undefined,
    (name, label, run, merge) =>
      workspace.run(id, { name, label, run: (document) => run(document as T) }, merge ?? null),
  ];
}

/** The problems of one definition, with paths inside it. */
export function useProblems(kind: Kind, key: string): (Problem & { inner: string })[] {
  const { check } = useSessionState();
  const saved = useSaveState();
  const prefix = `/${kind}s/${key}`;
  const checked = (check?.problems ?? [])
    .filter((problem) => problem.path === prefix || problem.path.startsWith(`${prefix}/`))
    .map((problem) => ({ ...problem, inner: problem.path.slice(prefix.length) }));
  const refused = (saved.refused[idOf(kind, key)] ?? []).map((problem) => ({
    ...(problem as Problem),
    inner: problem.path.startsWith(prefix) ? problem.path.slice(prefix.length) : problem.path,
  }));
  return [...refused, ...checked];
}

export function words(value: unknown, fallback = ""): string {
  return textOf(value, language, fallback);
}

export function reworded(value: unknown, text: string): Text {
  return withText(value, language, text);
}

export { language, localized };

/** The type whose values a field holds: a formula counts as what it returns, a lookup as what it shows. */
export function valueType(
  field: Field | undefined,
  form: Form | undefined,
  documents: Documents,
): string {
  if (!field) return "text";
  if (field.type === "formula" || field.type === "rollup") return plain(field.returns, "text");
  if (field.type === "lookup") {
    const link = form?.fields[plain(field.link)];
    const target = documents[idOf("form", plain(link?.form))] as Form | undefined;
    const shown = target?.fields[plain(field.field)];
    return shown && shown.type !== "lookup" ? valueType(shown, target, documents) : "text";
  }
  return field.type;
}
