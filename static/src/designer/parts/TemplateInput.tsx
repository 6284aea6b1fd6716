/** A text with fields in it: the fields are chips with their labels, stored as `{{key}}`. */
import { useLayoutEffect, useRef } from "react";

import { Button } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";

import { templatePieces, templateText, type Name } from "../core/formula_text";
import { t } from "../texts";
import { caretIn, chip, currentRange, insertNode, readChips, writeChips } from "./chips";
import "./formula.css";

interface Props {
  id?: string;
  label: string;
  value: string;
  names: readonly Name[];
  onChange: (value: string) => void;
  onBlur?: () => void;
}

export function TemplateInput({ id, label, value, names, onChange, onBlur }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const emitted = useRef<string | null>(null);
  const caret = useRef<Range | null>(null);
  useLayoutEffect(() => {
    if (!root.current || emitted.current === value) return;
    emitted.current = value;
    writeChips(root.current, templatePieces(value, names));
  }, [value, names]);
  const emit = () => {
    if (!root.current) return;
    emitted.current = templateText(readChips(root.current));
    onChange(emitted.current);
  };
  const remember = () => {
    caret.current = currentRange(root.current) ?? caret.current;
  };
  const insert = (name: Name) => {
    if (!root.current) return;
    root.current.focus();
    caret.current = insertNode(caretIn(root.current, caret.current), chip(name.path, name.label));
    emit();
  };
  return (
    <div className="template-editor">
      <div
        ref={root}
        id={id}
        className="formula-input"
        contentEditable
        suppressContentEditableWarning
        role="textbox"
        aria-multiline
        aria-label={label}
        spellCheck={false}
        onInput={() => {
          remember();
          emit();
        }}
        onKeyUp={remember}
        onMouseUp={remember}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          document.execCommand("insertText", false, "\n");
        }}
        onPaste={(event) => {
          event.preventDefault();
          document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
        }}
        onBlur={() => {
          if (root.current && emitted.current !== null)
            writeChips(root.current, templatePieces(emitted.current, names));
          onBlur?.();
        }}
      />
      <Menu
        items={names
          .filter(({ path }) => !path.startsWith("old."))
          .slice(0, 60)
          .map((name) => ({ key: name.path, label: name.label, run: () => insert(name) }))}
      >
        <Button size="small" icon="add">
          {t("form.insertField")}
        </Button>
      </Menu>
    </div>
  );
}
