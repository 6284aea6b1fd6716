import { describe, expect, it } from "vitest";

import { fill, makeT } from "./i18n";

const FILES = import.meta.glob<string>("./texts/*.ts", {
  eager: true,
  query: "?raw",
  import: "default",
});

describe("every text", () => {
  it.each(Object.entries(FILES))(
    "in %s stands in both languages with the same parameters",
    (_, source) => {
      const entries = [...source.matchAll(/"zh-Hans":\s*"([^"]*)",\s*en:\s*"([^"]*)"/g)];
      for (const [, zh = "", en = ""] of entries) {
        expect(zh.trim(), en).not.toBe("");
        expect(en.trim(), zh).not.toBe("");
        expect(en, zh).not.toMatch(/[一-鿿]/);
        const names = (text: string) =>
          new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]));
        for (const name of names(en)) expect([...names(zh)], `${zh} / ${en}`).toContain(name);
      }
    },
  );

  it("is free of emoji", () => {
    for (const source of Object.values(FILES))
      expect(source).not.toMatch(/\p{Extended_Pictographic}/u);
  });
});

describe("t", () => {
  const t = makeT({
    list: {
      empty: { "zh-Hans": "还没有{form}", en: "No {form} yet" },
      plain: { "zh-Hans": "好", en: "OK" },
    },
  });

  it("fills in parameters", () => {
    expect(t("list.empty", { form: "商机" })).toBe("还没有商机");
    expect(t("list.plain")).toBe("好");
  });

  it("counts as English does", () => {
    expect(fill("{n} [n:field|fields]", { n: 1 })).toBe("1 field");
    expect(fill("{n} [n:field|fields]", { n: 12 })).toBe("12 fields");
  });

  it("keeps Chinese and Latin letters apart where a parameter meets them", () => {
    expect(fill("已启用{name}", { name: "Dustin Brinkmann" })).toBe("已启用 Dustin Brinkmann");
    expect(fill("{form}的{field}前 {time}", { form: "Deal", field: "日期", time: "2 天" })).toBe(
      "Deal 的日期前 2 天",
    );
    expect(fill("「{name}」已删除", { name: "A1" })).toBe("「A1」已删除");
    expect(fill("{name} activated", { name: "王芳" })).toBe("王芳 activated");
  });

  it("refuses missing keys and parameters when types are checked", () => {
    // @ts-expect-error there is no such text
    t("list.missing");
    // @ts-expect-error the parameter is missing
    t("list.empty");
  });

  it("leaves unknown parameters standing rather than showing nothing", () => {
    expect(fill("{a} {b}", { a: 1 })).toBe("1 {b}");
  });
});
