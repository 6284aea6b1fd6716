/** The designer's page: one application at `/design/{app}`. */
import { start } from "@/shared/shell/start";
import "@/widgets/widgets.css";

import { Designer } from "./Designer";
import "./parts/page.css";
import "./parts/controls.css";
import "./parts/properties.css";
import "./parts/workbench.css";
import "./shell/shell.css";

start(<Designer />);
