/** Cards by a choice field; a card moves by pointer, or by Space, arrows and Space. */
import "./kanban.css";

import { useQueryClient } from "@tanstack/react-query";
import {
  type KeyboardEvent,
  type PointerEvent as ReactPointer,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";

import { compact } from "@/shared/format";
import { write } from "@/shared/filter";
import type { ChoiceOption, FieldInfo, FormInfo, RecordData, Value, View } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { sentence } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Tag } from "@/shared/ui/Tag";
import { t } from "@/shared/texts/list";
import { isEmpty, widget } from "@/widgets/registry";
import { optionsOf } from "@/widgets/values";

import { keys } from "../queries";
import { mayEdit } from "../records";
import { type ListQuery, useRecords } from "./useList";

const PAGE = 30;

interface Props {
  form: FormInfo;
  view: View;
  query: ListQuery;
  onOpen: (record: RecordData) => void;
  onNew: (values: Record<string, Value>) => void;
  onSave: (record: RecordData, field: FieldInfo, value: Value) => Promise<string | null>;
}

interface Lifted {
  record: RecordData;
  from: string;
  over: string;
  /** Where the pointer is; missing when lifted by keyboard. */
  at?: { x: number; y: number; dx: number; dy: number; width: number };
}

export default function Kanban({ form, view, query, onOpen, onNew, onSave }: Props) {
  const by = form.fields.find((field) => field.key === view.by);
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [said, setSaid] = useState("");
  const client = useQueryClient();
  const moved = useRef<number | null>(null);
  const options = by ? optionsOf(by) : [];
  const movable = !!by && form.rights.edit && mayEdit(by);
  const nameOf = (value: string) => options.find((option) => option.value === value)?.label ?? "";

  const drop = async (card: Lifted) => {
    setLifted(null);
    if (!by || card.over === card.from) {
      setSaid(t("list.cardCancelled"));
      return;
    }
    const problem = await onSave(card.record, by, card.over);
    if (problem === null) {
      // A card that was moved by keyboard takes the focus with it to its new place.
      moved.current = card.at ? null : card.record.id;
      setSaid(t("list.cardDropped", { name: card.record.label ?? "", column: nameOf(card.over) }));
      await client.invalidateQueries({ queryKey: keys.records(form.app, form.key) });
    }
  };

  if (!by) return null;
  const shown = (view.card ?? view.columns ?? []).flatMap(
    (key) => form.fields.find((field) => field.key === key && field.key !== by.key) ?? [],
  );
  return (
    <div className="kanban">
      <div className="visually-hidden" role="status" aria-live="assertive">
        {said}
      </div>
      {options.map((option) => (
        <Lane
          key={option.value}
          form={form}
          by={by}
          option={option}
          query={query}
          shown={shown}
          movable={movable}
          lifted={lifted}
          moved={moved}
          onOpen={onOpen}
          onNew={() => onNew({ [by.key]: option.value })}
          onLift={(record, at) => {
            setLifted({ record, from: option.value, over: option.value, at });
            if (!at) setSaid(t("list.cardLifted", { name: record.label ?? "" }));
          }}
          onMove={(at) =>
            setLifted((now) => (now ? { ...now, at, over: laneAt(at, now.over) } : now))
          }
          onStep={(step) =>
            setLifted((now) => {
              if (!now) return now;
              const index = options.findIndex((one) => one.value === now.over);
              const next = options[Math.max(0, Math.min(options.length - 1, index + step))];
              if (!next) return now;
              setSaid(t("list.cardOver", { column: next.label }));
              return { ...now, over: next.value };
            })
          }
          onDrop={() => lifted && void drop(lifted)}
          onCancel={() => {
            setLifted(null);
            setSaid(t("list.cardCancelled"));
          }}
        />
      ))}
      {lifted?.at && (
        <div
          className="kanban-card is-flying"
          style={{
            width: lifted.at.width,
            transform: `translate(${lifted.at.x - lifted.at.dx}px, ${lifted.at.y - lifted.at.dy}px) rotate(1.5deg)`,
          }}
        >
          <CardBody form={form} record={lifted.record} shown={shown} />
        </div>
      )}
    </div>
  );
}

