/** Says while there is no network; what the page asks for meanwhile is asked again afterwards. */
import { useSyncExternalStore } from "react";

import { Icon } from "../icons";
import { t } from "../texts";

function listen(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

export function OfflineBanner() {
  const online = useSyncExternalStore(listen, () => navigator.onLine);
  return (
    <div role="status" className={online ? undefined : "offline"}>
      {!online && (
        <>
          <Icon name="warning" />
          <span>{t("common.offlineText")}</span>
        </>
      )}
    </div>
  );
}
