import fc from "fast-check";
import { expect, test, vi } from "vitest";

import type { Body } from "./definitions";
import { Saver, type SaveAnswer, type Store } from "./saver";
import { Workspace } from "./workspace";

const body = (label: string): Body => ({ kind: "form", key: "a", format: 1, label });
const rename = (label: string) => ({
  name: "rename",
  label: "rename",
  run: (document: Body) => ({ ...document, label }),
});

test("undo and redo walk the steps of their own scope", () => {
  const workspace = new Workspace();
  workspace.load("form/a", body("0"));
  workspace.load("form/b", body("b"));
  workspace.run("form/a", rename("1"));
  workspace.run("form/b", rename("other"));
  workspace.run("form/a", rename("2"));
  workspace.undo("form/a");
  workspace.undo("form/a");
  expect(workspace.get("form/a")?.label).toBe("0");
  expect(workspace.get("form/b")?.label).toBe("other");
  workspace.redo("form/a");
  expect(workspace.get("form/a")?.label).toBe("1");
  workspace.run("form/a", rename("3"));
  expect(workspace.redo("form/a")).toBeNull();
});

test("typing is one step until the gesture is sealed", () => {
  const workspace = new Workspace();
  workspace.load("form/a", body(""));
  for (const text of ["商", "商机"]) workspace.run("form/a", rename(text), "label");
  workspace.seal("form/a");
  workspace.run("form/a", rename("商机 2"), "label");
  workspace.undo("form/a");
  expect(workspace.get("form/a")?.label).toBe("商机");
  workspace.undo("form/a");
  expect(workspace.get("form/a")?.label).toBe("");
});

test("a drop on a dashboard is one step over two documents; undo removes the report it made", () => {
  const changes: string[] = [];
  const workspace = new Workspace((id, changed) =>
    changes.push(`${id}:${changed ? "kept" : "removed"}`),
  );
  workspace.load("dashboard/d", body("d"));
  workspace.runAll("dashboard/d", {
    name: "drop",
    label: "drop",
    run: (documents) => ({ ...documents, "dashboard/d": body("d1"), "report/r": body("r") }),
  });
  workspace.undo("dashboard/d");
  expect(workspace.get("report/r")).toBeUndefined();
  expect(changes).toEqual([
    "dashboard/d:kept",
    "report/r:kept",
    "dashboard/d:kept",
    "report/r:removed",
  ]);
});

test("any mixture of commands, undo and redo comes back to the first document", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(1, 2))), (moves) => {
      const workspace = new Workspace();
      workspace.load("form/a", body("first"));
      for (const move of moves) {
        if (move === 1) workspace.undo("form/a");
        else if (move === 2) workspace.redo("form/a");
        else workspace.run("form/a", rename(String(move)));
      }
      while (workspace.undo("form/a") !== null);
      expect(workspace.get("form/a")).toEqual(body("first"));
    }),
  );
});

/** A server that keeps text, as the real one does: what it answers has been through JSON. */
function server(initial: Record<string, Body> = {}) {
  const held = new Map(
    Object.entries(initial).map(([id, value]) => [id, { text: JSON.stringify(value), version: 1 }]),
  );
  const calls: string[] = [];
  const store: Store = {
    put: async (id, value, etag): Promise<SaveAnswer> => {
      calls.push(id);
      await Promise.resolve();
      const there = held.get(id);
      if (there && etag !== String(there.version))
        return {
          state: "changed",
          current: JSON.parse(there.text) as Body,
          etag: String(there.version),
          by: "王芳",
        };
      const version = (there?.version ?? 0) + 1;
      held.set(id, { text: JSON.stringify(value), version });
      return { state: "saved", etag: String(version), problems: [] };
    },
    remove: async (id) => {
      await Promise.resolve();
      held.delete(id);
      return { state: "removed" };
    },
  };
  return {
    held,
    calls,
    store,
    read: (id: string) => JSON.parse(held.get(id)?.text ?? "null") as Body | null,
  };
}

