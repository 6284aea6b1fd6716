import { type Area, makeT } from "../i18n";
import { common } from "./common";

const dashboard = {
  filters: { "zh-Hans": "筛选", en: "Filters" },
  anyTime: { "zh-Hans": "全部时间", en: "Any time" },
  any: { "zh-Hans": "全部", en: "All" },
  custom: { "zh-Hans": "自定义", en: "Custom" },
  clear: { "zh-Hans": "清除筛选", en: "Clear filters" },
  refresh: { "zh-Hans": "刷新", en: "Refresh" },
  asTable: { "zh-Hans": "查看数据", en: "Show the data" },
  asChart: { "zh-Hans": "查看图表", en: "Show the chart" },
  total: { "zh-Hans": "{n} 条", en: "{n} records" },
  mine: { "zh-Hans": "你可见的", en: "that you may see" },
  records: { "zh-Hans": "{report}的记录", en: "Records of {report}" },
  empty: { "zh-Hans": "这个看板还没有图表", en: "This dashboard has no charts yet" },
  none: { "zh-Hans": "当前筛选没有数据", en: "No data for these filters" },
  noRecords: { "zh-Hans": "没有记录", en: "No records" },
  design: { "zh-Hans": "设计", en: "Design" },
  updated: { "zh-Hans": "更新于 {time}", en: "Updated {time}" },
  untitled: { "zh-Hans": "（未命名）", en: "(untitled)" },
} as const satisfies Area;

/** The names of periods are those of list filters. */
const period = {
  today: { "zh-Hans": "今天", en: "Today" },
  yesterday: { "zh-Hans": "昨天", en: "Yesterday" },
  this_week: { "zh-Hans": "本周", en: "This week" },
  last_7: { "zh-Hans": "最近 7 天", en: "Last 7 days" },
  last_30: { "zh-Hans": "最近 30 天", en: "Last 30 days" },
  next_7: { "zh-Hans": "未来 7 天", en: "Next 7 days" },
  this_month: { "zh-Hans": "本月", en: "This month" },
  last_month: { "zh-Hans": "上月", en: "Last month" },
  this_quarter: { "zh-Hans": "本季度", en: "This quarter" },
  this_year: { "zh-Hans": "今年", en: "This year" },
  past: { "zh-Hans": "今天以前", en: "Before today" },
  future: { "zh-Hans": "今天及以后", en: "Today or later" },
} as const satisfies Area;

export const t = makeT({ dashboard, period, common });
