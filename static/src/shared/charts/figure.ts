/** A figure of the server made ready for the browser: known layout keys only, our theme. */
import { language } from "../i18n";

export interface Figure {
  data?: Record<string, unknown>[];
  layout?: Record<string, unknown>;
}

/** What a figure may say about its layout; anything else (such as images, which can call out) is dropped. */
const LAYOUT = new Set([
  "barmode",
  "bargap",
  "bargroupgap",
  "showlegend",
  "legend",
  "hovermode",
  "funnelmode",
  "funnelgap",
]);
const AXIS = new Set([
  "title",
  "type",
  "categoryorder",
  "categoryarray",
  "automargin",
  "autorange",
  "range",
  "rangemode",
  "tickmode",
  "tickvals",
  "ticktext",
  "tickformat",
  "ticksuffix",
  "tickprefix",
  "dtick",
  "tick0",
  "overlaying",
  "side",
  "showgrid",
  "zeroline",
  "visible",
]);
/** The traces in `plotly.ts`; numbers and tables are drawn without plotly. */
const TRACES = new Set(["bar", "scatter", "pie", "funnel"]);

function css(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function only(source: unknown, known: ReadonlySet<string>): Record<string, unknown> {
  if (typeof source !== "object" || source === null) return {};
  return Object.fromEntries(Object.entries(source).filter(([key]) => known.has(key)));
}

function axis(source: unknown, small: boolean): Record<string, unknown> {
  const given = only(source, AXIS);
  const category = given.type === "category";
  const title = given.title as { text?: string } | string | undefined;
  return {
    zeroline: false,
    gridcolor: css("line"),
    linecolor: css("line"),
    tickfont: { color: css("text-2"), size: small ? 11 : 12 },
    automargin: true,
    fixedrange: true,
    showgrid: !category,
    ...given,
    title: title
      ? {
          text: typeof title === "string" ? title : title.text,
          font: { size: 12, color: css("text-2") },
          standoff: 12,
        }
      : undefined,
  };
}

export function themed(
  figure: Figure,
  small: boolean,
): { data: Record<string, unknown>[]; layout: Record<string, unknown> } {
  const source = figure.layout ?? {};
  const text = css("text");
  const layout: Record<string, unknown> = {
    ...only(source, LAYOUT),
    font: { family: css("font"), size: 12, color: text },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 8, r: 12, t: 8, b: 8, pad: 4 },
    autosize: true,
    bargap: 0.32,
    hoverlabel: {
      bgcolor: css("raised"),
      bordercolor: css("line"),
      font: { family: css("font"), size: 12, color: text },
      align: "left",
    },
    hovermode: "closest",
    dragmode: false,
    legend: {
      orientation: "h",
      x: 0,
      y: 1.02,
      yanchor: "bottom",
      font: { color: css("text-2"), size: 12 },
      itemclick: false,
      itemdoubleclick: false,
    },
    uniformtext: { minsize: 9, mode: "hide" },
  };
  for (const [key, value] of Object.entries(source)) {
    if (/^[xy]axis\d*$/.test(key)) layout[key] = axis(value, small);
  }
  layout.xaxis ??= axis({}, small);
  layout.yaxis ??= axis({}, small);
  const data = (figure.data ?? [])
    .filter((trace) => TRACES.has(typeof trace.type === "string" ? trace.type : "scatter"))
    .map((trace) => ({
      ...trace,
      ...(trace.type === "bar"
        ? { textfont: { size: 11 }, cliponaxis: false, outsidetextfont: { color: css("text-2") } }
        : {}),
      ...(trace.type === "funnel"
        ? {
            connector: { fillcolor: css("hover"), line: { width: 0 } },
            insidetextfont: { color: "#fff" },
            outsidetextfont: { color: text },
          }
        : {}),
      ...(trace.type === "pie"
        ? {
            hole: trace.hole ?? 0.6,
            marker: { ...(trace.marker as object), line: { color: css("surface"), width: 2 } },
            outsidetextfont: { color: text },
          }
        : {}),
    }));
  return { data, layout };
}

export const CONFIG = {
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
  locale: language === "en" ? "en" : "zh-CN",
} as const;
