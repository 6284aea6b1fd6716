/** plotly.js with the traces that figures use; loaded only when a chart is drawn. */
import "./plotly_style";

import bar from "plotly.js/lib/bar";
import core from "plotly.js/lib/core";
import funnel from "plotly.js/lib/funnel";
import pie from "plotly.js/lib/pie";
import zh from "plotly.js/lib/locales/zh-cn";

core.register([bar, funnel, pie, zh]);

export default core;
