/** The part of plotly.js that is used here; its own types would describe the whole bundle. */
declare module "plotly.js/lib/core" {
  interface PlotlyEvent {
    points?: { customdata?: unknown; pointNumber?: number; curveNumber?: number }[];
  }
  interface PlotlyElement extends HTMLElement {
    on: (event: "plotly_click", listener: (event: PlotlyEvent) => void) => void;
    removeAllListeners: (event: string) => void;
  }
  interface Plotly {
    register: (modules: unknown[]) => void;
    react: (node: HTMLElement, data: unknown[], layout: object, config: object) => Promise<PlotlyElement>;
    purge: (node: HTMLElement) => void;
    Plots: { resize: (node: HTMLElement) => void };
  }
  const plotly: Plotly;
  export default plotly;
}
declare module "plotly.js/lib/bar";
declare module "plotly.js/lib/funnel";
declare module "plotly.js/lib/heatmap";
declare module "plotly.js/lib/indicator";
declare module "plotly.js/lib/pie";
declare module "plotly.js/lib/sankey";
declare module "plotly.js/lib/treemap";
declare module "plotly.js/lib/locales/zh-cn";
