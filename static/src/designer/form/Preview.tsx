/** Filling in the draft form without saving: behaviour, formulas, required fields and checks as people meet them. */
import { plain } from "../core/json";
import { useEffect, useMemo, useState } from "react";

import { Button } from "@/shared/ui/Button";
import { Tabs } from "@/shared/ui/Tabs";
import { toast } from "@/shared/ui/toast";
import type { Json, Value } from "@/shared/types";
import { widgetOf } from "@/widgets/registry";

import { builder } from "../api";
import type { Form, LayoutItem, Rows } from "../core/definitions";
import { layoutOf } from "../core/form";
import { isTabs } from "../core/layout";
import { useEvaluator, type Evaluator } from "../parts/TrialResult";
import { useDocuments, useSession, words } from "../session";
import { t } from "../texts";
import { fieldInfo } from "./field_info";
import "./preview.css";

interface Trees {
  behaviour: (Json | undefined)[];
  checks: (Json | undefined)[];
  formulas: Record<string, Json | undefined>;
}

function useTrees(form: Form): Trees | null {
  const session = useSession();
  const [trees, setTrees] = useState<Trees | null>(null);
  useEffect(() => {
    let current = true;
    const tree = async (formula: string, purpose: string): Promise<Json | undefined> => {
      try {
        const answer = await builder.checkFormula(session.app, {
          form: form.key,
          formula,
          purpose,
          definition: form,
        });
        return answer.tree ?? undefined;
      } catch {
        return undefined;
      }
    };
    const behaviour = ((form.behaviour as { when: string }[]) ?? []).map((rule) =>
      tree(rule.when, "when"),
    );
    const checks = ((form.checks as { that: string }[]) ?? []).map((check) =>
      tree(check.that, "condition"),
    );
    const formulas = Object.entries(form.fields).filter(([, field]) => field.type === "formula");
    void Promise.all([
      Promise.all(behaviour),
      Promise.all(checks),
      Promise.all(
        formulas.map(
          async ([key, field]) => [key, await tree(plain(field.formula), "value")] as const,
        ),
      ),
    ]).then(([when, that, worked]) => {
      if (current)
        setTrees({ behaviour: when, checks: that, formulas: Object.fromEntries(worked) });
    });
    return () => {
      current = false;
    };
  }, [form, session]);
  return trees;
}

interface Outcome {
  hidden: Set<string>;
  required: Set<string>;
  readOnly: Set<string>;
}

function outcomeOf(
  form: Form,
  trees: Trees | null,
  evaluate: Evaluator | null,
  values: Record<string, Value>,
): Outcome {
  const result: Outcome = { hidden: new Set(), required: new Set(), readOnly: new Set() };
  const rules = (form.behaviour as Record<string, string[] | undefined>[] | undefined) ?? [];
  rules.forEach((rule, index) => {
    const tree = trees?.behaviour[index];
    const met = tree !== undefined && evaluate ? evaluate(tree, values) === true : false;
    // What some rule shows is hidden while that rule does not hold.
    for (const key of rule.show ?? []) if (!met) result.hidden.add(key);
    if (!met) return;
    for (const key of rule.hide ?? []) result.hidden.add(key);
    for (const key of rule.require ?? []) result.required.add(key);
    for (const key of rule.read_only ?? []) result.readOnly.add(key);
  });
  return result;
}

