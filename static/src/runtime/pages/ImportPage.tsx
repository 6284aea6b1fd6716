/** Importing records of one form. */
import { useQueries } from "@tanstack/react-query";

import { api } from "@/shared/api";
import type { FieldInfo, FormInfo } from "@/shared/types";
import { Failure } from "@/shared/ui/Problems";
import { PageSkeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/import";
import { optionsOf, textOption } from "@/widgets/values";

import type { TargetField } from "../import/target";
import { Wizard } from "../import/Wizard";
import { keys, recordsChanged, useForm } from "../queries";
import { mayEdit } from "../records";
import { useTitle } from "../title";

/** Fields by whose text a record is recognised. */
const NAMING = new Set(["text", "serial", "email", "phone"]);

function peopleMatches() {
  return [
    { value: "name", label: t("wizard.byName") },
    { value: "username", label: t("wizard.byUsername") },
    { value: "email", label: t("wizard.byEmail") },
  ];
}

/** The field that the title begins with comes first: it is what people write in a file. */
function linkMatches(form: FormInfo | undefined): { value: string; label: string }[] {
  if (!form) return [];
  const leading = /\{\{\s*(\w+)/.exec(form.title)?.[1];
  return form.fields
    .filter((field) => NAMING.has(field.widget))
    .sort((a, b) => Number(b.key === leading) - Number(a.key === leading))
    .map((field) => ({ value: field.key, label: t("wizard.byField", { field: field.label }) }));
}

export default function ImportPage({ app, form: key }: { app: string; form: string }) {
  const form = useForm(app, key);
  const fields = (form.data?.fields ?? []).filter(
    (field) => mayEdit(field) || (field.widget === "serial" && field.right === "edit"),
  );
  const links = fields.flatMap((field: FieldInfo) => {
    const other = textOption(field, "form");
    return field.value_type === "link" && other ? [{ field: field.key, other }] : [];
  });
  const others = useQueries({
    queries: links.map(({ other }) => ({
      queryKey: keys.form(app, other),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<FormInfo>(`/api/apps/${app}/forms/${other}`, { signal }),
      staleTime: 60_000,
      retry: false,
    })),
  });
  useTitle(form.data ? t("wizard.title", { form: form.data.label }) : null);
  if (form.isError) return <Failure error={form.error} onRetry={() => void form.refetch()} />;
  if (!form.data || others.some((other) => other.isPending)) return <PageSkeleton />;
  const targets: TargetField[] = fields.map((field) => {
    const at = links.findIndex((link) => link.field === field.key);
    const options = optionsOf(field);
    const target: TargetField = {
      key: field.key,
      label: field.label,
      required: field.required && field.default == null,
    };
    if (options.length) target.options = options;
    if (field.value_type === "person") {
      target.person = true;
      target.matches = peopleMatches();
    }
    if (at >= 0) {
      target.form = links[at]?.other;
      target.matches = linkMatches(others[at]?.data);
    }
    return target;
  });
  return (
    <Wizard
      target={{
        title: t("wizard.title", { form: form.data.label }),
        path: `/api/apps/${app}/records/${key}/import`,
        fields: targets,
        app,
        people: false,
        back: `/apps/${app}/${key}`,
        done: () => void recordsChanged(app, key),
      }}
    />
  );
}
