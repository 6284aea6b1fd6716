/** The browser tab's title. */
import { useEffect } from "react";

import { t } from "@/shared/texts";

export function useTitle(...parts: (string | null | undefined)[]): void {
  const text = [...parts.filter(Boolean), t("shell.product")].join(" · ");
  useEffect(() => {
    document.title = text;
  }, [text]);
}
