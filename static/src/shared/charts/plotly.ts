/** plotly.js with the traces that figures use; loaded only when a chart is drawn. */
import bar from "plotly.js/lib/bar";
import core from "plotly.js/lib/core";
import funnel from "plotly.js/lib/funnel";
import heatmap from "plotly.js/lib/heatmap";
import indicator from "plotly.js/lib/indicator";
import pie from "plotly.js/lib/pie";
import sankey from "plotly.js/lib/sankey";
import treemap from "plotly.js/lib/treemap";
import zh from "plotly.js/lib/locales/zh-cn";

import { bootstrap } from "../bootstrap";

// Plotly adds its rules to this element; made here, it carries the nonce that the CSP asks for.
if (!document.getElementById("plotly.js-style-global")) {
  const style = document.createElement("style");
  style.id = "plotly.js-style-global";
  if (bootstrap.nonce) style.nonce = bootstrap.nonce;
  document.head.append(style);
}

core.register([bar, funnel, heatmap, indicator, pie, sankey, treemap, zh]);

export default core;
