import { type Area, makeT } from "../i18n";
import { common } from "./common";

const table = {
  title: { "zh-Hans": "从表格新建应用", en: "New from a spreadsheet" },
  found: {
    "zh-Hans": "{file}：{rows} 行，{columns} 列",
    en: "{file}: {rows} [rows:row|rows], {columns} [columns:column|columns]",
  },
  lead: {
    "zh-Hans": "每一列会成为一个字段。名称和类型都可以先改好，以后也能在设计里调整。",
    en: "Each column becomes a field. Change names and types now, or later in the design.",
  },
  another: { "zh-Hans": "换一个文件", en: "Another file" },
  application: { "zh-Hans": "应用名称", en: "Name of the application" },
  form: { "zh-Hans": "表单名称", en: "Name of the form" },
  sheet: { "zh-Hans": "工作表", en: "Sheet" },
  firstSheet: { "zh-Hans": "回到第一张工作表", en: "Back to the first sheet" },
  includeAll: { "zh-Hans": "导入所有列", en: "Import all columns" },
  includeColumn: { "zh-Hans": "导入列“{column}”", en: "Import the column “{column}”" },
  column: { "zh-Hans": "表格中的列", en: "Column of the spreadsheet" },
  name: { "zh-Hans": "字段名称", en: "Name of the field" },
  nameOf: { "zh-Hans": "“{column}”的字段名称", en: "Name of the field for “{column}”" },
  type: { "zh-Hans": "类型", en: "Type" },
  typeOf: { "zh-Hans": "“{column}”的类型", en: "Type of “{column}”" },
  samples: { "zh-Hans": "示例", en: "Samples" },
  empty: { "zh-Hans": "这一列是空的", en: "This column is empty" },
  options: { "zh-Hans": "{n} 个选项：{options}", en: "{n} [n:option|options]: {options}" },
  unit: { "zh-Hans": "单位 {unit}", en: "Unit {unit}" },
  blank: { "zh-Hans": "{cells} 按空白导入", en: "{cells} will be left empty" },
  misfits: {
    "zh-Hans": "{n} 个单元格不符合，例如 {cells}；这些行会写进错误文件",
    en: "{n} [n:cell does|cells do] not fit, for example {cells}; their rows go to the error file",
  },
  rows: {
    "zh-Hans": "第 {row} 行起有 {n} 行不会导入：{reason}",
    en: "{n} [n:row|rows] from line {row} on will not be imported: {reason}",
  },
  chosen: {
    "zh-Hans": "将新建 1 个应用、1 张表单、{n} 个字段，导入 {rows} 行",
    en: "Creates 1 application, 1 form and {n} [n:field|fields], and imports {rows} [rows:row|rows]",
  },
  none: { "zh-Hans": "至少选择一列", en: "Choose at least one column" },
  unnamed: { "zh-Hans": "请填写名称", en: "Enter a name" },
  create: { "zh-Hans": "创建", en: "Create" },
  making: { "zh-Hans": "正在建立应用", en: "Building the application" },
  importing: { "zh-Hans": "正在导入", en: "Importing" },
  leave: {
    "zh-Hans": "可以离开这个页面，应用会继续建立。",
    en: "You can leave this page; the application will be built all the same.",
  },
  stop: { "zh-Hans": "停止", en: "Stop" },
  stopped: {
    "zh-Hans": "已停止。应用还是一份没有发布的草稿",
    en: "Stopped. The application is a draft that is not published",
  },
  failed: {
    "zh-Hans": "没有完成。应用还是一份没有发布的草稿",
    en: "Not finished. The application is a draft that is not published",
  },
  openDesign: { "zh-Hans": "打开设计", en: "Open the design" },
} as const satisfies Area;

export const t = makeT({ table, common });
