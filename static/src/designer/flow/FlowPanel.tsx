/** The panel beside the flow: a node from its options schema, a branch, or the flow itself. */
import { useId } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import type { Problem } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Select } from "@/shared/ui/Select";

import type { Edge, Flow } from "../core/definitions";
import { leaving, shapeOf, withEdge, withEdgeMoved, withoutEdge } from "../core/flow";
import { isObject, withValue, type Json } from "../core/json";
import { ConditionBuilder } from "../parts/ConditionBuilder";
import { FieldsPicker } from "../parts/schema/pickers";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { reworded, useSession, words } from "../session";
import { t } from "../texts";
import { nodeIcon } from "./nodes";
import { nodeLabel } from "./sentence";

export type FlowSelection = { kind: "node"; key: string } | { kind: "edge"; index: number } | null;
type Problems = readonly (Problem & { inner: string })[];
type Run = (name: string, label: string, change: (flow: Flow) => Flow, merge?: string) => void;

interface Props {
  flow: Flow;
  selection: FlowSelection;
  problems: Problems;
  run: Run;
  onSelect: (selection: FlowSelection) => void;
  onRemoveNode: (key: string) => void;
}

export function FlowPanel(props: Props) {
  const { flow, selection } = props;
  if (selection?.kind === "node" && flow.nodes[selection.key])
    return <NodePanel key={selection.key} {...props} nodeKey={selection.key} />;
  const edge = selection?.kind === "edge" ? flow.edges[selection.index] : undefined;
  if (selection?.kind === "edge" && edge)
    return <EdgePanel key={selection.index} {...props} index={selection.index} edge={edge} />;
  return <FlowSettings {...props} />;
}

function Messages({ problems }: { problems: Problems }) {
  return problems.map((problem, index) => (
    <p
      key={index}
      className={`control-problem${problem.severity === "warning" ? " is-warning" : ""}`}
      role="alert"
    >
      {problem.message}
    </p>
  ));
}

function NodePanel({ flow, nodeKey, problems, run, onRemoveNode }: Props & { nodeKey: string }) {
  const session = useSession();
  const id = useId();
  const node = flow.nodes[nodeKey];
  if (!node) return null;
  const kind = session.catalogue.nodes.find((one) => one.key === node.type);
  const label = nodeLabel(session.catalogue, node);
  const prefix = `/nodes/${nodeKey}`;
  const own = problems
    .filter(({ inner }) => inner === prefix || inner.startsWith(`${prefix}/`))
    .map((problem) => ({ ...problem, inner: problem.inner.slice(prefix.length) }));
  const change = (path: readonly string[], value: Json | undefined, merge?: string) =>
    run(
      "change_node",
      t("flow.stepChange", { name: label }),
      (body) => ({
        ...body,
        nodes: { ...body.nodes, [nodeKey]: withValue(body.nodes[nodeKey] ?? node, path, value) },
      }),
      merge ? `${nodeKey}:${merge}` : undefined,
    );
  return (
    <div className="properties">
      <div className="properties-head">
        <Icon name={nodeIcon(node.type)} />
        <span className="muted">{localized(kind?.label)}</span>
      </div>
      <Messages problems={own.filter(({ inner }) => inner === "")} />
      {node.type === "start" ? (
        <StartSettings flow={flow} run={run} problems={problems} />
      ) : (
        <div className="control-group">
          <label htmlFor={id} className="control-label">
            {t("flow.nodeName")}
          </label>
          <Input
            id={id}
            value={words(node.label)}
            placeholder={localized(kind?.label)}
            maxLength={80}
            onChange={(text) =>
              change(["label"], text ? reworded(node.label, text) : undefined, "label")
            }
            onBlur={() => session.workspace.seal(`flow/${flow.key}`)}
          />
        </div>
      )}
      {kind && (
        <SchemaForm
          schema={kind.options_schema}
          value={node}
          without={["type", "label"]}
          problems={own}
          onChange={change}
        />
      )}
      {shapeOf(node.type) === "split" && (
        <div className="branch-list">
          {leaving(flow, nodeKey).map(({ edge, index }) => (
            <BranchRow key={index} edge={edge} index={index} flow={flow} run={run} />
          ))}
        </div>
      )}
      {node.type !== "start" && (
        <Button kind="danger" icon="trash" onClick={() => onRemoveNode(nodeKey)}>
          {t("flow.deleteNode")}
        </Button>
      )}
    </div>
  );
}

function BranchRow({
  edge,
  index,
  flow,
  run,
}: {
  edge: Edge;
  index: number;
  flow: Flow;
  run: Run;
}) {
  if (edge.default || flow.nodes[edge.from]?.type === "parallel") return null;
  return (
    <ConditionBuilder
      label={t("flow.branchCondition")}
      lead={t("flow.branchCondition")}
      value={edge.when ?? ""}
      onChange={(when) =>
        run(
          "change_branch",
          t("flow.stepBranch"),
          (body) => withEdge(body, index, { when: when || undefined }),
          `edge:${index}`,
        )
      }
    />
  );
}

