// @vitest-environment jsdom
import { describe, expect, it } from "vitest";

import type { FieldInfo, Value } from "@/shared/types";

import { alignment } from "./align";
import { isEmpty, valueText, WIDGET_NAMES, widgetOf } from "./registry";

function field(widget: string, valueType: string, options: FieldInfo["options"] = {}): FieldInfo {
  return {
    key: "f",
    label: "F",
    type: widget,
    widget,
    value_type: valueType,
    required: false,
    right: "edit",
    options,
  };
}

const OPTIONS = { options: [{ value: "won", label: "赢单", color: "green" }] };

describe("widgets", () => {
  it("are there for every field type of the first release", () => {
    expect(WIDGET_NAMES).toEqual(
      expect.arrayContaining([
        "check",
        "choice",
        "choices",
        "date",
        "department",
        "email",
        "formula",
        "link",
        "long_text",
        "lookup",
        "moment",
        "money",
        "number",
        "person",
        "phone",
        "serial",
        "text",
      ]),
    );
  });

  it("fall back by value type, so that a type known only to the server works", () => {
    expect(widgetOf("rating", "number")).toBe(widgetOf("number"));
    expect(widgetOf("signature", "unheard_of")).toBe(widgetOf("text"));
  });

  it.each<[FieldInfo, Value, string]>([
    [field("money", "number"), "1234.5", "1,234.50"],
    [field("number", "number", { scale: 0, unit: "%" }), "75", "75%"],
    [field("number", "number", { unit: "件" }), "3", "3 件"],
    [field("number", "number"), "1984", "1,984"],
    [field("number", "number", { thousands: false }), "1984", "1984"],
    [field("choice", "text", OPTIONS), "won", "赢单"],
    [field("choice", "text", OPTIONS), "removed_option", "removed_option"],
    [field("choices", "list", OPTIONS), ["won", "x"], "赢单、x"],
    [field("person", "person"), { id: 1, name: "王芳" }, "王芳"],
    [field("link", "link", { form: "customer" }), { id: 5, label: "华东精工" }, "华东精工"],
    [field("check", "boolean"), true, "是"],
    [field("lookup", "text", { shows: "choice", shown: OPTIONS }), "won", "赢单"],
    [field("formula", "number", { returns: "money" }), "9", "9.00"],
    [field("text", "text"), null, ""],
  ])("%# show a value as text", (one, value, text) => {
    expect(valueText(one, value)).toBe(text);
  });

  it("align numbers right, also computed ones", () => {
    expect(alignment(field("formula", "number", { returns: "money" }))).toBe("right");
    expect(alignment(field("lookup", "text", { shows: "text" }))).toBe("left");
  });

  it("know what is empty", () => {
    expect([null, undefined, "", []].every((value) => isEmpty(value))).toBe(true);
    expect([false, 0, "0", { id: 1, name: "" }].some((value) => isEmpty(value as Value))).toBe(
      false,
    );
  });
});
