import { type Area, makeT } from "../i18n";

const flow = {
  passed: { "zh-Hans": "已完成", en: "Done" },
  current: { "zh-Hans": "进行中", en: "In progress" },
  coming: { "zh-Hans": "未到", en: "To come" },
  blocked: { "zh-Hans": "停住", en: "Blocked" },
  agreed: { "zh-Hans": "同意", en: "agreed" },
  refused: { "zh-Hans": "拒绝", en: "refused" },
  returned: { "zh-Hans": "退回", en: "returned" },
  transferred: { "zh-Hans": "转交", en: "handed over" },
  nobody: { "zh-Hans": "自动", en: "automatic" },
  log: { "zh-Hans": "经过", en: "What happened" },
  steps: { "zh-Hans": "步骤", en: "Steps" },
} as const satisfies Area;

export const t = makeT({ flow });
