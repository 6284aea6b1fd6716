/** The flow designer: vertical cards, ＋ between them, branches side by side; every change keeps it connected. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import { useParameter } from "@/shared/router";
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import { undoable } from "@/shared/ui/toast";

import type { KindInfo } from "../api";
import type { Flow } from "../core/definitions";
import { freeNodeKey, inserted, leaving, moved, removed, shapeOf, withBranch } from "../core/flow";
import { PILL_HEIGHT, pictureOf } from "../core/flow_layout";
import { DocumentTitle } from "../parts/DocumentTitle";
import { Missing } from "../parts/Missing";
import { followPointer, wordsGhost, type Point } from "../parts/drag";
import { Sheet, useNarrow } from "../parts/Sheet";
import { SurroundingsContext } from "../parts/schema/context";
import { conditionWords } from "../parts/words";
import { useDocument, useDocuments, useProblems, useSession } from "../session";
import { t } from "../texts";
import { FlowCard } from "./FlowCard";
import { FlowPanel, type FlowSelection } from "./FlowPanel";
import { FlowTest } from "./FlowTest";
import { edgeWords, initialNode, isWalked, neighbour, nodeIcon } from "./nodes";
import { nodeLabel, sentenceOf } from "./sentence";
import "./flow.css";

const NEAR = 72;
const MARGIN = 48;

export default function FlowScreen({ flowKey }: { flowKey: string }) {
  const session = useSession();
  const documents = useDocuments();
  const id = `flow/${flowKey}`;
  const [flow, run] = useDocument<Flow>(id);
  const problems = useProblems("flow", flowKey);
  const [selection, setSelection] = useState<FlowSelection>(null);
  const [zoom, setZoom] = useState(1);
  const [target, setTarget] = useState<number | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [adding, setAdding] = useState<number | null>(null);
  const [testing, setTesting] = useState(false);
  const [path, setPath] = useState<readonly string[]>([]);
  const [at] = useParameter("at");
  const narrow = useNarrow(1100);
  const stage = useRef<HTMLDivElement>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const { catalogue } = session;

  useEffect(() => {
    const [part, key] = (at ?? "").split("/");
    if (part === "nodes" && key) setSelection({ kind: "node", key });
    else if (part === "edges" && key) setSelection({ kind: "edge", index: Number(key) });
  }, [at]);

  const picture = useMemo(() => (flow ? pictureOf(flow) : null), [flow]);
  const fit = useCallback(() => {
    const box = scroll.current;
    if (!box || !picture) return;
    setZoom(Math.max(0.4, Math.min(1, (box.clientWidth - 2 * MARGIN) / picture.width)));
  }, [picture]);

  // The start stands in the middle when the flow is opened.
  useLayoutEffect(() => {
    const box = scroll.current;
    if (box) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  }, [flowKey]);

  const surroundings = useMemo(
    () => ({ form: flow?.form ?? null, flow, document: id }),
    [flow, id],
  );
  if (!flow || !picture) return <Missing section="flows" />;

  const kinds = catalogue.nodes.filter(
    (kind) => shapeOf(kind.key) !== "start" && shapeOf(kind.key) !== "end",
  );
  const focusNode = (key: string) =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-node="${key}"]`)?.focus(),
    );

  const add = (edge: number, kind: KindInfo) => {
    const key = freeNodeKey(flow, kind.key);
    run("add_node", t("flow.stepAdd", { type: localized(kind.label) }), (body) =>
      inserted(body, edge, key, initialNode(kind)),
    );
    setSelection({ kind: "node", key });
    setAdding(null);
    focusNode(key);
  };
  const addAfter = (kind: KindInfo) => {
    const from =
      selection?.kind === "node"
        ? leaving(flow, selection.key)[0]?.index
        : selection?.kind === "edge"
          ? selection.index
          : undefined;
    const last = flow.edges.findIndex((edge) => shapeOf(flow.nodes[edge.to]?.type ?? "") === "end");
    add(from ?? Math.max(0, last), kind);
  };
  const removeNode = (key: string) => {
    const node = flow.nodes[key];
    if (!node || node.type === "start") return;
    const name = nodeLabel(catalogue, node);
    run("remove_node", t("flow.stepRemove", { name }), (body) => removed(body, key));
    setSelection(null);
    undoable(t("flow.deleted", { name }), () => session.workspace.undo(id));
  };

  const nearestWay = (point: Point): number | null => {
    const box = stage.current?.getBoundingClientRect();
    if (!box) return null;
    const x = (point.x - box.left) / zoom;
    const y = (point.y - box.top) / zoom;
    let best: number | null = null;
    let least = NEAR;
    for (const way of picture.ways) {
      const distance = Math.hypot((way.plus[0] - x) * 0.6, way.plus[1] - y);
      if (distance < least) {
        least = distance;
        best = way.edge;
      }
    }
    return best;
  };
  const drag = (
    event: React.PointerEvent,
    words: string,
    drop: (edge: number) => void,
    key: string | null,
  ) => {
    let over: number | null = null;
    followPointer(event, {
      ghost: wordsGhost(words),
      scroller: () => scroll.current,
      onStart: () => setDragged(key ?? ""),
      onMove: (point) => {
        over = nearestWay(point);
        setTarget(over);
      },
      onDrop: () => {
        setDragged(null);
        setTarget(null);
        if (over !== null) drop(over);
      },
      onCancel: () => {
        setDragged(null);
        setTarget(null);
      },
    });
  };

  const keys = (event: React.KeyboardEvent) => {
    const element = event.target as HTMLElement;
    const key = element.dataset.node;
    if (event.key === "+" || event.key === "=") setZoom(Math.min(1.5, zoom + 0.1));
    else if (event.key === "-") setZoom(Math.max(0.4, zoom - 0.1));
    else if (!key) return;
    else if (event.key === "Delete" || event.key === "Backspace") removeNode(key);
    else if (event.key === "Enter") {
      const first = leaving(flow, key)[0];
      if (first) setAdding(first.index);
    } else if (event.key.startsWith("Arrow")) {
      const next = neighbour(picture, key, event.key);
      if (next) {
        setSelection({ kind: "node", key: next });
        focusNode(next);
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const panel = (
    <FlowPanel
      flow={flow}
      selection={selection}
      problems={problems}
      run={run}
      onSelect={setSelection}
      onRemoveNode={removeNode}
    />
  );
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <div className="screen">
        <div className="screen-bar">
          <DocumentTitle kind="flow" docKey={flowKey} />
          <span className="grow" />
          <Button
            icon="play"
            onClick={() => setTesting(!testing)}
            aria-label={t("flow.test")}
            aria-pressed={testing}
          >
            {t("flow.test")}
          </Button>
          <span className="segmented">
            <IconButton
              icon="subtract"
              label={t("flow.zoomOut")}
              size="small"
              onClick={() => setZoom(Math.max(0.4, zoom - 0.1))}
            />
            <span className="zoom-value">{Math.round(zoom * 100)}%</span>
            <IconButton
              icon="add"
              label={t("flow.zoomIn")}
              size="small"
              onClick={() => setZoom(Math.min(1.5, zoom + 0.1))}
            />
            <IconButton icon="expand" label={t("flow.zoomFit")} size="small" onClick={fit} />
          </span>
        </div>
        {testing && <FlowTest flow={flow} onPath={setPath} onClose={() => setTesting(false)} />}
        <div className={`workbench${narrow ? " is-narrow" : ""}`}>
          {!narrow && (
            <aside className="workbench-left is-slim" aria-label={t("flow.palette")}>
              <p className="meta palette-hint">{t("flow.paletteHint")}</p>
              <div className="palette-items is-single">
                {kinds.map((kind) => (
                  <button
                    key={kind.key}
                    type="button"
                    className="plain palette-item"
                    onPointerDown={(event) =>
                      drag(event, localized(kind.label), (edge) => add(edge, kind), null)
                    }
                    onClick={() => addAfter(kind)}
                  >
                    <Icon name={nodeIcon(kind.key)} />
                    <span>{localized(kind.label)}</span>
                  </button>
                ))}
              </div>
            </aside>
          )}
          <div
            className="flow-scroll"
            ref={scroll}
            role="region"
            aria-label={t("flow.canvas")}
            onKeyDown={keys}
            onClick={(event) => event.target === event.currentTarget && setSelection(null)}
          >
            <div
              className="flow-sizer"
              style={{
                width: picture.width * zoom + 2 * MARGIN,
                height: picture.height * zoom + 2 * MARGIN,
              }}
            >
              <div
                className="flow-stage"
                ref={stage}
                style={{
                  width: picture.width,
                  height: picture.height,
                  transform: `scale(${zoom})`,
                  left: MARGIN,
                  top: MARGIN,
                }}
              >
                <svg
                  className="flow-lines"
                  width={picture.width}
                  height={picture.height}
                  aria-hidden="true"
                >
                  {picture.ways.map((way) => (
                    <polyline
                      key={way.edge}
                      points={way.points.map((point) => point.join()).join(" ")}
                      className={`${target === way.edge ? "is-target" : ""}${isWalked(path, flow, way.edge) ? " is-walked" : ""}`}
                    />
                  ))}
                </svg>
                {picture.cards.map((card) => (
                  <FlowCard
                    key={card.key}
                    nodeKey={card.key}
                    x={card.x}
                    y={card.y}
                    height={card.height}
                    flow={flow}
                    label={nodeLabel(catalogue, flow.nodes[card.key])}
                    sentence={sentenceOf(card.key, flow, catalogue, documents)}
                    selected={selection?.kind === "node" && selection.key === card.key}
                    dragged={dragged === card.key}
                    walked={path.includes(card.key)}
                    unreachable={picture.unreachable.includes(card.key)}
                    problem={problems.some(
                      ({ inner, severity }) =>
                        severity !== "warning" && inner.startsWith(`/nodes/${card.key}`),
                    )}
                    onSelect={() => setSelection({ kind: "node", key: card.key })}
                    onDrag={(event) =>
                      drag(
                        event,
                        nodeLabel(catalogue, flow.nodes[card.key]),
                        (edge) => {
                          run(
                            "move_node",
                            t("flow.stepMove", {
                              name: nodeLabel(catalogue, flow.nodes[card.key]),
                            }),
                            (body) => moved(body, card.key, edge),
                          );
                          setSelection({ kind: "node", key: card.key });
                        },
                        card.key,
                      )
                    }
                    onBranch={() =>
                      run("add_branch", t("flow.stepBranch"), (body) => withBranch(body, card.key))
                    }
                  />
                ))}
                {picture.stubs.map((stub) => (
                  <div
                    key={stub.edge}
                    className={`flow-stub${stub.back ? " is-back" : ""}${path.includes(stub.to) && isWalked(path, flow, stub.edge) ? " is-walked" : ""}`}
                    style={{ left: stub.x, top: stub.y, height: PILL_HEIGHT }}
                  >
                    {stub.back
                      ? t("flow.back", { name: nodeLabel(catalogue, flow.nodes[stub.to]) })
                      : t("flow.end")}
                  </div>
                ))}
                {picture.ways.map((way) => {
                  const edge = flow.edges[way.edge];
                  if (!edge) return null;
                  const words = edgeWords(edge, flow, (formula) =>
                    conditionWords(formula, documents, flow.form),
                  );
                  const wrong = problems.some(
                    ({ inner, severity }) =>
                      severity !== "warning" && inner.startsWith(`/edges/${way.edge}`),
                  );
                  return (
                    <div
                      key={way.edge}
                      className="flow-way"
                      style={{ left: way.plus[0], top: way.plus[1] }}
                    >
                      {words && (
                        <button
                          type="button"
                          className={`plain flow-condition${selection?.kind === "edge" && selection.index === way.edge ? " is-selected" : ""}${wrong ? " has-error" : ""}`}
                          onClick={() => setSelection({ kind: "edge", index: way.edge })}
                        >
                          {words}
                        </button>
                      )}
                      <Menu
                        open={adding === way.edge}
                        onOpenChange={(open) => setAdding(open ? way.edge : null)}
                        items={kinds.map((kind) => ({
                          key: kind.key,
                          label: localized(kind.label),
                          icon: nodeIcon(kind.key),
                          run: () => add(way.edge, kind),
                        }))}
                      >
                        <button
                          type="button"
                          className={`plain flow-plus${target === way.edge ? " is-target" : ""}${dragged !== null ? " is-open" : ""}`}
                          aria-label={t("flow.addNode")}
                          aria-haspopup="menu"
                        >
                          <Icon name="add" size={14} />
                        </button>
                      </Menu>
                    </div>
                  );
                })}
              </div>
            </div>
          </div>
          {narrow ? (
            <Sheet
              open={selection !== null}
              title={t("d.properties")}
              onClose={() => setSelection(null)}
            >
              {panel}
            </Sheet>
          ) : (
            <aside className="workbench-right" aria-label={t("d.properties")}>
              {panel}
            </aside>
          )}
        </div>
      </div>
    </SurroundingsContext.Provider>
  );
}
