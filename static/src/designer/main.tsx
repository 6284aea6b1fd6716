/** The designer's page: one application at `/design/{app}`. */
import { start } from "@/shared/shell/start";
import "@/widgets/widgets.css";

import { Designer } from "./Designer";
import "./designer.css";

start(<Designer />);
