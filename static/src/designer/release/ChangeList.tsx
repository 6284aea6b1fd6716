/** What differs between two states of an application, by definition and in words. */
import { moment } from "@/shared/format";
import { Link } from "@/shared/router";
import { Tag } from "@/shared/ui/Tag";

import { nameOf, type Change } from "../api";
import type { Body } from "../core/definitions";
import { pointerParts, withValue, type Json } from "../core/json";
import { designPath, kindLabel } from "../kinds";
import { placeWords } from "../parts/path_words";
import { localized, useDocuments, useSession, words } from "../session";
import { t } from "../texts";
import "./release.css";

function changeTag(change: Change["change"]) {
  if (change === "added") return <Tag color="green">{t("role.added")}</Tag>;
  if (change === "removed") return <Tag color="red">{t("role.removed")}</Tag>;
  return <Tag color="blue">{t("role.changed")}</Tag>;
}

export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const { app, catalogue } = useSession();
  const documents = useDocuments();
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const id = `${change.kind}/${change.key}`;
    groups.set(id, [...(groups.get(id) ?? []), change]);
  }
  return (
    <ul className="change-groups">
      {[...groups].map(([id, found]) => {
        const first = found[0];
        if (!first) return null;
        const whole = found.find((change) => !change.path);
        const name = words(documents[id]?.label, localized(first.label) || first.key);
        const by = nameOf(first.person);
        return (
          <li key={id}>
            <div className="row">
              {changeTag(whole?.change ?? "changed")}
              <Link href={designPath(app, first.kind, first.key)}>{name}</Link>
              <span className="meta">{kindLabel(first.kind)}</span>
              {by && (
                <span className="meta">
                  {by} {first.at ? moment(first.at) : ""}
                </span>
              )}
            </div>
            <ul className="change-places">
              {found
                .filter((change) => change.path)
                .slice(0, 12)
                .map((change, index) => (
                  <li key={index}>
                    <span className="meta">
                      {placeWords(
                        catalogue,
                        change.kind,
                        pointerParts(change.path ?? ""),
                        documents[id],
                        asItWas(change),
                      ) || partName(pointerParts(change.path ?? "")[0])}
                    </span>
                    {change.change === "changed" && (
                      <span className="change-values">
                        <del>{short(change.before)}</del> → <ins>{short(change.after)}</ins>
                      </span>
                    )}
                    {change.change !== "changed" && changeTag(change.change)}
                  </li>
                ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

/** Parts of a definition that are no property of a panel and so have no label of their own. */
function partName(part: string | undefined): string {
  if (part === "layout") return t("role.partLayout");
  return part === "unique" ? t("form.unique") : t("role.changed");
}

/** A document with nothing but what was there before: what is gone is named by its old label. */
function asItWas(change: Change): Body {
  const parts = pointerParts(change.path ?? "");
  return withValue({}, parts, change.before ?? null) as unknown as Body;
}

function short(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "—";
  if (typeof value === "boolean") return value ? t("common.yes") : t("common.no");
  if (Array.isArray(value))
    return value.every((item) => typeof item === "string")
      ? value.join("、").slice(0, 48)
      : t("role.items", { n: value.length });
  const text = typeof value === "object" ? words(value) || "…" : String(value);
  return text.length > 48 ? `${text.slice(0, 48)}…` : text;
}