export function Preview({
  form,
  phone,
  onClose,
}: {
  form: Form;
  phone: boolean;
  onClose: () => void;
}) {
  const trees = useTrees(form);
  const evaluate = useEvaluator();
  const [values, setValues] = useState<Record<string, Value>>({});
  const [problems, setProblems] = useState<Record<string, string>>({});
  const outcome = outcomeOf(form, trees, evaluate, values);
  const layout = useMemo(() => layoutOf(form), [form]);

  const submit = () => {
    const found: Record<string, string> = {};
    for (const [key, field] of Object.entries(form.fields)) {
      if (outcome.hidden.has(key)) continue;
      const value = values[key];
      const empty = value == null || value === "" || (Array.isArray(value) && value.length === 0);
      if ((field.required === true || outcome.required.has(key)) && empty)
        found[key] = t("form.requiredMissing", { name: words(field.label, key) });
    }
    const general: string[] = [];
    ((form.checks as { message: unknown; at?: string }[]) ?? []).forEach((check, index) => {
      const tree = trees?.checks[index];
      if (tree === undefined || !evaluate || evaluate(tree, values) !== false) return;
      if (check.at) found[check.at] ??= words(check.message);
      else general.push(words(check.message));
    });
    setProblems(found);
    const first = Object.keys(form.fields).find((key) => found[key]);
    if (first) requestAnimationFrame(() => document.getElementById(`preview-${first}`)?.focus());
    if (general.length) toast(general.join("；"), { kind: "error" });
    else if (Object.keys(found).length === 0) toast(t("form.previewOk"), { kind: "success" });
  };
  return (
    <div className="preview-frame">
      <div className="preview-bar" role="status">
        <span>{t("form.previewTitle")}</span>
        <span className="grow" />
        <Button size="small" onClick={() => setValues({})}>
          {t("form.previewClear")}
        </Button>
        <Button size="small" onClick={onClose}>
          {t("form.previewBack")}
        </Button>
      </div>
      <div className={`canvas is-preview${phone ? " is-phone" : ""}`}>
        <h2>{words(form.label, form.key)}</h2>
        {layout.map((item, index) => (
          <PreviewItem
            key={index}
            item={item}
            cell={(key, span) =>
              outcome.hidden.has(key) ? null : (
                <PreviewField
                  key={key}
                  form={form}
                  fieldKey={key}
                  span={phone ? 12 : span}
                  value={values[key] ?? null}
                  computed={computed(trees?.formulas[key], evaluate, values)}
                  required={outcome.required.has(key)}
                  readOnly={outcome.readOnly.has(key)}
                  problem={problems[key]}
                  onChange={(value) => {
                    setValues((before) => ({ ...before, [key]: value }));
                    setProblems(({ [key]: _gone, ...rest }) => rest);
                  }}
                />
              )
            }
          />
        ))}
        <div className="preview-actions">
          <Button kind="primary" onClick={submit}>
            {t("form.previewSubmit")}
          </Button>
        </div>
      </div>
    </div>
  );
}

function computed(
  tree: Json | undefined,
  evaluate: Evaluator | null,
  values: Record<string, Value>,
): Value {
  if (tree === undefined || !evaluate) return null;
  const result = evaluate(tree, values);
  if (result === null || result === undefined) return null;
  return typeof result === "boolean" ? result : plain(result) || null;
}

function PreviewItem({
  item,
  cell,
}: {
  item: LayoutItem;
  cell: (key: string, span: number) => React.ReactNode;
}) {
  const [shown, setShown] = useState("0");
  if (!isTabs(item))
    return (
      <section className="form-item">
        {item.section !== undefined && <h3 className="preview-section">{words(item.section)}</h3>}
        <PreviewRows rows={item} cell={cell} />
      </section>
    );
  const tab = item.tabs[Number(shown)];
  return (
    <section className="form-item">
      <Tabs
        label={t("form.tabs")}
        current={shown}
        onChange={setShown}
        tabs={item.tabs.map((one, index) => ({ key: String(index), label: words(one.label) }))}
      />
      {tab && <PreviewRows rows={tab} cell={cell} />}
    </section>
  );
}

function PreviewRows({
  rows,
  cell,
}: {
  rows: Rows;
  cell: (key: string, span: number) => React.ReactNode;
}) {
  return (
    <div className="form-rows">
      {rows.rows.map((row) => (
        <div key={row.join()} className="form-row">
          {row.map((key) => cell(key, Math.floor(12 / row.length)))}
        </div>
      ))}
    </div>
  );
}

interface FieldProps {
  form: Form;
  fieldKey: string;
  span: number;
  value: Value;
  computed: Value;
  required: boolean;
  readOnly: boolean;
  problem: string | undefined;
  onChange: (value: Value) => void;
}

function PreviewField({
  form,
  fieldKey,
  span,
  value,
  computed: result,
  required,
  readOnly,
  problem,
  onChange,
}: FieldProps) {
  const session = useSession();
  const documents = useDocuments();
  const field = form.fields[fieldKey];
  if (!field) return null;
  const info = fieldInfo(session, documents, form, fieldKey, field);
  const { Edit, View } = widgetOf(info.widget, info.value_type);
  const id = `preview-${fieldKey}`;
  return (
    <div className="preview-field" style={{ gridColumn: `span ${span}` }}>
      <label htmlFor={id} className="field-label">
        <span>{info.label}</span>
        {(info.required || required) && <span className="required-mark" />}
      </label>
      {info.computed || !Edit ? (
        <p className="field-computed">
          {info.type === "serial" ? (
            t("form.autoNumber")
          ) : (
            <View field={info} value={result} app={session.app} />
          )}
        </p>
      ) : (
        <Edit
          field={{ ...info, required: info.required || required }}
          value={value}
          onChange={onChange}
          id={id}
          app={session.app}
          disabled={readOnly || info.read_only}
          invalid={!!problem}
          describedBy={problem ? `${id}-problem` : undefined}
        />
      )}
      {problem && (
        <p className="control-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      {info.help && <p className="meta">{info.help}</p>}
    </div>
  );
}
