import { expect, it } from "vitest";

import { type Assignment, byUrgency } from "./assignments";

function assignment(id: number, more: Partial<Assignment>): Assignment {
  return {
    id,
    app: "crm",
    form: "quote",
    record: { id, label: "" },
    flow: { key: "f", label: "" },
    node: { key: "n", label: "", type: "approve" },
    run: id,
    starter: null,
    due: null,
    late: false,
    version: 1,
    opened_at: "2026-11-21T00:00:00+00:00",
    summary: [],
    fields: {},
    may: {},
    ...more,
  };
}

it("what is late comes first, then what is due first, then the rest", () => {
  const list = [
    assignment(1, {}),
    assignment(2, { due: "2026-11-25T00:00:00+00:00" }),
    assignment(3, { due: "2026-11-23T00:00:00+00:00" }),
    assignment(4, { due: "2026-11-20T00:00:00+00:00", late: true }),
  ];
  expect(byUrgency(list).map((one) => one.id)).toEqual([4, 3, 2, 1]);
});
