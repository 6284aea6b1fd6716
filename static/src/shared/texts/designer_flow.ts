import type { Area } from "../i18n";

export const designerFlow = {} as const satisfies Area;
