/** The bar: back, name, what differs from the release, undo and redo, problems, publish. */
import { useEffect, useState, useSyncExternalStore } from "react";

import { Icon } from "@/shared/icons";
import { isTyping, MOD, useShortcut } from "@/shared/keyboard";
import { Link } from "@/shared/router";
import { Button, IconButton } from "@/shared/ui/Button";
import { Popover } from "@/shared/ui/Popover";
import { toast } from "@/shared/ui/toast";
import { Tooltip } from "@/shared/ui/Tooltip";

import type { Address } from "../Designer";
import { idOf } from "../core/definitions";
import { SECTIONS } from "../kinds";
import { useNarrow } from "../parts/Sheet";
import { useDocuments, useSaveState, useSession, useSessionState, words } from "../session";
import { t } from "../texts";
import { showHelp } from "./KeyboardHelp";
import { ProblemList, useAllProblems } from "./ProblemList";
import { PublishSheet } from "./PublishSheet";
import { usePreview } from "./preview";

/** The document whose changes Ctrl+Z undoes on this screen. */
export function scopeOf(app: string, address: Address): string {
  const kind = SECTIONS.find((section) => section.path === address.section)?.kind;
  return kind && address.key ? idOf(kind, address.key) : idOf("application", app);
}

export function Bar({ address }: { address: Address }) {
  const session = useSession();
  const { info } = useSessionState();
  const documents = useDocuments();
  const [publishing, setPublishing] = useState(false);
  const [listing, setListing] = useState(false);
  const preview = usePreview();
  const scope = scopeOf(session.app, address);
  const { workspace } = session;
  const undoLabel = useSyncExternalStore(workspace.subscribe, () => workspace.undoLabel(scope));
  const redoLabel = useSyncExternalStore(workspace.subscribe, () => workspace.redoLabel(scope));
  const problems = useAllProblems();
  const errors = problems.filter((problem) => problem.severity !== "warning").length;
  const label = words(
    documents[idOf("application", session.app)]?.label,
    words(info.label, session.app),
  );

  const undo = () => {
    const what = workspace.undo(scope);
    if (what) toast(t("d.undone", { what }), { seconds: 2 });
  };
  const redo = () => {
    const what = workspace.redo(scope);
    if (what) toast(t("d.redone", { what }), { seconds: 2 });
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || !(event.ctrlKey || event.metaKey))
        return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) redo();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  });
  useShortcut("mod+enter", () => setPublishing(true));

  useEffect(() => {
    document.title = `${label} · ${t("d.designer")}`;
  }, [label]);

  return (
    <header className="bar">
      <Link
        className="bar-back"
        aria-label={info.release ? t("d.backToApp") : t("d.home")}
        href={info.release ? `/apps/${session.app}` : "/"}
        onClick={(event: React.MouseEvent) => {
          // The runtime is another page; its address is not the designer's to route.
          event.preventDefault();
          void session.saver
            .flush()
            .then(() => window.location.assign(info.release ? `/apps/${session.app}` : "/"));
        }}
      >
        <Icon name="arrow-left" />
        <span>{info.release ? t("d.backToApp") : t("d.home")}</span>
      </Link>
      <span className="bar-name ellipsis">{label}</span>
      <StatePill />
      <span className="grow" />
      <span className="bar-history">
        <Tooltip
          title={`${undoLabel ? t("d.undo", { what: undoLabel }) : t("d.nothingToUndo")}  ${MOD}+Z`}
        >
          <IconButton
            icon="undo"
            label={t("d.undoStep")}
            noTooltip
            disabled={!undoLabel}
            onClick={undo}
          />
        </Tooltip>
        <Tooltip
          title={`${redoLabel ? t("d.redo", { what: redoLabel }) : t("d.nothingToRedo")}  ${MOD}+Shift+Z`}
        >
          <IconButton
            icon="redo"
            label={t("d.redoStep")}
            noTooltip
            disabled={!redoLabel}
            onClick={redo}
          />
        </Tooltip>
        <IconButton icon="keyboard" label={t("d.help")} shortcut="?" onClick={showHelp} />
      </span>
      <Popover
        open={listing}
        onOpenChange={setListing}
        placement="bottomRight"
        content={<ProblemList onClose={() => setListing(false)} />}
      >
        <button
          type="button"
          className={`plain bar-problems${errors ? " has-errors" : ""}`}
          aria-expanded={listing}
          aria-label={t("d.problemCount", { n: problems.length })}
          aria-haspopup="dialog"
        >
          <Icon name={errors ? "error" : "success"} />
          <span>{t("d.problemCount", { n: problems.length })}</span>
        </button>
      </Popover>
      {preview.available && (
        <Button
          icon="eye"
          onClick={preview.toggle}
          aria-label={t("d.preview")}
          aria-pressed={preview.on}
          className="bar-preview"
        >
          {t("d.preview")}
        </Button>
      )}
      <Popover
        open={publishing}
        onOpenChange={setPublishing}
        placement="bottomRight"
        content={publishing ? <PublishSheet onClose={() => setPublishing(false)} /> : null}
      >
        <Button kind="primary" aria-expanded={publishing} aria-haspopup="dialog">
          {t("d.publish")}
        </Button>
      </Popover>
    </header>
  );
}

/** One state in words: what is not saved yet, or else how the draft differs from the release. */
function StatePill() {
  const { app } = useSession();
  const { info } = useSessionState();
  const saving = useSaveState();
  const phone = useNarrow(768);
  const busy: Record<string, string> = {
    waiting: t("d.waiting"),
    saving: t("d.saving"),
    unreachable: t("d.unreachable"),
    refused: t("d.refused"),
    conflict: t("d.conflict"),
    saved: t("d.saved"),
  };
  // A phone has room for a word or two.
  const brief: Record<string, string> = {
    saved: t("d.savedShort"),
    waiting: t("d.waiting"),
    saving: t("d.saving"),
    unreachable: t("d.unreachableShort"),
    refused: t("d.refusedShort"),
    conflict: t("d.conflictShort"),
  };
  const differs =
    info.release === null
      ? t("d.neverPublished")
      : info.changes
        ? t("d.differs", { n: info.release, changes: info.changes })
        : t("d.same", { n: info.release });
  const wrong =
    saving.state === "unreachable" || saving.state === "refused" || saving.state === "conflict";
  return (
    <span className="bar-state">
      <span
        className={`pill${wrong ? " is-wrong" : saving.state === "saved" ? " is-saved" : ""}`}
        role="status"
      >
        {(phone ? brief : busy)[saving.state]}
      </span>
      {saving.state === "saved" && (
        <Link className="pill is-link" href={`/design/${app}/release`}>
          {differs}
        </Link>
      )}
    </span>
  );
}
