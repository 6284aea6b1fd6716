/** The product's own outlined icons, drawn on a 16 px grid. */
import type { CSSProperties } from "react";

const PATHS = {
  add: "M8 3v10M3 8h10",
  subtract: "M3 8h10",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  check: "M3 8.5l3.2 3.2L13 4.8",
  "chevron-down": "M4 6l4 4 4-4",
  "chevron-up": "M4 10l4-4 4 4",
  "chevron-left": "M10 4L6 8l4 4",
  "chevron-right": "M6 4l4 4-4 4",
  "arrow-left": "M13 8H3M7 4L3 8l4 4",
  "arrow-right": "M3 8h10M9 4l4 4-4 4",
  "arrow-up": "M8 13V3M4 7l4-4 4 4",
  "arrow-down": "M8 3v10M4 9l4 4 4-4",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3L14 14",
  filter: "M2 3.5h12L9.5 8.8V13l-3-1.5V8.8z",
  sort: "M5 3v10M2.5 10.5L5 13l2.5-2.5M11 13V3M8.5 5.5L11 3l2.5 2.5",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.9 3v10",
  more: "M3.2 8h.1M8 8h.1M12.8 8h.1",
  "more-vertical": "M8 3.2v.1M8 8v.1M8 12.8v.1",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
  "side-bar": "M2.5 3h11v10h-11zM6.5 3v10",
  home: "M2.5 7.2L8 2.8l5.5 4.4V13h-4V9.5h-3V13h-4z",
  inbox: "M2.5 9L4.2 3h7.6l1.7 6v4h-11zM2.5 9h3.2l1 1.6h2.6l1-1.6h3.2",
  bell: "M8 2.2c-2.4 0-3.8 1.8-3.8 4v2.6L3 11h10l-1.2-2.2V6.2c0-2.2-1.4-4-3.8-4zM6.5 13h3",
  user: "M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.8 13.5c.3-2.6 2.3-3.8 5.2-3.8s4.9 1.2 5.2 3.8",
  team: "M6 3a2.3 2.3 0 1 1 0 4.6A2.3 2.3 0 0 1 6 3zM1.8 13c.2-2.3 1.8-3.4 4.2-3.4s4 1.1 4.2 3.4M10.4 3.2a2.2 2.2 0 0 1 0 4.2M12 9.9c1.3.4 2.1 1.4 2.2 3.1",
  department: "M6 2.5h4v3H6zM2 10.5h4v3H2zM10 10.5h4v3h-4zM8 5.5V8M4 10.5V8h8v2.5",
  key: "M8 8A2.75 2.75 0 1 1 2.5 8 2.75 2.75 0 0 1 8 8zM8 8h6v2.75M11.25 8v2",
  lock: "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  shield: "M8 2l5 1.8v4c0 3-2 5.2-5 6.2-3-1-5-3.2-5-6.2v-4z",
  settings:
    "M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM8 1.8v1.7M8 12.5v1.7M1.8 8h1.7M12.5 8h1.7M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M3.6 12.4l1.2-1.2M11.2 4.8l1.2-1.2",
  status: "M2 8.5h2.5l2-5 3 9 2-4H14",
  logout: "M6.5 3H3v10h3.5M7 8h7M11 5l3 3-3 3",
  sun: "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
  moon: "M13.3 9.6A5.8 5.8 0 0 1 6.4 2.7a5.8 5.8 0 1 0 6.9 6.9z",
  language:
    "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM2 8h12M8 2c2 2 2.6 4 2.6 6S10 12 8 14C6 12 5.4 10 5.4 8S6 4 8 2z",
  edit: "M2.8 13.2l.6-3L10.7 2.9l2.4 2.4-7.3 7.3zM9.2 4.4l2.4 2.4",
  trash: "M3 4.5h10M6 4.5V2.8h4v1.7M4.2 4.5l.6 9h6.4l.6-9M6.7 7v4M9.3 7v4",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  paste: "M4.5 3.5H3v10h10v-10h-1.5M5.5 2.5h5v2.2h-5z",
  download: "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.8 13.2h10.4",
  upload: "M8 10.5V3M4.8 6L8 2.8 11.2 6M2.8 13.2h10.4",
  import: "M13 7V2.8H3v10.4h4M14 10.8H8M10.3 8.5L8 10.8l2.3 2.3",
  export: "M13 7V2.8H3v10.4h4M8 10.8h6M11.7 8.5l2.3 2.3-2.3 2.3",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6L13 5.9M13 2.5v3.4H9.6",
  undo: "M3 6.5h6.5a3.7 3.7 0 0 1 0 7.4H6M6 3.5l-3 3 3 3",
  redo: "M13 6.5H6.5a3.7 3.7 0 0 0 0 7.4H10M10 3.5l3 3-3 3",
  eye: "M1.8 8C3.2 5.2 5.4 3.8 8 3.8S12.8 5.2 14.2 8C12.8 10.8 10.6 12.2 8 12.2S3.2 10.8 1.8 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z",
  "eye-off":
    "M2.5 2.5l11 11M6.3 4.1A6.4 6.4 0 0 1 8 3.8c2.6 0 4.8 1.4 6.2 4.2-.5 1-1.1 1.8-1.8 2.5M4.1 5.3C3.2 6 2.4 6.9 1.8 8c1.4 2.8 3.6 4.2 6.2 4.2 1 0 1.9-.2 2.7-.6",
  link: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.8-.8",
  external: "M6.5 3H3v10h10V9.5M9 2.8h4.2V7M13 3L7.5 8.5",
  pin: "M5 2.5h6l-.8 4 2 2.5H3.8l2-2.5zM8 9v5",
  drag: "M6 3.5v.1M10 3.5v.1M6 8v.1M10 8v.1M6 12.5v.1M10 12.5v.1",
  expand: "M9.5 2.8h3.7v3.7M6.5 13.2H2.8V9.5M13 3L9 7M3 13l4-4",
  collapse: "M13.2 6.5H9.5V2.8M2.8 9.5h3.7v3.7M9.7 6.3l3.5-3.5M6.3 9.7l-3.5 3.5",
  info: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 7.3V11M8 5v.1",
  warning: "M8 2.5l6.2 11H1.8zM8 6.5v3.3M8 11.6v.1",
  error: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.8v4M8 11v.1",
  success: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM5.3 8.2l2 2 3.5-4",
  help: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM6.2 6.3A1.8 1.8 0 1 1 8 8.1v1M8 11.2v.1",
  clock: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.8V8l2.3 1.5",
  calendar: "M2.5 3.8h11v9.7h-11zM2.5 7h11M5.5 2.3v2.5M10.5 2.3v2.5",
  history: "M3 8a5 5 0 1 1 1.5 3.6M3 13v-2.5h2.5M8 5v3.2l2 1.2",
  comment: "M2.5 3.2h11v8H8L5 13.7v-2.5H2.5z",
  attachment:
    "M12.5 7.5l-5 5a2.9 2.9 0 0 1-4-4L9 3a2 2 0 0 1 2.8 2.8l-5.3 5.3a1 1 0 0 1-1.4-1.4l4.8-4.8",
  mail: "M2 3.5h12v9H2zM2 4l6 5 6-5",
  phone:
    "M3.5 2.5h2.6l1 3-1.5 1.2a8 8 0 0 0 3.7 3.7l1.2-1.5 3 1v2.6c0 .6-.4 1-1 1C7 13.3 2.7 9 2.5 3.5c0-.6.4-1 1-1z",
  mobile: "M4.5 1.8h7v12.4h-7zM7.3 12h1.4",
  desktop: "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
  location:
    "M8 14s4.5-4 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 10 8 14 8 14zM8 5a1.6 1.6 0 1 1 0 3.2A1.6 1.6 0 0 1 8 5z",
  form: "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
  flow: "M2.5 2.5h4v3.5h-4zM9.5 10h4v3.5h-4zM4.5 6v2.5a3 3 0 0 0 3 3h2M9.5 4.3h4",
  rule: "M8.8 1.8L3.5 9h4l-.6 5.2L12.5 7H8.3z",
  report: "M2.5 2.5v11h11M5.5 11V8M8.5 11V4.5M11.5 11V6.5",
  dashboard: "M2.5 2.5h5v6h-5zM9.5 2.5h4v3.5h-4zM9.5 8h4v5.5h-4zM2.5 10.5h5v3h-5z",
  role: "M8 2l5 1.8v4c0 3-2 5.2-5 6.2-3-1-5-3.2-5-6.2v-4zM6 8l1.5 1.5L10.3 6.5",
  release:
    "M8 2c2.5 1.5 3.3 3.8 3 7H5c-.3-3.2.5-5.5 3-7zM5 7.5L3 9.5V12l2.3-1M11 7.5l2 2V12l-2.3-1M8 5.5v.1M7 11.5V14M9 11.5V14",
  overview: "M2.5 3h3v3h-3zM2.5 10h3v3h-3zM8 4.5h5.5M8 11.5h5.5",
  kanban: "M2.5 2.5h3v11h-3zM6.7 2.5h3v7h-3zM10.9 2.5h2.6v9h-2.6z",
  table: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 3v10",
  list: "M5.5 4H14M5.5 8H14M5.5 12H14M2.5 4h.1M2.5 8h.1M2.5 12h.1",
  tile: "M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z",
  text: "M3 4V2.8h10V4M8 2.8v10.4M6 13.2h4",
  "long-text": "M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h6",
  number: "M6.2 2.5l-1.4 11M11.2 2.5l-1.4 11M2.8 6h11M2.3 10h11",
  money: "M4 2.8l4 5 4-5M8 7.8v5.7M4.8 8.3h6.4M4.8 10.8h6.4",
  choice: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  choices: "M2.5 2.5h4.5v4.5H2.5zM2.5 9.5H7V14H2.5zM3.7 4.7l.9.9 1.4-1.7M9.5 4.8H14M9.5 11.8H14",
  check_box: "M2.5 2.5h11v11h-11zM5 8.2l2 2 4-4.4",
  serial: "M3 4.5l1.5-1v4M3 13h2.5l-2.5 0c0-1.5 2.3-1.5 2.3-3 0-1-2.3-1-2.3.3M8.5 5H14M8.5 11.5H14",
  formula:
    "M11.5 3H9.8C8.5 3 8 4 7.8 5.2L6.5 12c-.2 1.2-.8 1.5-2 1.5M5 7h4.5M10 9l3.5 4M13.5 9L10 13",
  lookup: "M2.5 3h6v4h-6zM8.5 5h3.3v4.5M9.5 8l2.3 2.3L14.1 8M2.5 10.5h5M2.5 13h5",
  lines: "M2.5 2.8h11v3.4h-11zM4.5 9h9M4.5 11.2h9M4.5 13.4h9M2.5 9h.1M2.5 11.2h.1",
  funnel: "M2 3h12l-1.8 3H3.8zM4.6 7.5h6.8l-1.4 3h-4zM6.6 12h2.8v2H6.6z",
  "chart-line": "M2.5 2.5v11h11M4.5 10.5l3-3.5 2.5 2 3.5-4.5",
  "chart-pie": "M8 2.5V8h5.5A5.5 5.5 0 1 1 8 2.5zM10 2a5 5 0 0 1 4 4h-4z",
  play: "M4.5 2.8l8 5.2-8 5.2z",
  pause: "M5 3v10M11 3v10",
  stop: "M3.5 3.5h9v9h-9z",
  save: "M2.8 2.8h8.4l2 2v8.4H2.8zM5 2.8v3.5h5V2.8M5 13.2V9.5h6v3.7",
  sparkle: "M8 2l1.4 4.6L14 8l-4.6 1.4L8 14l-1.4-4.6L2 8l4.6-1.4z",
  tag: "M2.5 2.5h5.3l5.7 5.7-5.3 5.3-5.7-5.7zM5.3 5.3v.1",
  star: "M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z",
  box: "M2.5 5L8 2.2 13.5 5v6L8 13.8 2.5 11zM2.5 5L8 7.8 13.5 5M8 7.8v6",
  cart: "M1.8 2.8h1.9l1.6 7.4h6.9l1.3-5.2H4.2M6.3 13v.1M11.3 13v.1",
  file: "M3.5 2h6l3 3v9h-9zM9.5 2v3h3",
  message: "M2.5 3.2h11v8H8L5 13.7v-2.5H2.5zM5 6h6M5 8.5h4",
  contract: "M3.5 2h6l3 3v9h-9zM9.5 2v3h3M5.5 8h5M5.5 10.5h3",
  ticket: "M2 4h12v2.7a1.3 1.3 0 0 0 0 2.6V12H2V9.3a1.3 1.3 0 0 0 0-2.6zM9.5 4v8",
  target: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 8v.1",
  building: "M3 14V2.5h7V14M10 6h3.5v8M1.8 14h12.4M5.5 5h2M5.5 7.8h2M5.5 10.6h2",
  globe:
    "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM2 8h12M8 2c2 2 2.6 4 2.6 6S10 12 8 14C6 12 5.4 10 5.4 8S6 4 8 2z",
  person_switch:
    "M6 3a2.3 2.3 0 1 1 0 4.6A2.3 2.3 0 0 1 6 3zM1.8 13c.2-2.3 1.8-3.4 4.2-3.4M9 9.5h5M12.2 7.7L14 9.5M14 12.5H9M10.8 14.3L9 12.5",
  keyboard: "M1.8 4h12.4v8.2H1.8zM4.2 6.7h.1M6.7 6.7h.1M9.2 6.7h.1M11.7 6.7h.1M5 9.7h6",
  hand: "M4.5 8.5V4.2a1 1 0 0 1 2 0v3.3V3a1 1 0 0 1 2 0v4.5V3.7a1 1 0 0 1 2 0V8V5.5a1 1 0 0 1 2 0V10c0 2.5-1.5 4-4 4-2.2 0-3.2-1-4.2-2.8L3 8.6c.4-.7 1.1-.5 1.5-.1z",
} as const;

export type IconName = keyof typeof PATHS;

export const ICON_NAMES = Object.keys(PATHS) as IconName[];

export function isIcon(name: string | null | undefined): name is IconName {
  return !!name && name in PATHS;
}

interface Props {
  name: IconName | (string & {});
  size?: 16 | 20 | 24 | 32 | number;
  /** Give a label only when no text stands beside the icon. */
  label?: string;
  className?: string;
  style?: CSSProperties;
}

export function Icon({ name, size = 16, label, className, style }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={size >= 20 ? 1.2 : 1.35}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      style={{ flex: "none", display: "block", ...style }}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <path d={isIcon(name) ? PATHS[name] : PATHS.form} />
    </svg>
  );
}
