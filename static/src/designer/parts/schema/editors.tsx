/** The editor of each `x-widget`; an unknown one falls back to the JSON type. */
import type { ComponentType } from "react";

import type { Schema } from "../../api";
import { ActionsEditor } from "./ActionsEditor";
import {
  BooleanEditor,
  ChoiceEditor,
  LongTextEditor,
  MomentEditor,
  NumberEditor,
  PlainTextEditor,
  TextEditor,
  TimeEditor,
} from "./basic";
import { CronEditor } from "./CronEditor";
import { DurationEditor, DurationsEditor } from "./durations";
import { ColorEditor, IconEditor } from "./looks";
import { ConditionProperty, FormulaProperty, TemplateEditor } from "./formulas";
import { OptionsEditor } from "./OptionsEditor";
import { PatternEditor } from "./PatternEditor";
import { PeopleEditor } from "./PeopleEditor";
import {
  DepartmentPicker,
  FieldPicker,
  FieldsPicker,
  FlowPicker,
  FormPicker,
  NodesPicker,
  PersonPicker,
  RolePicker,
} from "./pickers";
import type { EditorProps } from "./context";
import { RightsEditor, ValuesEditor } from "./ValuesEditor";

type Editor = ComponentType<EditorProps>;

const EDITORS: Readonly<Record<string, Editor>> = {
  text: TextEditor,
  long_text: LongTextEditor,
  number: NumberEditor,
  boolean: BooleanEditor,
  choice: ChoiceEditor,
  formula: FormulaProperty,
  condition: ConditionProperty,
  options: OptionsEditor,
  field: FieldPicker,
  fields: FieldsPicker,
  form: FormPicker,
  pattern: PatternEditor,
  people: PeopleEditor,
  values: ValuesEditor,
  rights: RightsEditor,
  moment: MomentEditor,
  duration: DurationEditor,
  durations: DurationsEditor,
  template: TemplateEditor,
  color: ColorEditor,
  icon: IconEditor,
  actions: ActionsEditor,
  person: PersonPicker,
  role: RolePicker,
  department: DepartmentPicker,
  nodes: NodesPicker,
  flow: FlowPicker,
  time: TimeEditor,
  cron: CronEditor,
};

export const EDITOR_NAMES: readonly string[] = Object.keys(EDITORS);

export function editorOf(schema: Schema): Editor | null {
  const named = schema["x-widget"] ? EDITORS[schema["x-widget"]] : undefined;
  if (named) return named;
  if (schema.enum) return ChoiceEditor;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes("boolean")) return BooleanEditor;
  if (types.includes("integer") || types.includes("number")) return NumberEditor;
  if (types.includes("string"))
    return types.includes("object") || schema.oneOf ? TextEditor : PlainTextEditor;
  if (
    schema.oneOf?.some((one) => one.type === "string") ||
    schema.anyOf?.some((one) => one.type === "string")
  )
    return TextEditor;
  if (types.includes("array")) {
    const item = schema.items;
    if (item?.enum || item?.type === "string") return FieldsPicker;
  }
  return null;
}

/** Switches stand beside their label; everything else stands below it. */
export function isInline(schema: Schema): boolean {
  return editorOf(schema) === BooleanEditor;
}
