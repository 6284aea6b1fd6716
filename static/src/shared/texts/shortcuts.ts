import { type Area, makeT } from "../i18n";
import { shell } from "./shell";

const shortcuts = {
  search: { "zh-Hans": "搜索记录", en: "Search records" },
  find: { "zh-Hans": "在列表中查找", en: "Find in the list" },
  new: { "zh-Hans": "新建记录", en: "New record" },
  down: { "zh-Hans": "下一行", en: "Next row" },
  up: { "zh-Hans": "上一行", en: "Previous row" },
  edit: { "zh-Hans": "编辑", en: "Edit" },
  save: { "zh-Hans": "保存或提交", en: "Save or submit" },
  close: { "zh-Hans": "关闭", en: "Close" },
  help: { "zh-Hans": "显示快捷键", en: "Show shortcuts" },
  off: {
    "zh-Hans": "单字母快捷键可以在个人设置里关闭。",
    en: "Single letters can be switched off in my settings.",
  },
} as const satisfies Area;

export const t = makeT({ shortcuts, shell });
