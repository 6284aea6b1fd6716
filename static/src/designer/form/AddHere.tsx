/** A ＋ where a field can be put: between rows on hover and focus, at the end always. */
import { useState } from "react";

import { Icon } from "@/shared/icons";
import { Popover } from "@/shared/ui/Popover";

import type { Place } from "../core/layout";
import { t } from "../texts";
import { Palette } from "./Palette";

export function AddHere({ place, end = false }: { place: Place; end?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={end ? "add-end" : "add-between"}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        placement="bottom"
        content={
          open ? (
            <div className="palette-popover">
              <Palette place={place} draggable={false} onAdded={() => setOpen(false)} />
            </div>
          ) : null
        }
      >
        {end ? (
          <button
            type="button"
            className="plain add-end-button"
            aria-haspopup="dialog"
            aria-expanded={open}
          >
            <Icon name="add" />
            {t("form.addField")}
          </button>
        ) : (
          <button
            type="button"
            className="plain add-between-button"
            aria-label={t("form.addHere")}
            aria-haspopup="dialog"
            aria-expanded={open}
          >
            <Icon name="add" size={14} />
          </button>
        )}
      </Popover>
    </div>
  );
}
