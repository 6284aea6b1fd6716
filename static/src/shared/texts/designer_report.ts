import type { Area } from "../i18n";

export const designerReport = {} as const satisfies Area;
