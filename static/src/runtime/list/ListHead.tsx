/** The head of a list: its name, how many records, what can be done with all of them. */
import { copyText } from "@/shared/clipboard";
import { number } from "@/shared/format";
import { useLocation } from "@/shared/router";
import type { FormInfo, RecordList } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu, type MenuEntry } from "@/shared/ui/Menu";
import { attempt, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/list";

import { exportList } from "./exporting";
import type { SavedView } from "./savedViews";
import type { ListQuery } from "./useList";

interface Props {
  form: FormInfo;
  phone: boolean;
  /** How many records match; missing while nobody knows, and where it is not shown. */
  count: RecordList["count"] | undefined;
  query: ListQuery;
  /** The fields an export holds, in the order of the columns. */
  columns: string[];
  savedView: SavedView | null;
  onRemoveView: (view: SavedView) => void;
  onCreate: () => void;
}

export function ListHead(props: Props) {
  const { form, phone, count, onCreate } = props;
  const [, navigate] = useLocation();
  const importHere = () => navigate(`/apps/${form.app}/${form.key}/import`);
  // A phone has no room for a second button: importing moves into the menu.
  const entries = [
    ...(phone && form.rights.import ? [importEntry(importHere)] : []),
    ...menuEntries(props),
  ];
  return (
    <header className="list-head">
      {phone && (
        <IconButton
          icon="chevron-left"
          iconSize={20}
          label={t("list.backToApp")}
          onClick={() => navigate(`/apps/${form.app}?navigation=1`)}
          noTooltip
        />
      )}
      <div className="list-name">
        <h1 className="ellipsis">{form.label}</h1>
        {count && (
          <span className="meta" role="status">
            {t(count.capped ? "list.countCapped" : "list.count", { n: number(count.value) })}
          </span>
        )}
      </div>
      {form.rights.create &&
        (phone ? (
          <IconButton
            kind="primary"
            icon="add"
            label={t("list.new", { form: form.label })}
            onClick={onCreate}
            noTooltip
          />
        ) : (
          <Button kind="primary" icon="add" onClick={onCreate}>
            {t("list.new", { form: form.label })}
          </Button>
        ))}
      {form.rights.import && !phone && (
        <Button icon="import" onClick={importHere}>
          {t("list.import")}
        </Button>
      )}
      {entries.length > 0 && (
        <Menu items={entries} placement="bottomRight">
          <IconButton
            icon="more"
            label={t("common.more")}
            kind="plain"
            aria-haspopup="menu"
            noTooltip
          />
        </Menu>
      )}
    </header>
  );
}

function importEntry(run: () => void): MenuEntry {
  return { key: "import", label: t("list.import"), icon: "import", run };
}

function menuEntries({ form, query, columns, savedView, onRemoveView }: Props): MenuEntry[] {
  const entries: MenuEntry[] = [];
  if (form.rights.export) {
    entries.push(
      {
        key: "xlsx",
        label: t("list.exportXlsx"),
        icon: "export",
        run: () => void exportList(query, "xlsx", form.label, columns),
      },
      {
        key: "csv",
        label: t("list.exportCsv"),
        icon: "export",
        run: () => void exportList(query, "csv", form.label, columns),
      },
    );
  }
  if (form.public_url) {
    const url = new URL(form.public_url, window.location.origin).href;
    entries.push({
      key: "public",
      label: t("list.publicForm"),
      icon: "link",
      run: () => void attempt(() => copyText(url).then(() => toast(t("common.copied")))),
    });
  }
  if (savedView)
    entries.push("line", {
      key: "delete-view",
      label: t("list.deleteView", { name: savedView.label }),
      icon: "trash",
      run: () => onRemoveView(savedView),
    });
  return entries;
}
