/** The bell: what happened, newest first; opening an entry marks it as read. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/shared/api";
import { relative } from "@/shared/format";
import { queryClient } from "@/shared/queries";
import { useLocation } from "@/shared/router";
import { t } from "@/shared/texts";
import { Button, IconButton } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Popover } from "@/shared/ui/Popover";
import { attempt } from "@/shared/ui/toast";

import { usePhone } from "../media";
import { keys } from "../queries";

interface Notification {
  id: number;
  text: string;
  at: string;
  read: boolean;
  link: string | null;
}

interface Notifications {
  notifications: Notification[];
  unread: number;
}

/** An approval has a page of its own for phones; on a desktop it opens in the inbox. */
const APPROVAL = /^\/approve\/(\d+)$/;

export function Notifications() {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const [, navigate] = useLocation();
  const { data } = useQuery({
    queryKey: keys.notifications,
    queryFn: ({ signal }) => api.get<Notifications>("/api/notifications", { signal }),
    refetchInterval: 30_000,
  });
  const read = async (body: { ids: number[] } | { all: true }) => {
    await attempt(() => api.post("/api/notifications/read", body));
    await queryClient.invalidateQueries({ queryKey: keys.notifications });
  };
  const follow = (link: string) => {
    const id = APPROVAL.exec(link)?.[1];
    if (!id) navigate(link);
    else if (phone) window.location.assign(link);
    else navigate(`/inbox?id=${id}`);
  };
  const list = data?.notifications ?? [];
  const content = (
    <div className="notifications">
      <div className="row notifications-head">
        <h2 className="grow">{t("shell.notifications")}</h2>
        {data && data.unread > 0 && (
          <Button kind="text" size="small" onClick={() => void read({ all: true })}>
            {t("shell.readAll")}
          </Button>
        )}
      </div>
      {list.length === 0 ? (
        <Empty icon="bell" title={t("shell.noNotifications")} small />
      ) : (
        <ul>
          {list.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={`plain notification${one.read ? "" : " is-unread"}`}
                onClick={() => {
                  setOpen(false);
                  const link = one.link;
                  const marked = one.read ? Promise.resolve() : read({ ids: [one.id] });
                  if (link) void marked.then(() => follow(link));
                }}
              >
                <span>{one.text}</span>
                <span className="meta">{relative(one.at)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
  return (
    <Popover
      label={t("shell.notifications")}
      open={open}
      onOpenChange={setOpen}
      content={content}
      placement="bottomRight"
    >
      <IconButton
        icon="bell"
        iconSize={20}
        label={t("shell.notifications")}
        badge={data?.unread || undefined}
        aria-expanded={open}
        noTooltip
      />
    </Popover>
  );
}
