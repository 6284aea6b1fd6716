/**
 * Plotly adds its rules to the style element of this id while its modules are read; made beforehand,
 * the element carries the nonce that the CSP asks for.
 */
import { bootstrap } from "../bootstrap";

if (!document.getElementById("plotly.js-style-global")) {
  const style = document.createElement("style");
  style.id = "plotly.js-style-global";
  if (bootstrap.nonce) style.nonce = bootstrap.nonce;
  document.head.append(style);
}
