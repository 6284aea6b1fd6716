/** Filling in a new record: live behaviour, problems at the field and counted, the draft kept until saved. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { ApiError } from "@/shared/api";
import { MOD, useShortcut } from "@/shared/keyboard";
import type { FieldInfo, FormInfo, RecordData } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Field } from "@/shared/ui/Field";
import { Tooltip } from "@/shared/ui/Tooltip";
import { failed } from "@/shared/ui/toast";
import { uniqueKey } from "@/shared/unique";
import { t } from "@/shared/texts/form";
import { isEmpty, widget } from "@/widgets/registry";

import { createRecord, fieldOf, mayEdit } from "../records";
import { usePerson } from "../session";
import { useAround } from "./around";
import { FieldGrid } from "./FieldGrid";
import { behaviour, computed, defaults, failures, type Values } from "./live";

interface Props {
  form: FormInfo;
  given: Values;
  onSaved: (record: RecordData, again: boolean) => void;
  onCancel: () => void;
}

const draftKey = (form: FormInfo) => `mortise.draft.${form.app}.${form.key}`;

function readDraft(form: FormInfo): Values | null {
  try {
    return JSON.parse(localStorage.getItem(draftKey(form)) ?? "null") as Values | null;
  } catch {
    return null;
  }
}

export function RecordForm({ form, given, onSaved, onCancel }: Props) {
  const person = usePerson();
  const fresh = useCallback(
    () => defaults(form, given, { person, links: {} }),
    [form, given, person],
  );
  const [draft] = useState(() => (Object.keys(given).length ? null : readDraft(form)));
  const [values, setValues] = useState<Values>(() => draft ?? fresh());
  const [restored, setRestored] = useState(draft !== null);
  const [changed, setChanged] = useState(draft !== null);
  const [tried, setTried] = useState(false);
  const [answered, setAnswered] = useState<Record<string, string>>({});
  const [general, setGeneral] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const sent = useRef({ body: "", key: "" });
  const root = useRef<HTMLFormElement>(null);

  const around = useAround(form, values);
  const full = useMemo(() => computed(form, values, around), [form, values, around]);
  const outcome = useMemo(() => behaviour(form, full, around), [form, full, around]);
  const shown = form.fields.filter((field) => !outcome.hidden.has(field.key));

  useEffect(() => {
    if (changed) localStorage.setItem(draftKey(form), JSON.stringify(values));
  }, [changed, form, values]);

  useEffect(() => {
    // Where there is a keyboard one types at once; on a phone it would cover half of the form.
    if (!matchMedia("(hover: hover)").matches) return;
    const frame = requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>("input:enabled, textarea:enabled")?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, []);

  const problems = useMemo(() => {
    const result = new Map<string, string>();
    for (const [key, message] of Object.entries(answered)) result.set(key, message);
    if (!tried) return result;
    for (const field of shown) {
      if (
        mayEdit(field) &&
        outcome.required.has(field.key) &&
        isEmpty(full[field.key]) &&
        !result.has(field.key)
      )
        result.set(field.key, t("form.required", { field: field.label }));
    }
    return result;
  }, [answered, full, outcome.required, shown, tried]);
  const failing = useMemo(() => failures(form, full, around), [form, full, around]);
  const visible = new Set(shown.map((field) => field.key));
  const checks = failing.filter((one) => one.at === null || !visible.has(one.at));
  const messages = new Map(problems);
  for (const one of failing) {
    if (one.at && visible.has(one.at) && !messages.has(one.at) && (tried || !isEmpty(full[one.at])))
      messages.set(one.at, one.message);
  }
  const loose = [...general, ...(tried ? checks.map((one) => one.message) : [])];
  const count = (tried ? messages.size : Object.keys(answered).length) + loose.length;

  const focusFirst = () => {
    requestAnimationFrame(() => {
      const wrong = root.current?.querySelector<HTMLElement>(
        ".field.is-wrong :is(input, textarea, [role=combobox])",
      );
      wrong?.focus();
      wrong?.scrollIntoView({ block: "center" });
    });
  };

  const submit = async (again: boolean) => {
    if (busy) return;
    setTried(true);
    const missing = shown.some(
      (field) => mayEdit(field) && outcome.required.has(field.key) && isEmpty(full[field.key]),
    );
    if (missing || failing.length) {
      setAnswered({});
      setGeneral([]);
      focusFirst();
      return;
    }
    const body: Values = {};
    for (const field of shown) {
      if (mayEdit(field) && !outcome.readOnly.has(field.key) && values[field.key] !== undefined)
        body[field.key] = values[field.key];
    }
    const text = JSON.stringify(body);
    if (sent.current.body !== text) sent.current = { body: text, key: uniqueKey() };
    setBusy(true);
    setAnswered({});
    setGeneral([]);
    try {
      const record = await createRecord(form.app, form.key, body, sent.current.key);
      localStorage.removeItem(draftKey(form));
      sent.current = { body: "", key: "" };
      if (again) {
        setValues(fresh());
        setTried(false);
        setChanged(false);
        setRestored(false);
        requestAnimationFrame(() =>
          root.current?.querySelector<HTMLElement>("input, textarea")?.focus(),
        );
      }
      onSaved(record, again);
    } catch (error) {
      if (error instanceof ApiError && error.problems.length) {
        const at: Record<string, string> = {};
        const other: string[] = [];
        for (const problem of error.problems) {
          const key = fieldOf(problem.path);
          if (visible.has(key)) at[key] ??= problem.message;
          else other.push(problem.message);
        }
        setAnswered(at);
        setGeneral(other);
        focusFirst();
      } else failed(error);
    }
    setBusy(false);
  };
  useShortcut("mod+enter", () => void submit(false));

  const fields = shown.filter((field) => field.widget !== "serial");
  if (!fields.some(mayEdit)) return <Empty icon="lock" title={t("form.noFields")} />;
  const control = (field: FieldInfo) => {
    const { Edit, View } = widget(field);
    const editable = mayEdit(field) && !!Edit;
    const problem = messages.get(field.key) ?? null;
    return (
      <Field
        label={field.label}
        required={editable && outcome.required.has(field.key)}
        help={field.help}
        problem={problem}
      >
        {({ id, describedBy, invalid }) =>
          editable && Edit ? (
            <Edit
              id={id}
              field={{ ...field, required: outcome.required.has(field.key) }}
              value={values[field.key]}
              app={form.app}
              disabled={outcome.readOnly.has(field.key)}
              describedBy={describedBy}
              invalid={invalid}
              onChange={(value) => {
                setValues((old) => ({ ...old, [field.key]: value }));
                setChanged(true);
                if (answered[field.key]) {
                  setAnswered(({ [field.key]: _gone, ...rest }) => rest);
                }
              }}
            />
          ) : (
            <output id={id} className="computed" title={t("form.computed")}>
              <View field={field} value={full[field.key]} app={form.app} compact signed />
            </output>
          )
        }
      </Field>
    );
  };
  return (
    <form
      ref={root}
      className="record-form"
      noValidate
      onKeyDownCapture={(event) => {
        // Before a list that has the focus takes it for opening itself.
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        void submit(false);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(false);
      }}
    >
      <div className="record-form-body">
        {restored && (
          <p className="notice">
            <span className="grow">{t("form.draftKept")}</span>
            <Button
              kind="text"
              size="small"
              onClick={() => {
                localStorage.removeItem(draftKey(form));
                setValues(fresh());
                setChanged(false);
                setRestored(false);
              }}
            >
              {t("form.discard")}
            </Button>
          </p>
        )}
        <FieldGrid form={form} fields={fields} render={control} wrong={new Set(messages.keys())} />
      </div>
      <div className="record-form-foot">
        <div className="grow" role="status" aria-live="polite">
          {count > 0 && (
            <button type="button" className="plain danger-text" onClick={focusFirst}>
              {loose[0] ?? t("form.toFix", { n: count })}
            </button>
          )}
        </div>
        <Button onClick={onCancel}>{t("common.cancel")}</Button>
        <Button onClick={() => void submit(true)} disabled={busy}>
          {t("form.saveAndNew")}
        </Button>
        <Tooltip title={`${MOD} Enter`} placement="top">
          <Button kind="primary" submit busy={busy}>
            {t("form.save")}
          </Button>
        </Tooltip>
      </div>
    </form>
  );
}
