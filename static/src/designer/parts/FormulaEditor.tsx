/**
 * A formula as people read it: fields are chips with their labels, the stored text has keys.
 *
 * The editable element is its own truth while it has the focus; it is written anew only when the value
 * comes from elsewhere (undo) and when it loses the focus, so that the caret never jumps.
 */
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";

import { localized } from "@/shared/i18n";
import type { Problem } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Menu, type MenuEntry } from "@/shared/ui/Menu";

import {
  formulaOfPieces,
  keysForLabels,
  piecesOf,
  wordBefore,
  type Name,
} from "../core/formula_text";
import { useSession } from "../session";
import { t } from "../texts";
import {
  caretIn,
  chip,
  currentRange,
  insertNode,
  readChips,
  withoutMarks,
  writeChips,
} from "./chips";
import { TrialResult } from "./TrialResult";
import { useFormulaCheck } from "./formula_check";
import "./formula.css";

interface Props {
  id?: string;
  label: string;
  value: string;
  names: readonly Name[];
  purpose: string;
  returns?: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  withResult?: boolean;
  compact?: boolean;
  placeholder?: string;
}

interface Suggestion {
  key: string;
  label: string;
  detail: string;
  insert: (range: Range) => void;
}

export function FormulaEditor({
  id,
  label,
  value,
  names,
  purpose,
  returns,
  onChange,
  onBlur,
  withResult,
  compact,
  placeholder,
}: Props) {
  const { catalogue } = useSession();
  const root = useRef<HTMLDivElement>(null);
  const emitted = useRef<string | null>(null);
  const caret = useRef<Range | null>(null);
  const [suggestions, setSuggestions] = useState<Suggestion[]>([]);
  const [active, setActive] = useState(0);
  const listId = useId();
  const check = useFormulaCheck(value, purpose, returns);

  useLayoutEffect(() => {
    if (!root.current || emitted.current === value) return;
    emitted.current = value;
    writeChips(root.current, piecesOf(value, names));
  }, [value, names]);

  const emit = () => {
    if (!root.current) return;
    const next = keysForLabels(formulaOfPieces(readChips(root.current)), names).trim();
    emitted.current = next;
    onChange(next);
  };

  const remember = () => {
    caret.current = currentRange(root.current) ?? caret.current;
  };
  const place = (): Range => caretIn(root.current as HTMLElement, caret.current);
  const putNode = (range: Range, node: Node, inside: number | null = null) => {
    caret.current = insertNode(range, node, inside);
    setSuggestions([]);
    emit();
  };

  const insertName = (name: Name) => (range: Range) => putNode(range, chip(name.path, name.label));
  const insertFunction = (key: string) => (range: Range) =>
    putNode(range, document.createTextNode(`${key}()`), key.length + 1);

  const suggest = () => {
    remember();
    const range = caret.current;
    const node = range?.startContainer;
    const before =
      node?.nodeType === Node.TEXT_NODE
        ? withoutMarks((node.nodeValue ?? "").slice(0, range?.startOffset))
        : "";
    const word = wordBefore(before);
    if (!word || (before.split("'").length - 1) % 2) {
      setSuggestions([]);
      return;
    }
    const needle = word.toLowerCase();
    const found: Suggestion[] = [
      ...names
        .filter((name) => name.label.toLowerCase().includes(needle) || name.path.startsWith(needle))
        .slice(0, 8)
        .map((name) => ({
          key: name.path,
          label: name.label,
          detail: "",
          insert: insertName(name),
        })),
      ...catalogue.functions
        .filter((one) => one.key.toLowerCase().startsWith(needle))
        .slice(0, 6)
        .map((one) => ({
          key: one.key,
          label: `${one.key}()`,
          detail: localized(one.label),
          insert: insertFunction(one.key),
        })),
    ];
    setSuggestions(found);
    setActive(0);
  };

  const accept = (suggestion: Suggestion) => {
    const range = place().cloneRange();
    const node = range.startContainer;
    const word = wordBefore((node.nodeValue ?? "").slice(0, range.startOffset));
    if (node.nodeType === Node.TEXT_NODE)
      range.setStart(node, Math.max(0, range.startOffset - word.length));
    root.current?.focus();
    suggestion.insert(range);
  };

  const keys = (event: React.KeyboardEvent) => {
    const current = suggestions[active];
    if (suggestions.length && current) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        setActive((active + step + suggestions.length) % suggestions.length);
        return;
      }
      if ((event.key === "Enter" || event.key === "Tab") && !event.nativeEvent.isComposing) {
        event.preventDefault();
        accept(current);
        return;
      }
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        setSuggestions([]);
        return;
      }
    }
    if (event.key === "Enter") {
      event.preventDefault();
      if (!compact) document.execCommand("insertText", false, "\n");
    }
  };

  const fieldItems: MenuEntry[] = useMemo(
    () =>
      names.slice(0, 80).map((name) => ({
        key: name.path,
        label: name.label,
        run: () => {
          root.current?.focus();
          insertName(name)(place());
        },
      })),
    // The insertion reads refs only, so the names alone decide.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [names],
  );
  const families = useMemo(() => {
    const all = new Map<string, typeof catalogue.functions>();
    for (const one of catalogue.functions)
      all.set(one.family, [...(all.get(one.family) ?? []), one]);
    return [...all];
  }, [catalogue]);

  const problem = value ? check.problems[0] : undefined;
  return (
    <div className={`formula-editor${problem ? " is-invalid" : ""}${compact ? " is-compact" : ""}`}>
      <div className="formula-box">
        <div
          ref={root}
          id={id}
          className="formula-input"
          contentEditable
          suppressContentEditableWarning
          role="textbox"
          aria-multiline={!compact}
          aria-label={label}
          aria-invalid={!!problem}
          aria-autocomplete="list"
          aria-controls={suggestions.length ? listId : undefined}
          data-placeholder={placeholder ?? t("form.formulaHint")}
          data-empty={value === ""}
          spellCheck={false}
          onInput={() => {
            emit();
            suggest();
          }}
          onKeyDown={keys}
          onKeyUp={remember}
          onMouseUp={remember}
          onPaste={(event) => {
            event.preventDefault();
            document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
          }}
          onBlur={() => {
            setSuggestions([]);
            if (root.current && emitted.current !== null)
              writeChips(root.current, piecesOf(emitted.current, names));
            onBlur?.();
          }}
        />
        {suggestions.length > 0 && (
          <ul
            className="formula-suggestions"
            role="listbox"
            id={listId}
            aria-label={t("form.suggestions")}
          >
            {suggestions.map((suggestion, index) => (
              <li
                key={suggestion.key}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => {
                  event.preventDefault();
                  accept(suggestion);
                }}
              >
                <span>{suggestion.label}</span>
                <span className="meta">{suggestion.detail}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {!compact && (
        <div className="formula-tools">
          <Menu items={fieldItems}>
            <Button size="small" kind="text" icon="add">
              {t("form.field")}
            </Button>
          </Menu>
          <Menu
            items={families.map(([family, all]) => ({
              group: family,
              items: all.map((one) => ({
                key: one.key,
                label: one.key,
                hint: localized(one.label),
                run: () => {
                  root.current?.focus();
                  insertFunction(one.key)(place());
                },
              })),
            }))}
          >
            <Button size="small" kind="text" icon="formula">
              {t("form.function")}
            </Button>
          </Menu>
        </div>
      )}
      {problem && <FormulaProblem problem={problem} formula={value} names={names} />}
      {withResult && !problem && value && check.tree !== undefined && (
        <TrialResult tree={check.tree} returns={returns} />
      )}
    </div>
  );
}

/** The problem in words, and the part of the formula it is about. */
function FormulaProblem({
  problem,
  formula,
  names,
}: {
  problem: Problem;
  formula: string;
  names: readonly Name[];
}) {
  const column = Number(problem.params?.column ?? 0);
  const length = Math.max(1, Number(problem.params?.length ?? 1));
  // Names are shown whole, so that they can be shown by their labels.
  let from = Math.max(0, column - 13);
  while (from > 0 && /[\w.]/.test(formula[from - 1] ?? "")) from -= 1;
  let to = Math.min(formula.length, column - 1 + length + 12);
  while (to < formula.length && /[\w.]/.test(formula[to] ?? "")) to += 1;
  const shown = (text: string) =>
    piecesOf(text, names)
      .map((piece) => (piece.kind === "name" ? piece.label : piece.text))
      .join("");
  return (
    <p className="control-problem" role="alert">
      {problem.message}
      {column > 0 && column <= formula.length + 1 && (
        <code className="formula-place">
          {shown(formula.slice(from, column - 1))}
          <mark>{shown(formula.slice(column - 1, column - 1 + length)) || " "}</mark>
          {shown(formula.slice(column - 1 + length, to))}
        </code>
      )}
    </p>
  );
}

/** Keeps a value from going out at each keystroke. */
export function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
