/** A list without records: nothing matches the filter, or nothing has been entered yet. */
import { useLocation } from "@/shared/router";
import type { FormInfo } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { t } from "@/shared/texts/list";

interface Props {
  form: FormInfo;
  filtered: boolean;
  onClearFilter: () => void;
  onCreate: () => void;
}

export function ListEmpty({ form, filtered, onClearFilter, onCreate }: Props) {
  const [, navigate] = useLocation();
  if (filtered)
    return (
      <Empty
        icon="search"
        title={t("list.emptyFiltered")}
        actions={<Button onClick={onClearFilter}>{t("list.clearFilter")}</Button>}
      />
    );
  return (
    <Empty
      icon="form"
      title={t("list.empty", { form: form.label })}
      text={form.rights.create || form.rights.import ? t("list.emptyText") : undefined}
      actions={
        <>
          {form.rights.create && (
            <Button kind="primary" icon="add" onClick={onCreate}>
              {t("list.new", { form: form.label })}
            </Button>
          )}
          {form.rights.import && (
            <Button icon="import" onClick={() => navigate(`/apps/${form.app}/${form.key}/import`)}>
              {t("list.import")}
            </Button>
          )}
        </>
      }
    />
  );
}
