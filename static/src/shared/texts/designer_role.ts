import type { Area } from "../i18n";

export const designerRole = {} as const satisfies Area;
