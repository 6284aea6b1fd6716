/** The address names a definition that is not there (any more). */
import { Link } from "@/shared/router";
import { Empty } from "@/shared/ui/Empty";

import { useSession } from "../session";
import { t } from "../texts";

export function Missing({ section }: { section: string }) {
  const { app } = useSession();
  return (
    <Empty
      icon="warning"
      title={t("common.missing")}
      actions={<Link href={`/design/${app}/${section}`}>{t("common.back")}</Link>}
    />
  );
}
