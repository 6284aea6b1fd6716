import { type Area, makeT } from "../i18n";
import { common } from "./common";
import { shell } from "./shell";

const tokens = {
  title: { "zh-Hans": "令牌", en: "Tokens" },
  text: {
    "zh-Hans": "令牌让其他系统以你的权限调用接口。",
    en: "A token lets another system call the API with your rights.",
  },
  new: { "zh-Hans": "新建令牌", en: "New token" },
  name: { "zh-Hans": "用途", en: "What for" },
  nameHint: { "zh-Hans": "例如：官网线索同步", en: "For example: leads from the web site" },
  expires: { "zh-Hans": "有效期至", en: "Valid until" },
  never: { "zh-Hans": "长期", en: "No end" },
  created: { "zh-Hans": "创建时间", en: "Created" },
  used: { "zh-Hans": "最近使用", en: "Last used" },
  unused: { "zh-Hans": "还没有使用", en: "Never" },
  prefix: { "zh-Hans": "开头", en: "Begins with" },
  revoke: { "zh-Hans": "撤销", en: "Revoke" },
  revokeName: { "zh-Hans": "撤销「{name}」", en: "Revoke “{name}”" },
  revokeText: {
    "zh-Hans": "使用「{name}」的系统会立即失去访问。",
    en: "Systems that use “{name}” lose access at once.",
  },
  revoked: { "zh-Hans": "已撤销「{name}」", en: "“{name}” revoked" },
  once: {
    "zh-Hans": "令牌只显示这一次，请现在复制保存。",
    en: "The token is shown only this once. Copy it now.",
  },
  copy: { "zh-Hans": "复制令牌", en: "Copy the token" },
  empty: { "zh-Hans": "还没有令牌", en: "No tokens yet" },
} as const satisfies Area;

const status = {
  title: { "zh-Hans": "运行状态", en: "Status" },
  good: { "zh-Hans": "全部正常", en: "Everything is running" },
  bad: { "zh-Hans": "有服务不正常", en: "Something is not running" },
  ok: { "zh-Hans": "正常", en: "Running" },
  notOk: { "zh-Hans": "不正常", en: "Not running" },
  database: { "zh-Hans": "数据库", en: "Database" },
  broker: { "zh-Hans": "消息队列", en: "Message broker" },
  worker: { "zh-Hans": "后台作业", en: "Worker" },
  clock: { "zh-Hans": "定时器", en: "Clock" },
  databaseText: { "zh-Hans": "保存全部数据", en: "Keeps all data" },
  brokerText: {
    "zh-Hans": "唤醒后台作业；停止时作业会晚一些运行，不会丢失",
    en: "Wakes the worker; while it is away work is late, never lost",
  },
  workerText: {
    "zh-Hans": "运行规则、流程、导入和通知",
    en: "Runs rules, flows, imports and notifications",
  },
  clockText: { "zh-Hans": "到点触发提醒和定时规则", en: "Fires reminders and scheduled rules" },
  checked: { "zh-Hans": "{time} 检查", en: "Checked at {time}" },
} as const satisfies Area;

const me = {
  title: { "zh-Hans": "个人设置", en: "My settings" },
  profile: { "zh-Hans": "资料", en: "Profile" },
  name: { "zh-Hans": "姓名", en: "Name" },
  username: { "zh-Hans": "用户名", en: "Username" },
  email: { "zh-Hans": "邮箱", en: "E-mail" },
  department: { "zh-Hans": "部门", en: "Department" },
  superior: { "zh-Hans": "上级", en: "Superior" },
  preferences: { "zh-Hans": "偏好", en: "Preferences" },
  language: { "zh-Hans": "语言", en: "Language" },
  letters: { "zh-Hans": "单字母快捷键", en: "Single-letter shortcuts" },
  lettersText: {
    "zh-Hans": "按 N 新建、J/K 上下移动、E 编辑",
    en: "N for new, J/K to move, E to edit",
  },
  password: { "zh-Hans": "修改密码", en: "Change password" },
  old: { "zh-Hans": "现在的密码", en: "Current password" },
  new: { "zh-Hans": "新密码", en: "New password" },
  again: { "zh-Hans": "再输入一次新密码", en: "New password again" },
  differs: { "zh-Hans": "两次输入不一致", en: "The two do not match" },
  change: { "zh-Hans": "修改密码", en: "Change password" },
  changed: { "zh-Hans": "密码已修改", en: "Password changed" },
  mustChange: {
    "zh-Hans": "你在使用临时密码，请设置自己的密码。",
    en: "You are using a temporary password. Please set your own.",
  },
} as const satisfies Area;

export const t = makeT({ tokens, status, me, common, shell });
