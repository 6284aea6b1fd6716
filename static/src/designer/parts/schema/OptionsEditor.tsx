/** Options of a choice: one a line, typed or pasted, each with a colour beside its line. */
import { useEffect, useRef, useState } from "react";

import { Popover } from "@/shared/ui/Popover";

import { linesOf, optionsFrom, plainKey, type Option } from "../../core/options";
import { language, useSession } from "../../session";
import { t } from "../../texts";
import { Swatches } from "../Looks";
import type { EditorProps } from "./context";

const LINE = 28;

export function OptionsEditor({ id, label, value, onChange, invalid }: EditorProps) {
  const session = useSession();
  const options = (Array.isArray(value) ? value : []) as Option[];
  const stored = linesOf(options, language);
  const [text, setText] = useState(stored);
  const [scroll, setScroll] = useState(0);
  const typing = useRef(false);
  useEffect(() => {
    if (!typing.current) setText(stored);
  }, [stored]);

  const commit = async (lines: string) => {
    typing.current = false;
    if (lines === stored) return;
    const labels = lines
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const known = new Set(options.map((option) => option.label));
    const fresh = labels.filter((one) => !known.has(one));
    const keys = new Map(
      await Promise.all(
        fresh.map(
          async (one, index) => [one, await session.key(one, [], `option_${index + 1}`)] as const,
        ),
      ),
    );
    const next = optionsFrom(
      labels,
      options,
      language,
      (one, index) => keys.get(one) ?? plainKey(one, `option_${index + 1}`),
    );
    if (next.length) onChange(next);
    else setText(stored);
  };

  const lines = text.split("\n");
  const byLabel = new Map(stored.split("\n").map((line, index) => [line, index]));
  return (
    <div className={`options-editor${invalid ? " is-invalid" : ""}`}>
      <div
        className="options-colors"
        aria-hidden={false}
        style={{ transform: `translateY(${-scroll}px)` }}
      >
        {lines.map((line, index) => {
          const at = byLabel.get(line.trim());
          const option = at === undefined ? undefined : options[at];
          return (
            <span key={index} style={{ height: LINE }}>
              {option && at !== undefined && (
                <ColorPick
                  option={option}
                  line={line}
                  onPick={(color) =>
                    onChange(
                      options.map((other, position) =>
                        position === at ? { ...other, color } : other,
                      ),
                    )
                  }
                />
              )}
            </span>
          );
        })}
      </div>
      <textarea
        id={id}
        aria-label={label}
        value={text}
        wrap="off"
        spellCheck={false}
        rows={Math.max(3, Math.min(12, lines.length + 1))}
        placeholder={t("form.optionsHint")}
        style={{ lineHeight: `${LINE}px` }}
        onScroll={(event) => setScroll(event.currentTarget.scrollTop)}
        onChange={(event) => {
          typing.current = true;
          setText(event.target.value);
        }}
        onPaste={(event) => {
          // Cells of one row are options as much as lines are.
          const pasted = event.clipboardData.getData("text/plain").replace(/\r/g, "");
          if (!pasted.includes("\t") || pasted.includes("\n")) return;
          event.preventDefault();
          typing.current = true;
          const area = event.currentTarget;
          setText(
            text.slice(0, area.selectionStart) +
              pasted.split("\t").join("\n") +
              text.slice(area.selectionEnd),
          );
        }}
        onBlur={(event) => void commit(event.target.value)}
      />
      <p className="meta">
        {t("form.optionCount", { n: lines.filter((line) => line.trim()).length })}
      </p>
    </div>
  );
}

function ColorPick({
  option,
  line,
  onPick,
}: {
  option: Option;
  line: string;
  onPick: (color: string) => void;
}) {
  const { catalogue } = useSession();
  const [open, setOpen] = useState(false);
  const current = typeof option.color === "string" ? option.color : "grey";
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      content={
        <Swatches
          label={t("form.colorOf", { option: line })}
          names={catalogue.colors}
          value={current}
          onPick={(color) => {
            setOpen(false);
            onPick(color);
          }}
        />
      }
    >
      <button
        type="button"
        className={`plain swatch swatch-${current}`}
        aria-label={t("form.colorOf", { option: line })}
      />
    </Popover>
  );
}
