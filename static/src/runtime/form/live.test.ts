// @vitest-environment jsdom
import { describe, expect, it } from "vitest";

import type { FieldInfo, FormInfo, Tree } from "@/shared/types";

import { behaviour, computed, defaults, failures, linkPaths } from "./live";

function field(key: string, more: Partial<FieldInfo> = {}): FieldInfo {
  return {
    key,
    label: key,
    type: "text",
    widget: "text",
    value_type: "text",
    required: false,
    right: "edit",
    options: {},
    ...more,
  };
}

const text = (value: string): Tree => ({ value, type: "text" });
const name = (key: string, type: string): Tree => ({ name: [key], type });
const call = (key: string, type: string, ...args: Tree[]): Tree => ({ call: key, args, type });

const FORM: FormInfo = {
  app: "crm",
  key: "opportunity",
  label: "商机",
  title: "{{name}}",
  release: 1,
  fields: [
    field("stage", { default: text("discovery") }),
    field("lost_reason"),
    field("owner", { value_type: "person", widget: "person", default: call("USER", "person") }),
    field("quantity", { value_type: "number" }),
    field("price", { value_type: "number" }),
    field("subtotal", {
      value_type: "number",
      computed: true,
      formula: call("*", "number", name("quantity", "number"), name("price", "number")),
    }),
    field("total", {
      value_type: "number",
      computed: true,
      formula: call("+", "number", name("subtotal", "number"), { value: "1", type: "number" }),
    }),
    field("industry", { computed: true, options: { link: "customer", field: "industry" } }),
  ],
  behaviour: [
    {
      when: call("=", "boolean", name("stage", "text"), text("lost")),
      show: ["lost_reason"],
      require: ["lost_reason"],
    },
  ],
  checks: [
    {
      that: call(">", "boolean", name("price", "number"), { value: "0", type: "number" }),
      message: "单价须大于 0",
      at: "price",
    },
  ],
  views: {},
  rights: { create: true, edit: true, delete: true, export: true, import: true },
};
const PERSON = { id: 7, name: "王芳", username: "wangfang", system_roles: [] };
const AROUND = { person: PERSON, links: { "customer.industry": "software" } };

describe("while a form is filled in", () => {
  it("defaults stand ready, and what is given stays", () => {
    expect(defaults(FORM, {}, AROUND)).toMatchObject({
      stage: "discovery",
      owner: { id: 7, name: "王芳" },
    });
    expect(defaults(FORM, { stage: "won" }, AROUND).stage).toBe("won");
  });

  it("formulas over formulas settle, in exact decimals", () => {
    expect(computed(FORM, { quantity: "3", price: "0.1" }, AROUND)).toMatchObject({
      subtotal: "0.3",
      total: "1.3",
    });
  });

  it("empty propagates", () => {
    expect(computed(FORM, { quantity: "3" }, AROUND).total ?? null).toBeNull();
  });

  it("lookups show the chosen record's field", () => {
    expect(computed(FORM, {}, AROUND).industry).toBe("software");
    expect(linkPaths(FORM)).toEqual([["customer", "industry"]]);
  });

  it("a field that a rule shows is hidden until the rule is met, then required", () => {
    const before = behaviour(FORM, { stage: "discovery" }, AROUND);
    expect(before.hidden.has("lost_reason")).toBe(true);
    const after = behaviour(FORM, { stage: "lost" }, AROUND);
    expect(after.hidden.has("lost_reason")).toBe(false);
    expect(after.required.has("lost_reason")).toBe(true);
  });

  it("a check fails only on false, not on empty", () => {
    expect(failures(FORM, { price: "-1" }, AROUND)).toEqual([
      { at: "price", message: "单价须大于 0" },
    ]);
    expect(failures(FORM, {}, AROUND)).toEqual([]);
  });
});