function laneAt(at: { x: number; y: number } | undefined, fallback: string): string {
  if (!at) return fallback;
  const lane = document
    .elementsFromPoint(at.x, at.y)
    .find(
      (node): node is HTMLElement => node instanceof HTMLElement && node.dataset.lane !== undefined,
    );
  return lane?.dataset.lane ?? fallback;
}

function CardBody({
  form,
  record,
  shown,
}: {
  form: FormInfo;
  record: RecordData;
  shown: readonly FieldInfo[];
}) {
  const title = record.label || t("list.untitled");
  return (
    <>
      <span className="kanban-title">{title}</span>
      {shown
        .filter((field) => {
          const value = record[field.key] as Value;
          return !isEmpty(value) && widget(field).text(value, field) !== title;
        })
        .slice(0, 4)
        .map((field) => {
          const { View } = widget(field);
          return (
            <span key={field.key} className="kanban-fact">
              <span className="meta">{field.label}</span>
              <span className="ellipsis">
                <View
                  field={field}
                  value={record[field.key] as Value}
                  app={form.app}
                  compact
                  signed
                />
              </span>
            </span>
          );
        })}
    </>
  );
}

interface LaneProps {
  form: FormInfo;
  by: FieldInfo;
  option: ChoiceOption;
  query: ListQuery;
  shown: readonly FieldInfo[];
  movable: boolean;
  lifted: Lifted | null;
  /** The card that is to have the focus once it stands in its new column. */
  moved: RefObject<number | null>;
  onOpen: (record: RecordData) => void;
  onNew: () => void;
  onLift: (record: RecordData, at?: Lifted["at"]) => void;
  onMove: (at: Lifted["at"]) => void;
  onStep: (step: number) => void;
  onDrop: () => void;
  onCancel: () => void;
}

