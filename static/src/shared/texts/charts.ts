import { type Area, makeT } from "../i18n";

const charts = {
  none: { "zh-Hans": "当前筛选没有数据", en: "No data for these filters" },
  drill: { "zh-Hans": "查看记录", en: "see the records" },
  more: { "zh-Hans": "还有 {n} 组没有单独显示", en: "{n} more groups are not shown on their own" },
} as const satisfies Area;

export const t = makeT({ charts });