test("save and reload lose nothing, whatever the document and the order of changes", async () => {
  const documents = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(fc.array(documents, { minLength: 1, maxLength: 6 }), async (versions) => {
      const remote = server();
      const saver = new Saver(remote.store, undefined, 0);
      saver.loaded("form/a", null, null);
      let last: Body = body("");
      for (const [index, extra] of versions.entries()) {
        last = { ...extra, ...body(String(index)) };
        saver.changed("form/a", last);
        if (index % 2) await saver.flush();
      }
      await saver.flush();
      expect(JSON.stringify(remote.read("form/a"))).toBe(JSON.stringify(last));
      expect(Object.keys(remote.read("form/a") ?? {})).toEqual(
        Object.keys(JSON.parse(JSON.stringify(last)) as object),
      );
      expect(saver.state().state).toBe("saved");
    }),
    { numRuns: 60 },
  );
});

test("many changes within the delay are one request, and none when nothing differs", async () => {
  vi.useFakeTimers();
  const remote = server({ "form/a": body("a") });
  const saver = new Saver(remote.store);
  saver.loaded("form/a", body("a"), "1");
  saver.changed("form/a", body("ab"));
  saver.changed("form/a", body("a"));
  expect(saver.state().state).toBe("saved");
  saver.changed("form/a", body("ab"));
  saver.changed("form/a", body("abc"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(remote.calls).toEqual(["form/a"]);
  expect(remote.read("form/a")?.label).toBe("abc");
  vi.useRealTimers();
});

test("where both changed one place the person chooses, and the rest of both is kept", async () => {
  const remote = server({ "form/a": { ...body("theirs"), title: "T" } });
  const saver = new Saver(remote.store, undefined, 0);
  saver.loaded("form/a", body("a"), "0");
  saver.changed("form/a", { ...body("mine"), icon: "star" });
  expect(await saver.flush()).toBe(false);
  const { conflict } = saver.state();
  expect(conflict).toMatchObject({ by: "王芳", base: body("a"), clashes: [["label"]] });
  expect(saver.keepMine("form/a")).toMatchObject({ label: "mine", icon: "star", title: "T" });
  expect(await saver.flush()).toBe(true);
  expect(remote.read("form/a")).toMatchObject({ label: "mine", icon: "star", title: "T" });

  saver.loaded("form/a", body("old"), "1");
  saver.changed("form/a", { ...body("mine again"), note: 1 });
  await saver.flush();
  expect(saver.takeTheirs("form/a")).toMatchObject({ label: "mine", icon: "star", note: 1 });
  expect(await saver.flush()).toBe(true);
  expect(remote.read("form/a")).toMatchObject({ label: "mine", icon: "star", note: 1 });
});

test("changes of different places are brought together without asking", async () => {
  const remote = server({ "form/a": { ...body("a"), title: "theirs" } });
  const told: (string | null)[] = [];
  const saver = new Saver(remote.store, undefined, 0, (_id, _body, by) => told.push(by));
  saver.loaded("form/a", body("a"), "0");
  saver.changed("form/a", body("mine"));
  expect(await saver.flush()).toBe(true);
  expect(remote.read("form/a")).toMatchObject({ label: "mine", title: "theirs" });
  expect(told).toEqual(["王芳"]);
  expect(saver.state().state).toBe("saved");
});

test("a refused document does not hold up the others and is tried again when it changes", async () => {
  const remote = server();
  const refusing: Store = {
    ...remote.store,
    put: (id, value, etag) =>
      value.label === "bad"
        ? Promise.resolve({
            state: "refused",
            problems: [{ path: "/label", code: "x", message: "no" }],
          })
        : remote.store.put(id, value, etag),
  };
  const saver = new Saver(refusing, undefined, 0);
  saver.changed("form/a", body("bad"));
  saver.changed("form/b", body("good"));
  await saver.flush();
  expect(saver.state().state).toBe("refused");
  expect(remote.read("form/b")?.label).toBe("good");
  saver.changed("form/a", body("better"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await saver.flush();
  expect(saver.state().state).toBe("saved");
  expect(remote.read("form/a")?.label).toBe("better");
});
