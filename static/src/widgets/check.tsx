/** Yes or no. */
import { EMPTY } from "@/shared/format";
import { Icon } from "@/shared/icons";
import { t } from "@/shared/texts";
import { Checkbox } from "@/shared/ui/Checkbox";

import type { EditProps, ViewProps, Widget } from "./widget";

function View({ value, compact }: ViewProps) {
  if (value == null) return <>{EMPTY}</>;
  if (!compact) return <>{value ? t("common.yes") : t("common.no")}</>;
  return value ? (
    <Icon name="check" label={t("common.yes")} />
  ) : (
    <span className="muted">{t("common.no")}</span>
  );
}

function Edit({ field, value, onChange, id, disabled, describedBy }: EditProps) {
  return (
    <Checkbox
      id={id}
      checked={value === true}
      disabled={disabled}
      label={field.label}
      aria-describedby={describedBy}
      onChange={onChange}
    >
      {field.hint || (value === true ? t("common.yes") : t("common.no"))}
    </Checkbox>
  );
}

export const widget: Widget = {
  View,
  Edit,
  text: (value) => (value == null ? "" : value ? t("common.yes") : t("common.no")),
  width: 80,
};
