/** Which columns, in which order. */
import { useState } from "react";

import type { FieldInfo } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/Checkbox";
import { SearchInput } from "@/shared/ui/Input";
import { Popover } from "@/shared/ui/Popover";
import { t } from "@/shared/texts/list";

interface Props {
  fields: ReadonlyMap<string, FieldInfo>;
  shown: readonly string[];
  changed: boolean;
  onShow: (keys: string[]) => void;
  onReset: () => void;
}

function Chooser({ fields, shown, changed, onShow, onReset }: Props) {
  const [search, setSearch] = useState("");
  const hidden = [...fields.keys()].filter((key) => !shown.includes(key));
  const wanted = search.trim().toLowerCase();
  const list = [...shown, ...hidden].filter((key) =>
    (fields.get(key)?.label ?? "").toLowerCase().includes(wanted),
  );
  const move = (key: string, step: number) => {
    const next = [...shown];
    const at = next.indexOf(key);
    next.splice(at, 1);
    next.splice(at + step, 0, key);
    onShow(next);
  };
  return (
    <div className="column-chooser">
      <h2>{t("list.chooseColumns")}</h2>
      {fields.size > 10 && (
        <SearchInput label={t("list.chooseField")} value={search} onChange={setSearch} />
      )}
      <ul>
        {list.map((key) => {
          const label = fields.get(key)?.label ?? "";
          const at = shown.indexOf(key);
          return (
            <li key={key} className="row">
              <span className="grow">
                <Checkbox
                  checked={at >= 0}
                  disabled={at >= 0 && shown.length === 1}
                  onChange={(on) =>
                    onShow(on ? [...shown, key] : shown.filter((one) => one !== key))
                  }
                >
                  {label}
                </Checkbox>
              </span>
              {at >= 0 && !wanted && (
                <>
                  <IconButton
                    icon="arrow-up"
                    size="small"
                    noTooltip
                    disabled={at === 0}
                    label={t("list.moveUp", { field: label })}
                    onClick={() => move(key, -1)}
                  />
                  <IconButton
                    icon="arrow-down"
                    size="small"
                    noTooltip
                    disabled={at === shown.length - 1}
                    label={t("list.moveDown", { field: label })}
                    onClick={() => move(key, 1)}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
      {changed && (
        <Button kind="text" size="small" onClick={onReset}>
          {t("list.columnsReset")}
        </Button>
      )}
    </div>
  );
}

export function ColumnChooser(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={t("list.chooseColumns")}
      open={open}
      onOpenChange={setOpen}
      content={<Chooser {...props} />}
      placement="bottomRight"
    >
      <Button icon="columns" aria-expanded={open} aria-haspopup="dialog">
        {t("list.columns")}
      </Button>
    </Popover>
  );
}