function Lane({ form, by, option, query, shown, movable, lifted, moved, ...on }: LaneProps) {
  const own = write({ field: by.key, comparison: "in", values: [option.value] }, by);
  const filter = query.filter ? `(${query.filter}) and ${own}` : own;
  const list = useRecords({ ...query, filter }, true, PAGE);
  const count = list.count;
  const over = lifted !== null && lifted.over === option.value && lifted.from !== option.value;
  return (
    <section
      className={`lane${over ? " is-over" : ""}`}
      data-lane={option.value}
      aria-label={option.label}
    >
      <header className="lane-head">
        <Tag color={option.color}>{option.label}</Tag>
        {count && (
          <span className="meta">
            {count.capped ? `${compact(count.value)}+` : compact(count.value)}
          </span>
        )}
        <span className="grow" />
        {form.rights.create && (
          <IconButton
            icon="add"
            size="small"
            label={`${t("list.new", { form: form.label })} · ${option.label}`}
            onClick={on.onNew}
          />
        )}
      </header>
      <ul className="lane-cards">
        {over && <li className="kanban-place" aria-hidden="true" />}
        {list.isPending && (
          <li>
            <Skeleton lines={3} height={88} gap={8} />
          </li>
        )}
        {list.isError && !list.records.length && (
          <li className="lane-failure" role="alert">
            <span>{sentence(list.error)}</span>
            <Button kind="text" onClick={() => void list.refetch()}>
              {t("common.retry")}
            </Button>
          </li>
        )}
        {list.records.map((record) => (
          <Card
            key={record.id}
            form={form}
            record={record}
            shown={shown}
            movable={movable}
            lifted={lifted?.record.id === record.id ? lifted : null}
            moved={moved}
            {...on}
          />
        ))}
        {list.hasNextPage && (
          <li>
            <Button
              kind="text"
              block
              busy={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t("list.loadMore")}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

type CardProps = Pick<
  LaneProps,
  | "form"
  | "shown"
  | "movable"
  | "moved"
  | "onOpen"
  | "onLift"
  | "onMove"
  | "onStep"
  | "onDrop"
  | "onCancel"
> & {
  record: RecordData;
  lifted: Lifted | null;
};

const DRAG_FROM = 5;
const HOLD = 250;

function Card({ form, record, shown, movable, lifted, moved, ...on }: CardProps) {
  const node = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (moved.current !== record.id) return;
    moved.current = null;
    node.current?.focus();
  }, [moved, record.id]);
  const latest = useRef(on);
  useEffect(() => {
    latest.current = on;
  });
  const dragged = useRef(false);

  /** A mouse drags after 5 px; a finger after holding for a moment, so that scrolling stays scrolling. */
  const press = useCallback(
    (event: ReactPointer<HTMLElement>) => {
      if (!movable || event.button !== 0) return;
      const node = event.currentTarget;
      const box = node.getBoundingClientRect();
      const start = { x: event.clientX, y: event.clientY };
      const touch = event.pointerType === "touch";
      let held = !touch;
      let moving = false;
      dragged.current = false;
      const at = (now: { clientX: number; clientY: number }) => ({
        x: now.clientX,
        y: now.clientY,
        dx: start.x - box.left,
        dy: start.y - box.top,
        width: box.width,
      });
      const lift = (now: { clientX: number; clientY: number }) => {
        moving = true;
        dragged.current = true;
        latest.current.onLift(record, at(now));
      };
      const timer = touch
        ? setTimeout(() => {
            held = true;
            lift({ clientX: start.x, clientY: start.y });
          }, HOLD)
        : undefined;
      const move = (now: PointerEvent) => {
        const far = Math.hypot(now.clientX - start.x, now.clientY - start.y) > DRAG_FROM;
        if (!moving) {
          if (!far) return;
          if (!held) return end();
          lift(now);
        }
        latest.current.onMove(at(now));
      };
      const hold = (now: TouchEvent) => {
        if (moving) now.preventDefault();
      };
      const end = () => {
        clearTimeout(timer);
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", up);
        document.removeEventListener("pointercancel", cancel);
        document.removeEventListener("keydown", escape, true);
        document.removeEventListener("touchmove", hold);
      };
      const up = () => {
        end();
        if (moving) latest.current.onDrop();
      };
      const cancel = () => {
        end();
        if (moving) latest.current.onCancel();
      };
      const escape = (now: globalThis.KeyboardEvent) => {
        if (now.key === "Escape") cancel();
      };
      document.addEventListener("pointermove", move);
      document.addEventListener("pointerup", up);
      document.addEventListener("pointercancel", cancel);
      document.addEventListener("keydown", escape, true);
      document.addEventListener("touchmove", hold, { passive: false });
    },
    [movable, record],
  );

  const keyed = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !lifted) {
      event.preventDefault();
      on.onOpen(record);
      return;
    }
    if (!movable) return;
    if (event.key === " ") {
      event.preventDefault();
      if (lifted) on.onDrop();
      else on.onLift(record);
    } else if (lifted && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      event.preventDefault();
      on.onStep(event.key === "ArrowRight" ? 1 : -1);
    } else if (lifted && event.key === "Escape") {
      event.stopPropagation();
      on.onCancel();
    }
  };

  return (
    <li>
      <div
        ref={node}
        role="button"
        tabIndex={0}
        data-card={record.id}
        aria-description={movable ? t("list.cardHelp") : undefined}
        className={`kanban-card${lifted ? (lifted.at ? " is-away" : " is-lifted") : ""}`}
        onPointerDown={press}
        onKeyDown={keyed}
        onBlur={() => lifted && !lifted.at && on.onCancel()}
        onClick={() => {
          if (!dragged.current) on.onOpen(record);
          dragged.current = false;
        }}
      >
        <CardBody form={form} record={record} shown={shown} />
      </div>
    </li>
  );
}
