/** A number given by the server when the record is saved. */
import { EMPTY } from "@/shared/format";

import { plain } from "./values";
import type { ViewProps, Widget } from "./widget";

function View({ value }: ViewProps) {
  return <>{plain(value) || EMPTY}</>;
}

export const widget: Widget = { View, text: plain, width: 140 };
