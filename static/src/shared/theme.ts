/** Ant Design's tokens from ours, and the choice of light or dark. */
import { theme as antd, type ThemeConfig } from "antd";
import { useSyncExternalStore } from "react";

export type ThemeChoice = "light" | "dark" | "system";

const STORE = "mortise.theme";
const listeners = new Set<() => void>();
const reduced =
  typeof matchMedia !== "undefined" && matchMedia("(prefers-reduced-motion: reduce)").matches;
const dark = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-color-scheme: dark)");

export function themeChoice(): ThemeChoice {
  const stored = typeof localStorage === "undefined" ? null : localStorage.getItem(STORE);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function current(): "light" | "dark" {
  const choice = themeChoice();
  if (choice !== "system") return choice;
  return dark?.matches ? "dark" : "light";
}

function apply(): void {
  document.documentElement.dataset.theme = current();
  listeners.forEach((listener) => listener());
}

export function setThemeChoice(choice: ThemeChoice): void {
  localStorage.setItem(STORE, choice);
  apply();
}

/** Sets the theme before the first paint and follows the system afterwards. */
export function startTheme(): void {
  apply();
  dark?.addEventListener("change", apply);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribe, current);
}

const FONT =
  'system-ui, -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif';

const COMMON = {
  fontFamily: FONT,
  fontSize: 14,
  lineHeight: 22 / 14,
  fontWeightStrong: 600,
  borderRadius: 6,
  borderRadiusLG: 8,
  borderRadiusSM: 4,
  controlHeight: 32,
  controlHeightSM: 24,
  controlHeightLG: 44,
  motion: !reduced,
  motionDurationFast: "0.12s",
  motionDurationMid: "0.16s",
  motionDurationSlow: "0.2s",
  motionEaseOut: "cubic-bezier(.2,0,0,1)",
  wireframe: false,
};

const LIGHT = {
  ...COMMON,
  colorPrimary: "#245BA7",
  colorPrimaryHover: "#1D4F9E",
  colorPrimaryActive: "#173F80",
  colorLink: "#245BA7",
  colorInfo: "#245BA7",
  colorError: "#C2333A",
  colorSuccess: "#17703F",
  colorWarning: "#7A4B00",
  colorText: "#1B1F24",
  colorTextSecondary: "#59616B",
  colorTextTertiary: "#646D79",
  colorTextPlaceholder: "#646D79",
  colorTextDescription: "#59616B",
  colorTextDisabled: "#8A929D",
  colorBorder: "#8A929D",
  colorBorderSecondary: "#E3E6EA",
  colorSplit: "#E3E6EA",
  colorBgLayout: "#F5F6F8",
  colorBgContainer: "#FFFFFF",
  controlItemBgActive: "#EAF1FB",
  controlItemBgHover: "#F0F2F5",
};

const DARK = {
  ...COMMON,
  colorPrimary: "#2F6BBD",
  colorPrimaryHover: "#3B79CD",
  colorPrimaryActive: "#245BA7",
  colorLink: "#7FB0F0",
  colorInfo: "#7FB0F0",
  colorError: "#F08A8A",
  colorSuccess: "#74C695",
  colorWarning: "#E5B866",
  colorText: "#E6E8EB",
  colorTextSecondary: "#A3ABB5",
  colorTextTertiary: "#8C95A1",
  colorTextPlaceholder: "#8C95A1",
  colorTextDescription: "#A3ABB5",
  colorTextDisabled: "#6D7682",
  colorBorder: "#6D7682",
  colorBorderSecondary: "#30363E",
  colorSplit: "#30363E",
  colorBgLayout: "#131619",
  colorBgContainer: "#1B1F24",
  colorBgElevated: "#22272D",
  controlItemBgActive: "#1F3350",
  controlItemBgHover: "#272D34",
};

export function themeConfig(name: "light" | "dark"): ThemeConfig {
  return {
    algorithm: name === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: name === "dark" ? DARK : LIGHT,
    components: {
      Button: {
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        fontWeight: 400,
      },
      Input: { activeShadow: "none" },
      Select: {
        optionSelectedFontWeight: 400,
        optionSelectedBg: name === "dark" ? "#1F3350" : "#EAF1FB",
        optionActiveBg: name === "dark" ? "#272D34" : "#F0F2F5",
      },
      Modal: { titleFontSize: 16 },
    },
  };
}
