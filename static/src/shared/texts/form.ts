import { type Area, makeT } from "../i18n";
import { common } from "./common";

const form = {
  new: { "zh-Hans": "新建{form}", en: "{form}: new record" },
  save: { "zh-Hans": "保存", en: "Save" },
  saveAndNew: { "zh-Hans": "保存并新建", en: "Save and new" },
  created: { "zh-Hans": "已创建「{name}」", en: "“{name}” created" },
  createdUnseen: {
    "zh-Hans": "已提交。你没有查看它的权限，后续由负责的同事处理。",
    en: "Handed in. You may not open it; your colleagues take it from here.",
  },
  createdPlain: { "zh-Hans": "已创建", en: "Created" },
  view: { "zh-Hans": "查看", en: "View" },
  toFix: { "zh-Hans": "还有 {n} 处需要填写或修改", en: "{n} places need attention" },
  required: { "zh-Hans": "请填写{field}", en: "{field} is required" },
  draftKept: { "zh-Hans": "上次没有保存的内容已恢复", en: "What you had not saved is back" },
  discard: { "zh-Hans": "清空重填", en: "Start over" },
  computed: { "zh-Hans": "自动计算", en: "Computed" },
  afterSave: { "zh-Hans": "保存后生成", en: "Given on saving" },
  notAllowed: { "zh-Hans": "你没有权限新建{form}", en: "You may not create records in {form}" },
  conflictTitle: { "zh-Hans": "这条记录刚被修改过", en: "This record has just been changed" },
  conflictText: {
    "zh-Hans": "{person} 在你编辑期间保存了修改。要用哪一个值？",
    en: "{person} saved changes while you were editing. Which value should stay?",
  },
  somebody: { "zh-Hans": "其他人", en: "Somebody" },
  field: { "zh-Hans": "字段", en: "Field" },
  yours: { "zh-Hans": "你的", en: "Yours" },
  theirs: { "zh-Hans": "现在的", en: "Current" },
  keepYours: { "zh-Hans": "用我的覆盖", en: "Overwrite with mine" },
  keepTheirs: { "zh-Hans": "保留现在的", en: "Keep the current" },
  noFields: {
    "zh-Hans": "这张表单没有你能填写的字段",
    en: "This form has no fields that you may fill in",
  },
} as const satisfies Area;

export const t = makeT({ form, common });
