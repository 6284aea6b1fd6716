/** What a field's widget is: one file per widget name, found by `registry.ts`. */
import type { ComponentType } from "react";

import type { FieldInfo, Value } from "@/shared/types";

export interface ViewProps {
  field: FieldInfo;
  value: Value;
  /** The application, for links to other records. */
  app?: string;
  /** In a list cell or a card: one line, nothing that takes the focus. */
  compact?: boolean;
  /** Compact where no header names the currency: an amount carries it itself. */
  signed?: boolean;
}

export interface EditProps {
  field: FieldInfo;
  value: Value;
  onChange: (value: Value) => void;
  /** The id of the control, so that the label names it. */
  id: string;
  app: string;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string;
  autoFocus?: boolean;
  /** In a list cell: no border of its own, the choice opens at once. */
  compact?: boolean;
}

export interface Widget {
  View: ComponentType<ViewProps>;
  /** Missing for what is computed. */
  Edit?: ComponentType<EditProps>;
  /** One line of plain text, for titles, search and messages. */
  text: (value: Value, field: FieldInfo) => string;
  align?: "right" | "center";
  /** The column's width to begin with, in pixels. */
  width: number;
  /** Whether the field wants a whole row of a form. */
  wide?: boolean;
}
