/** A plotly figure in our colours; loaded only where a chart is drawn. */
import { useEffect, useRef } from "react";

import { useTheme } from "@/shared/theme";
import type { Json } from "@/shared/types";

interface Plotly {
  react: (
    element: HTMLElement,
    data: unknown,
    layout: unknown,
    config: unknown,
  ) => Promise<unknown>;
  purge: (element: HTMLElement) => void;
  register: (modules: unknown[]) => void;
  Plots: { resize: (element: HTMLElement) => void };
}

let loading: Promise<Plotly> | null = null;

function load(): Promise<Plotly> {
  loading ??= Promise.all([
    import("plotly.js/lib/core"),
    import("plotly.js/lib/bar"),
    import("plotly.js/lib/pie"),
    import("plotly.js/lib/funnel"),
  ]).then(([core, ...traces]) => {
    const plotly = core.default as unknown as Plotly;
    plotly.register(traces.map((trace) => (trace as { default: unknown }).default));
    return plotly;
  });
  return loading;
}

interface Props {
  figure: { data?: Json[]; layout?: Record<string, Json> };
  onPoint?: (cell: Json) => void;
}

interface ClickEvent {
  points?: { customdata?: Json }[];
}

export default function Plot({ figure, onPoint }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const click = useRef(onPoint);
  click.current = onPoint;
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let shown = true;
    const style = getComputedStyle(document.documentElement);
    const token = (name: string) => style.getPropertyValue(name).trim();
    const axis = {
      gridcolor: token("--line"),
      zerolinecolor: token("--line"),
      linecolor: token("--line"),
      automargin: true,
    };
    const given = figure.layout ?? {};
    const layout = {
      ...given,
      autosize: true,
      margin: { l: 8, r: 8, t: 8, b: 8 },
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      font: { family: token("--font"), size: 12, color: token("--text-2") },
      colorway: [
        "--blue",
        "--green",
        "--amber",
        "--purple",
        "--cyan",
        "--orange",
        "--pink",
        "--red",
        "--grey",
      ].map(token),
      xaxis: { ...axis, ...(given.xaxis as object | undefined) },
      yaxis: { ...axis, ...(given.yaxis as object | undefined) },
      // What a definition could smuggle in from outside is left out.
      images: undefined,
    };
    void load().then(async (plotly) => {
      if (!shown) return;
      await plotly.react(target, figure.data ?? [], layout, {
        displayModeBar: false,
        responsive: false,
      });
      (target as unknown as { on: (name: string, run: (event: ClickEvent) => void) => void }).on(
        "plotly_click",
        (event) => {
          const cell = event.points?.[0]?.customdata;
          if (cell !== undefined) click.current?.(cell);
        },
      );
    });
    const observer = new ResizeObserver(() => {
      void load().then((plotly) => {
        if (shown && target.querySelector(".main-svg")) plotly.Plots.resize(target);
      });
    });
    observer.observe(target);
    return () => {
      shown = false;
      observer.disconnect();
      void load().then((plotly) => plotly.purge(target));
    };
  }, [figure, theme]);
  return <div className="plot" ref={element} />;
}
