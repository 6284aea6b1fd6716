import { type Area, makeT } from "../i18n";
import { common } from "./common";

const home = {
  title: { "zh-Hans": "应用", en: "Applications" },
  morning: { "zh-Hans": "早上好，{name}", en: "Good morning, {name}" },
  afternoon: { "zh-Hans": "下午好，{name}", en: "Good afternoon, {name}" },
  evening: { "zh-Hans": "晚上好，{name}", en: "Good evening, {name}" },
  newApp: { "zh-Hans": "新建应用", en: "New application" },
  newAppText: {
    "zh-Hans": "从空白、表格或模板开始",
    en: "Blank, from a spreadsheet or from a template",
  },
  appName: { "zh-Hans": "应用名称", en: "Name of the application" },
  appNameHint: { "zh-Hans": "例如：销售管理", en: "For example: Sales" },
  from: { "zh-Hans": "从哪里开始", en: "Start from" },
  blank: { "zh-Hans": "空白应用", en: "Blank" },
  blankText: { "zh-Hans": "自己拖出每一张表单", en: "Drag every form yourself" },
  table: { "zh-Hans": "从表格新建", en: "From a spreadsheet" },
  tableText: {
    "zh-Hans": "选择 Excel 或 CSV 文件，字段和数据自动建好",
    en: "Choose an Excel or CSV file; fields and records are made from it",
  },
  template: { "zh-Hans": "模板：{name}", en: "Template: {name}" },
  templateThere: {
    "zh-Hans": "会另建一个应用，已有的不受影响。",
    en: "Makes another application; the one you have stays as it is.",
  },
  sheet: { "zh-Hans": "从应用包导入", en: "From a package" },
  sheetText: { "zh-Hans": "选择从别处导出的 .zip 文件", en: "Choose a .zip exported elsewhere" },
  packageThere: {
    "zh-Hans": "应用“{label}”已经存在。导入会让它的草稿变成应用包的样子：",
    en: "The application “{label}” is there already. Importing makes its draft equal to the package:",
  },
  packageSame: {
    "zh-Hans": "它的草稿与应用包没有差别。",
    en: "Its draft is the same as the package.",
  },
  packageMore: { "zh-Hans": "另有 {n} 处改动", en: "{n} more changes" },
  added: { "zh-Hans": "新增", en: "Added" },
  changed: { "zh-Hans": "修改", en: "Changed" },
  removed: { "zh-Hans": "删除", en: "Removed" },
  takeOver: { "zh-Hans": "替换草稿", en: "Replace the draft" },
  openDesign: { "zh-Hans": "打开设计", en: "Open the design" },
  chooseFile: { "zh-Hans": "选择文件", en: "Choose a file" },
  create: { "zh-Hans": "创建", en: "Create" },
  open: { "zh-Hans": "打开", en: "Open" },
  design: { "zh-Hans": "设计", en: "Design" },
  designApp: { "zh-Hans": "设计{app}", en: "Design {app}" },
  draft: { "zh-Hans": "草稿，尚未发布", en: "Draft, not published yet" },
  draftChanges: { "zh-Hans": "草稿有 {n} 处改动", en: "Draft has {n} changes" },
  release: { "zh-Hans": "发布 {n}", en: "Release {n}" },
  todo: { "zh-Hans": "我的待办", en: "My to-do" },
  todoNone: { "zh-Hans": "都处理完了", en: "All done" },
  todoAll: { "zh-Hans": "全部待办", en: "All of them" },
  resume: { "zh-Hans": "继续上次：{page}", en: "Continue: {page}" },
  none: { "zh-Hans": "还没有你能打开的应用", en: "There is no application for you yet" },
  noneText: {
    "zh-Hans": "请管理员把你加入应用的角色，或者新建一个应用。",
    en: "Ask an administrator to add you to a role, or create an application.",
  },
  noneTextUser: {
    "zh-Hans": "请管理员把你加入应用的角色。",
    en: "Ask an administrator to add you to a role.",
  },
  late: { "zh-Hans": "已超时", en: "Late" },
  navigation: { "zh-Hans": "导航", en: "Navigation" },
  emptyApp: {
    "zh-Hans": "这个应用还没有可以打开的页面",
    en: "This application has no page to open yet",
  },
  emptyAppText: {
    "zh-Hans": "设计并发布一张表单后，它会出现在这里。",
    en: "Design and publish a form, and it appears here.",
  },
} as const satisfies Area;

export const t = makeT({ home, common });
