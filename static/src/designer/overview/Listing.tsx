/** The list of one kind: its definitions, or an empty state that says what the kind is for. */
import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";

import type { Kind } from "../core/definitions";
import { SECTIONS } from "../kinds";
import { RuleList } from "../rule/RuleList";
import { useBodies } from "../session";
import { t } from "../texts";
import { DefinitionRows } from "./DefinitionRows";
import { NewDefinition, newLabel } from "./NewDefinition";

function emptyWords(kind: Kind): [string, string] {
  switch (kind) {
    case "form":
      return [t("d.noForms"), t("d.firstFormText")];
    case "flow":
      return [t("d.noFlows"), t("d.noFlowsText")];
    case "report":
      return [t("d.noReports"), t("d.noReportsText")];
    case "dashboard":
      return [t("d.noDashboards"), t("d.noDashboardsText")];
    default:
      return [t("d.noRoles"), t("d.stepRoleText")];
  }
}

export default function Listing({ section }: { section: string }) {
  const found = SECTIONS.find((other) => other.path === section);
  const kind = found?.kind ?? "form";
  const bodies = useBodies(kind);
  const forms = useBodies("form");
  const [creating, setCreating] = useState(false);
  const canCreate = kind === "form" || kind === "role" || forms.length > 0;
  const button = (
    <Button kind="primary" icon="add" disabled={!canCreate} onClick={() => setCreating(true)}>
      {newLabel(kind)}
    </Button>
  );
  const [emptyTitle, emptyText] = emptyWords(kind);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{found?.label}</h1>
        {bodies.length > 0 && button}
      </div>
      {kind === "rule" ? (
        <RuleList onNew={() => setCreating(true)} />
      ) : bodies.length ? (
        <section className="panel">
          <DefinitionRows kind={kind} />
        </section>
      ) : (
        <Empty
          icon={found?.icon}
          title={emptyTitle}
          text={canCreate ? emptyText : t("d.needsForm")}
          actions={button}
        />
      )}
      {creating && <NewDefinition kind={kind} onClose={() => setCreating(false)} />}
    </div>
  );
}
