/** The definitions of one kind as rows: what each is, its problems, whether it has changed. */
import { useState } from "react";

import { Icon } from "@/shared/icons";
import { Link } from "@/shared/router";
import { IconButton } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import { Modal } from "@/shared/ui/Modal";
import { Tag } from "@/shared/ui/Tag";

import { builder, type Usage } from "../api";
import { idOf, type Body, type Kind } from "../core/definitions";
import { isObject } from "../core/json";
import { designPath, kindIcon } from "../kinds";
import {
  useBodies,
  useDocuments,
  useProblems,
  useSession,
  useSessionState,
  words,
} from "../session";
import { t } from "../texts";
import { RemoveDefinition, startRemoval, UsageList, type Removal } from "./RemoveDefinition";
import "./overview.css";

export function DefinitionRows({ kind, title }: { kind: Kind; title?: string }) {
  const bodies = useBodies(kind);
  if (bodies.length === 0) return null;
  return (
    <div className="definition-group">
      {title && <h3 className="meta">{title}</h3>}
      <ul>
        {bodies.map((body) => (
          <DefinitionRow key={body.key} kind={kind} body={body} />
        ))}
      </ul>
    </div>
  );
}

/** How many members an object of a definition has; a half-written one may have none. */
function size(value: unknown): number {
  return isObject(value) ? Object.keys(value).length : 0;
}

function useFacts(kind: Kind, body: Body): string {
  const documents = useDocuments();
  const form = body.form
    ? t("d.forForm", {
        form: words(documents[idOf("form", String(body.form))]?.label, String(body.form)),
      })
    : "";
  if (kind === "form") return t("d.fieldCount", { n: size(body.fields) });
  if (kind === "flow") return `${form} · ${t("d.nodeCount", { n: size(body.nodes) })}`;
  if (kind === "dashboard")
    return t("d.widgetCount", { n: ((body.widgets as unknown[]) ?? []).length });
  if (kind === "role") return roleFacts(body);
  return form;
}

function roleFacts(body: Body): string {
  const grants = (body.grants as { form?: string }[] | undefined) ?? [];
  if (grants.some(({ form }) => form === "*")) return t("role.everyForm");
  return grants.length ? t("d.formCount", { n: grants.length }) : t("d.noGrants");
}

function DefinitionRow({ kind, body }: { kind: Kind; body: Body }) {
  const session = useSession();
  const { info } = useSessionState();
  const problems = useProblems(kind, body.key);
  const facts = useFacts(kind, body);
  const [removal, setRemoval] = useState<Removal | null>(null);
  const [usage, setUsage] = useState<Usage[] | null>(null);
  const state = info.definitions.find(
    (other) => other.kind === kind && other.key === body.key,
  )?.state;
  const errors = problems.filter((problem) => problem.severity !== "warning").length;
  const name = words(body.label, body.key);
  return (
    <li className="definition-row">
      <Link href={designPath(session.app, kind, body.key)} className="definition-link">
        <Icon name={typeof body.icon === "string" ? body.icon : kindIcon(kind)} />
        <span className="ellipsis">{name}</span>
        <span className="meta ellipsis">{facts}</span>
      </Link>
      {errors > 0 && <Tag color="red">{t("d.problemCount", { n: errors })}</Tag>}
      {info.release !== null && state === "added" && <Tag color="green">{t("d.stateAdded")}</Tag>}
      {info.release !== null && state === "changed" && (
        <Tag color="blue">{t("d.stateChanged")}</Tag>
      )}
      <Menu
        placement="bottomRight"
        items={[
          {
            key: "usage",
            label: t("d.whoUses"),
            icon: "link",
            run: () => void builder.usage(session.app, kind, body.key).then(setUsage),
          },
          {
            key: "remove",
            label: t("d.remove"),
            icon: "trash",
            danger: true,
            run: () => void startRemoval(session, kind, body.key).then(setRemoval),
          },
        ]}
      >
        <IconButton icon="more" label={`${t("common.more")}: ${name}`} noTooltip size="small" />
      </Menu>
      {removal && (
        <RemoveDefinition session={session} removal={removal} onClose={() => setRemoval(null)} />
      )}
      {usage && (
        <Modal open title={t("d.whoUses")} onClose={() => setUsage(null)} footer={null}>
          {usage.length ? <UsageList usage={usage} /> : <p className="muted">{t("d.notUsed")}</p>}
        </Modal>
      )}
    </li>
  );
}
