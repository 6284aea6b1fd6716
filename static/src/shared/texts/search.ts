import { type Area, makeT } from "../i18n";

const search = {
  title: { "zh-Hans": "搜索", en: "Search" },
  hint: { "zh-Hans": "在「{app}」里搜索记录或页面", en: "Search records and pages of {app}" },
  page: { "zh-Hans": "页面", en: "Page" },
  untitled: { "zh-Hans": "（未命名）", en: "(untitled)" },
  none: { "zh-Hans": "没有找到「{text}」", en: "Nothing found for “{text}”" },
} as const satisfies Area;

export const t = makeT({ search });
