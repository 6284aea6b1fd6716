import { expect, it } from "vitest";

import { initialChoices, type Inspected, requestBody, type Target } from "./target";

const TARGET: Target = {
  title: "",
  path: "",
  fields: [
    { key: "name", label: "名称", required: true },
    { key: "product", label: "产品", required: false },
  ],
  app: "crm",
  people: false,
  back: "",
  done: () => undefined,
};

const INSPECTED: Inspected = {
  file: "f",
  encoding: "gb18030",
  separator: ",",
  total: 3,
  headers: [
    { header: "Name", samples: [], guess: "name", values: [] },
    { header: "Title", samples: [], guess: "name", values: [] },
    { header: "Other", samples: [], guess: "not_a_field", values: [] },
  ],
};

it("a field takes the first column that was guessed for it, unknown ones none", () => {
  expect(initialChoices(INSPECTED, TARGET).columns).toEqual({ Name: "name" });
});

it("the request leaves out what belongs to unmapped fields", () => {
  const choices = {
    ...initialChoices(INSPECTED, TARGET),
    match: { product: "code" },
    values: { product: { GTXPro: "GTX Pro" }, name: { x: null } },
    key: "name",
  };
  expect(requestBody("f", choices, TARGET, true)).toEqual({
    file: "f",
    columns: { Name: "name" },
    match: {},
    values: { name: { x: null } },
    mode: "create",
    run_rules: false,
    create_people: false,
    dry_run: true,
  });
  expect(requestBody("f", { ...choices, mode: "upsert" }, TARGET, false)).toMatchObject({
    mode: "upsert",
    key: "name",
  });
});

it("people are updated where they are known, unless something else is chosen", () => {
  const target = { ...TARGET, people: true };
  const choices = initialChoices(INSPECTED, target);
  expect(requestBody("f", choices, target, false)).toMatchObject({ mode: "upsert" });
});
