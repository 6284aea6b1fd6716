/** An address that leads nowhere. */
import { useLocation } from "@/shared/router";
import { t } from "@/shared/texts";
import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";

export default function MissingPage() {
  const [, navigate] = useLocation();
  return (
    <Empty
      icon="search"
      title={t("common.missing")}
      actions={<Button onClick={() => navigate("/")}>{t("shell.home")}</Button>}
    />
  );
}
