/** A new field of a type with what its schema demands, so that the draft can be saved at once. */
import { plain } from "../core/json";
import type { FieldTypeInfo } from "../api";
import type { Field, Form } from "../core/definitions";
import { COLORS } from "../core/options";
import { initialObject } from "../parts/schema/SchemaForm";
import { bodiesOf, type Session } from "../session";
import { t } from "../texts";

/** The field, or a sentence that says what is missing before it can be added. */
export function initialField(
  session: Session,
  form: Form,
  type: FieldTypeInfo,
  label: string,
): Field | { missing: string } {
  const field: Field = { type: type.key, label };
  const options = initialObject(type.options_schema);
  const others = bodiesOf(session.workspace.all(), "form").filter(
    (other) => other.key !== form.key,
  );
  switch (type.key) {
    case "choice":
    case "choices":
      options.options = [1, 2, 3].map((number) => ({
        value: `option_${number}`,
        label: t("form.optionN", { n: number }),
        color: COLORS[number - 1] ?? "grey",
      }));
      break;
    case "serial":
      options.pattern = [{ date: "YYYYMM" }, { counter: 4, reset: "month" }];
      break;
    case "formula":
      options.formula = "0";
      options.returns = "number";
      break;
    case "link":
      options.form = others[0]?.key ?? form.key;
      break;
    case "lookup": {
      const link = Object.entries(form.fields).find(([, other]) => other.type === "link");
      if (!link) return { missing: t("form.needsLink") };
      const target = session.form(plain(link[1].form));
      const shown = Object.entries(target?.fields ?? {}).find(
        ([, other]) => other.type !== "lookup",
      );
      if (!shown) return { missing: t("form.needsOther") };
      options.link = link[0];
      options.field = shown[0];
      break;
    }
  }
  return { ...field, ...options };
}

export function groupLabel(group: string): string {
  switch (group) {
    case "text":
      return t("form.groupText");
    case "number":
      return t("form.groupNumber");
    case "choice":
      return t("form.groupChoice");
    case "time":
      return t("form.groupTime");
    case "people":
      return t("form.groupPeople");
    case "link":
      return t("form.groupLink");
    case "computed":
      return t("form.groupComputed");
    default:
      return t("form.groupLayout");
  }
}
