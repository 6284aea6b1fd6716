/** What a formula gives for sample values, which can be changed beside it. */
import { useEffect, useMemo, useState } from "react";

import { number as grouped } from "@/shared/format";
import type { Json } from "@/shared/types";
import { Input } from "@/shared/ui/Input";

import { plain } from "../core/json";
import { useDocuments } from "../session";
import { t } from "../texts";
import { namesInTree, sampleOf, setSample, useSamples } from "./samples";
import { fieldsOf, useSurroundings } from "./schema/context";

type Evaluate = (tree: Json, env: Record<string, unknown>) => unknown;

// Loaded when first used: most panels never evaluate anything.
const MODULES = import.meta.glob<Record<string, unknown>>("../../formulas/evaluate.ts");

async function loadEvaluate(): Promise<Evaluate | null> {
  const load = Object.values(MODULES)[0];
  const module = load ? await load() : null;
  return (module?.evaluate as Evaluate | undefined) ?? null;
}

function useEvaluate(): Evaluate | null {
  const [evaluate, setEvaluate] = useState<Evaluate | null>(null);
  useEffect(() => {
    let current = true;
    void loadEvaluate().then((found) => current && setEvaluate(() => found));
    return () => {
      current = false;
    };
  }, []);
  return evaluate;
}

/** Evaluates a checked tree over values of a form; null while the interpreter is being loaded. */
export type Evaluator = (tree: Json, values: Record<string, unknown>) => unknown;

export function useEvaluator(): Evaluator | null {
  const evaluate = useEvaluate();
  return useMemo(() => {
    if (!evaluate) return null;
    return (tree, values) => {
      try {
        return evaluate(tree, {
          values,
          now: new Date().toISOString(),
          zone: "Asia/Shanghai",
          actor: ACTOR,
          links: {},
          old: {},
          people: {},
        });
      } catch {
        // A trial of a half-written formula says nothing rather than failing.
        return null;
      }
    };
  }, [evaluate]);
}

const ACTOR = {
  id: 1,
  department: null,
  departments: [],
  subordinates: [],
  roles: [],
  username: "",
  name: "",
};

function shownResult(value: unknown, returns: string | undefined): string {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return value ? t("common.yes") : t("common.no");
  const text =
    typeof value === "object"
      ? value instanceof Date
        ? value.toISOString()
        : JSON.stringify(value)
      : plain(value);
  if ((returns === "number" || returns === "money" || !returns) && /^-?\d+(\.\d+)?$/.test(text))
    return grouped(text, returns === "money" ? 2 : null);
  return text;
}

/** The result for the samples of the form, and the fields it was worked out from. */
export function useTrial(tree: Json | undefined, formKey: string | null, returns?: string) {
  const documents = useDocuments();
  const samples = useSamples();
  const evaluate = useEvaluator();
  if (tree === undefined || !formKey) return null;
  const today = new Date().toISOString().slice(0, 10);
  const fields = fieldsOf(documents, formKey);
  const used = fields.filter(({ key }) => namesInTree(tree).includes(key));
  const values = Object.fromEntries(
    fields.map((choice) => [choice.key, sampleOf(samples, formKey, choice, today)]),
  );
  const result = evaluate ? shownResult(evaluate(tree, values), returns) : null;
  return { result, used, values };
}

export function TrialResult({ tree, returns }: { tree: Json; returns?: string }) {
  const { form } = useSurroundings();
  const trial = useTrial(tree, form, returns);
  if (!trial || trial.result === null) return null;
  const editable = trial.used.filter(({ type }) =>
    ["number", "money", "date", "text"].includes(type),
  );
  return (
    <div className="trial">
      {editable.map(({ key, label, type }) => (
        <label key={key} className="trial-input">
          <span className="meta">{label}</span>
          <Input
            size="small"
            value={String((trial.values[key] as string | null) ?? "")}
            inputMode={type === "number" || type === "money" ? "decimal" : "text"}
            onChange={(text) => setSample(form ?? "", key, text || null)}
          />
        </label>
      ))}
      <p className="trial-result" role="status">
        <span className="meta">{t("form.result")}</span> <b>{trial.result}</b>
      </p>
    </div>
  );
}
