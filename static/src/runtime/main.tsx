/** The runtime: people fill in, find, decide and read figures. */
import "./runtime.css";
import "@/widgets/widgets.css";

import { start } from "@/shared/shell/start";

import { App } from "./App";

start(<App />);
