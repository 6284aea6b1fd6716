/** Records of another form that point here. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { Link } from "@/shared/router";
import type { FormInfo, RecordList, Value } from "@/shared/types";
import { Skeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/record";
import { alignment } from "@/widgets/align";
import { widget } from "@/widgets/registry";

import { usualColumns } from "../list/columns";
import { useForm } from "../queries";

export interface RelatedForm {
  form: string;
  link: string;
  label: string;
}

const MOST = 50;

export function relatedQuery(app: string, form: string, id: number, related: RelatedForm) {
  return {
    queryKey: ["related", app, form, id, related.form, related.link],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<RecordList>(`/api/apps/${app}/records/${form}/${id}/related/${related.form}`, {
        query: { link: related.link, limit: MOST, count: true },
        signal,
      }),
  };
}

export function Related({
  form,
  id,
  related,
}: {
  form: FormInfo;
  id: number;
  related: RelatedForm;
}) {
  const other = useForm(form.app, related.form);
  const list = useQuery(relatedQuery(form.app, form.key, id, related));
  if (!other.data || !list.data) return <Skeleton lines={4} height={24} />;
  const view = Object.values(other.data.views).find((one) => one.type === "table") ?? null;
  const columns = usualColumns(other.data, view)
    .filter((key) => key !== related.link)
    .flatMap((key) => other.data.fields.find((field) => field.key === key) ?? [])
    .slice(0, 6);
  if (!list.data.records.length)
    return <p className="muted">{t("record.noRelated", { form: related.label })}</p>;
  return (
    <div className="related">
      <table>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.key} scope="col" className={`is-${alignment(field)}`}>
                {field.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.data.records.map((record) => (
            <tr key={record.id}>
              {columns.map((field, index) => {
                const { View } = widget(field);
                const shown = (
                  <View field={field} value={record[field.key] as Value} app={form.app} compact />
                );
                return (
                  <td key={field.key} className={`is-${alignment(field)}`}>
                    {index === 0 ? (
                      <Link href={`/apps/${form.app}/${related.form}/${record.id}`}>{shown}</Link>
                    ) : (
                      shown
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {list.data.next && (
        <Link
          href={`/apps/${form.app}/${related.form}?filter=${encodeURIComponent(`${related.link} in [${id}]`)}`}
        >
          {t("record.all")}
        </Link>
      )}
    </div>
  );
}
