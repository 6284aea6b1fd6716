/** A new application: a name, and where to start from. */
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { ApiError, api } from "@/shared/api";
import { language } from "@/shared/i18n";
import { Button } from "@/shared/ui/Button";
import { Radios } from "@/shared/ui/Checkbox";
import { Field } from "@/shared/ui/Field";
import { Input } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { failed } from "@/shared/ui/toast";
import { t } from "@/shared/texts/home";

import { TableFile } from "../table/TableFile";
import { type Arrived, PackageChanges } from "./PackageChanges";

/** A packaged application begins with `template:`. */
type Start = "blank" | "table" | `template:${string}` | "file";

interface Template {
  key: string;
  label: string;
  description: string;
}

/** What the package is, and what becomes of one that is in use already. */
function templateHelp(template: Template, installed: boolean): string {
  const parts = [template.description, installed ? t("home.templateThere") : ""];
  return parts.filter(Boolean).join(language === "en" ? " " : "");
}

function actionLabel(there: Arrived | null): string {
  if (!there) return t("home.create");
  return there.changes.length > 0 ? t("home.takeOver") : t("home.openDesign");
}

/** Take the package over, or only hear what that would change. */
function arrived(file: File, dry: boolean): Promise<Arrived> {
  const body = new FormData();
  body.append("file", file);
  if (dry) body.append("dry_run", "true");
  return api.post<Arrived>("/api/builder/applications/import", body);
}

interface Props {
  /** Keys of the applications that are there. */
  taken: readonly string[];
  onClose: () => void;
}

export function NewApplication({ taken, onClose }: Props) {
  const templates = useQuery({
    queryKey: ["builder", "templates"],
    queryFn: async ({ signal }) =>
      (await api.get<{ templates: Template[] }>("/api/builder/templates", { signal })).templates,
    staleTime: Infinity,
  });
  const [label, setLabel] = useState("");
  const [start, setStart] = useState<Start>("blank");
  const [file, setFile] = useState<File | null>(null);
  const [there, setThere] = useState<Arrived | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const ready = start === "file" ? file !== null : label.trim() !== "";
  const run = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      if (start === "file" && file) {
        const found = there ?? (await arrived(file, true));
        if (!there && found.exists) {
          setThere(found);
          setBusy(false);
          return;
        }
        if (!there || there.changes.length > 0) await arrived(file, false);
        window.location.assign(`/design/${found.application}`);
        return;
      }
      const made = await api.post<{ key: string }>("/api/builder/applications", {
        label: label.trim(),
        ...(start.startsWith("template:") ? { template: start.slice("template:".length) } : {}),
      });
      window.location.assign(`/design/${made.key}`);
    } catch (error) {
      if (error instanceof ApiError && error.problems[0]) setProblem(error.problems[0].message);
      else failed(error);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("home.newApp")}
      onClose={onClose}
      // A spreadsheet is looked at on a page of its own as soon as it is chosen.
      action={
        start === "table"
          ? undefined
          : { label: actionLabel(there), run: () => void run(), busy, disabled: !ready }
      }
    >
      <div className="stack form-stack">
        {start !== "file" && start !== "table" && (
          <Field label={t("home.appName")} required problem={problem}>
            {({ id, describedBy, invalid }) => (
              <Input
                id={id}
                value={label}
                autoFocus
                maxLength={40}
                placeholder={t("home.appNameHint")}
                aria-describedby={describedBy}
                aria-invalid={invalid}
                status={invalid ? "error" : undefined}
                onChange={setLabel}
                onPressEnter={() => void run()}
              />
            )}
          </Field>
        )}
        <Field label={t("home.from")}>
          {() => (
            <Radios<Start>
              name="start"
              label={t("home.from")}
              value={start}
              onChange={(chosen) => {
                setStart(chosen);
                setThere(null);
                setProblem(null);
              }}
              options={[
                { value: "blank", label: t("home.blank"), help: t("home.blankText") },
                { value: "table", label: t("home.table"), help: t("home.tableText") },
                ...(templates.data ?? []).map((template) => ({
                  value: `template:${template.key}` as const,
                  label: t("home.template", { name: template.label }),
                  help: templateHelp(template, taken.includes(template.key)),
                })),
                { value: "file", label: t("home.sheet"), help: t("home.sheetText") },
              ]}
            />
          )}
        </Field>
        {start === "table" && <TableFile />}
        {start === "file" && (
          <div className="row">
            <input
              ref={input}
              type="file"
              accept=".zip"
              hidden
              onChange={(event) => {
                setFile(event.target.files?.[0] ?? null);
                setThere(null);
                setProblem(null);
              }}
            />
            <Button icon="upload" onClick={() => input.current?.click()}>
              {t("home.chooseFile")}
            </Button>
            <span className="ellipsis">{file?.name}</span>
          </div>
        )}
        {start === "file" && there && <PackageChanges package={there} />}
        {start === "file" && problem && <p className="field-problem">{problem}</p>}
      </div>
    </Modal>
  );
}