function StartSettings({ flow, run, problems }: { flow: Flow; run: Run; problems: Problems }) {
  const id = useId();
  const start = isObject(flow.start) ? flow.start : {};
  const event = typeof start.event === "string" ? start.event : "created";
  const set = (name: string, value: Json | undefined, merge?: string) =>
    run(
      "change_start",
      t("flow.stepFlow"),
      (body) => ({ ...body, start: withValue((body.start as Json) ?? {}, [name], value) }),
      merge,
    );
  return (
    <>
      <div className="control-group">
        <label htmlFor={`${id}-event`} className="control-label">
          {t("flow.event")}
        </label>
        <Select
          id={`${id}-event`}
          aria-label={t("flow.event")}
          value={event}
          options={[
            { value: "created", label: t("flow.eventCreated") },
            { value: "updated", label: t("flow.eventUpdated") },
            { value: "manual", label: t("flow.eventManual") },
          ]}
          onChange={(next) => set("event", next ?? "created")}
        />
      </div>
      {event === "updated" && (
        <div className="control-group">
          <span className="control-label">{t("flow.startFields")}</span>
          <FieldsPicker
            id={`${id}-fields`}
            label={t("flow.startFields")}
            schema={{}}
            siblings={{}}
            required={false}
            path={["start", "fields"]}
            value={start.fields}
            onChange={(value) => set("fields", value)}
          />
        </div>
      )}
      <div className="control-group">
        <span className="control-label">{t("flow.startCondition")}</span>
        <ConditionBuilder
          label={t("flow.startCondition")}
          value={typeof start.when === "string" ? start.when : ""}
          onChange={(when) => set("when", when || undefined, "start_when")}
        />
        <Messages problems={problems.filter(({ inner }) => inner.startsWith("/start"))} />
      </div>
    </>
  );
}

function EdgePanel({
  flow,
  index,
  edge,
  problems,
  run,
  onSelect,
}: Props & { index: number; edge: Edge }) {
  const session = useSession();
  const id = useId();
  const split = shapeOf(flow.nodes[edge.from]?.type ?? "") === "split";
  const prefix = `/edges/${index}`;
  const targets = Object.entries(flow.nodes)
    .filter(([key, node]) => key !== edge.from && node.type !== "start")
    .map(([key, node]) => ({
      value: key,
      label: node.type === "end" ? t("flow.end") : nodeLabel(session.catalogue, node),
    }));
  const change = (name: string, next: (body: Flow) => Flow, merge?: string) =>
    run(name, t("flow.stepBranch"), next, merge);
  return (
    <div className="properties">
      <div className="properties-head">
        <Icon name="flow" />
        <span className="muted">{t("flow.branch")}</span>
      </div>
      <Messages problems={problems.filter(({ inner }) => inner.startsWith(prefix))} />
      {split && flow.nodes[edge.from]?.type !== "parallel" && (
        <>
          {edge.default ? (
            <p>{t("flow.branchDefault")}</p>
          ) : (
            <div className="control-group">
              <span className="control-label">{t("flow.branchCondition")}</span>
              <ConditionBuilder
                label={t("flow.branchCondition")}
                value={edge.when ?? ""}
                onChange={(when) =>
                  change(
                    "change_branch",
                    (body) => withEdge(body, index, { when: when || undefined }),
                    `edge:${index}`,
                  )
                }
              />
            </div>
          )}
        </>
      )}
      <div className="control-group">
        <label htmlFor={id} className="control-label">
          {t("flow.branchTo")}
        </label>
        <Select
          id={id}
          aria-label={t("flow.branchTo")}
          value={edge.to}
          options={targets}
          onChange={(to) => to && change("change_branch", (body) => withEdge(body, index, { to }))}
        />
      </div>
      {split && !edge.default && (
        <div className="row">
          <Button
            icon="arrow-left"
            onClick={() => change("change_branch", (body) => withEdgeMoved(body, index, -1))}
          >
            {t("flow.branchEarlier")}
          </Button>
          <Button
            icon="arrow-right"
            onClick={() => change("change_branch", (body) => withEdgeMoved(body, index, 1))}
          >
            {t("flow.branchLater")}
          </Button>
        </div>
      )}
      {split && leaving(flow, edge.from).length > 2 && (
        <Button
          kind="danger"
          icon="trash"
          onClick={() => {
            onSelect({ kind: "node", key: edge.from });
            change("remove_branch", (body) => withoutEdge(body, index));
          }}
        >
          {t("flow.removeBranch")}
        </Button>
      )}
    </div>
  );
}

function FlowSettings({ flow, run, problems }: Props) {
  const session = useSession();
  const id = useId();
  const kind = session.catalogue.definition_kinds.find((one) => one.key === "flow");
  const automatic = kind?.schema.properties?.automatic;
  return (
    <div className="properties">
      <p className="muted properties-none">{t("flow.noSelection")}</p>
      <Messages
        problems={problems.filter(
          ({ inner }) => !inner.startsWith("/nodes/") && !inner.startsWith("/edges/"),
        )}
      />
      <h2>{t("flow.flowSettings")}</h2>
      <div className="control-group">
        <label htmlFor={id} className="control-label">
          {t("flow.flowName")}
        </label>
        <Input
          id={id}
          value={words(flow.label)}
          maxLength={80}
          onChange={(text) =>
            text.trim() &&
            run(
              "change_flow",
              t("flow.stepFlow"),
              (body) => ({ ...body, label: reworded(body.label, text) }),
              "flow_label",
            )
          }
          onBlur={() => session.workspace.seal(`flow/${flow.key}`)}
        />
      </div>
      <StartSettings flow={flow} run={run} problems={problems} />
      {automatic && (
        <SchemaForm
          schema={{ properties: { automatic } }}
          value={{ automatic: flow.automatic as Json | undefined }}
          onChange={(path, value) =>
            run(
              "change_flow",
              t("flow.stepFlow"),
              (body) => withValue(body as unknown as Json, path, value) as unknown as Flow,
            )
          }
        />
      )}
    </div>
  );
}
