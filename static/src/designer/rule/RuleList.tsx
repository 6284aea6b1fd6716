/** The rules in the order in which they run, each as its sentence; recipes when there are none. */
import { Icon } from "@/shared/icons";
import { Link, useLocation } from "@/shared/router";
import { Button, IconButton } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Tag } from "@/shared/ui/Tag";
import { toast } from "@/shared/ui/toast";
import { useState } from "react";

import { idOf, type Body, type Documents, type Form } from "../core/definitions";
import { uniqueKey } from "../core/form";
import { designPath } from "../kinds";
import { RemoveDefinition, startRemoval, type Removal } from "../overview/RemoveDefinition";
import { useBodies, useDocuments, useSession, words } from "../session";
import { t } from "../texts";
import { blankRule, RECIPES, type Recipe } from "./recipes";
import { ruleSentence } from "./sentence";
import "./rule.css";

function orderOf(rule: Body): number {
  return typeof rule.order === "number" ? rule.order : 1000;
}

export function inOrder(rules: readonly Body[]): Body[] {
  return [...rules].sort((a, b) => orderOf(a) - orderOf(b) || (a.key < b.key ? -1 : 1));
}

export function RuleList({ onNew }: { onNew: () => void }) {
  const session = useSession();
  const documents = useDocuments();
  const rules = inOrder(useBodies("rule"));
  const [removal, setRemoval] = useState<Removal | null>(null);
  if (rules.length === 0) return <Recipes onNew={onNew} />;
  const move = (index: number, step: -1 | 1) => {
    const next = [...rules];
    const [rule] = next.splice(index, 1);
    if (!rule) return;
    next.splice(index + step, 0, rule);
    session.workspace.runAll(idOf("application", session.app), {
      name: "order_rules",
      label: t("flow.stepOrder"),
      run: (all): Documents => ({
        ...all,
        ...Object.fromEntries(
          next.map((one, at) => [idOf("rule", one.key), { ...one, order: (at + 1) * 10 }]),
        ),
      }),
    });
  };
  return (
    <>
      <p className="muted">{t("flow.rulesOrder")}</p>
      <ol className="rule-list panel">
        {rules.map((rule, index) => (
          <li key={rule.key} className={`rule-row${rule.disabled === true ? " is-off" : ""}`}>
            <span className="action-number">{index + 1}</span>
            <Link href={designPath(session.app, "rule", rule.key)} className="rule-link">
              <b>{words(rule.label, rule.key)}</b>
              <span className="muted">{ruleSentence(rule, session.catalogue, documents)}</span>
            </Link>
            {rule.disabled === true && <Tag>{t("flow.switchedOff")}</Tag>}
            <span className="rule-tools">
              <IconButton
                icon="arrow-up"
                size="small"
                label={t("flow.runEarlier")}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <IconButton
                icon="arrow-down"
                size="small"
                label={t("flow.runLater")}
                disabled={index === rules.length - 1}
                onClick={() => move(index, 1)}
              />
              <IconButton
                icon="trash"
                size="small"
                label={`${t("d.remove")}: ${words(rule.label, rule.key)}`}
                onClick={() => void startRemoval(session, "rule", rule.key).then(setRemoval)}
              />
            </span>
          </li>
        ))}
      </ol>
      {removal && (
        <RemoveDefinition session={session} removal={removal} onClose={() => setRemoval(null)} />
      )}
    </>
  );
}

function Recipes({ onNew }: { onNew: () => void }) {
  const session = useSession();
  const documents = useDocuments();
  const forms = useBodies("form") as Form[];
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const use = async (recipe: Recipe) => {
    // The first form that has what the recipe needs.
    const made = forms.map((form) => ({ form, made: recipe.make(documents, form) }));
    const found = made.find(({ made: one }) => !("missing" in one)) ?? made[0];
    if (!found) return;
    if ("missing" in found.made) {
      toast(String(found.made.missing), { kind: "error" });
      return;
    }
    setBusy(true);
    const { label, parts } = found.made as { label: string; parts: object };
    const key = uniqueKey(
      await session.key(label, [], "rule"),
      session.bodies("rule").map((rule) => rule.key),
    );
    session.workspace.runAll(idOf("application", session.app), {
      name: "create_rule",
      label,
      run: (all) => ({
        ...all,
        [idOf("rule", key)]: { ...blankRule(key, label, found.form.key), ...parts },
      }),
    });
    navigate(designPath(session.app, "rule", key));
  };
  return (
    <div className="recipes">
      <Empty
        icon="rule"
        title={t("flow.rulesEmpty")}
        text={forms.length ? t("flow.rulesEmptyText") : t("d.needsForm")}
      />
      <div className="recipe-tiles">
        {RECIPES.map((recipe) => (
          <button
            key={recipe.title}
            type="button"
            className="plain recipe"
            disabled={busy || forms.length === 0}
            onClick={() => void use(recipe)}
          >
            <Icon name={recipe.icon} size={20} />
            <span>{recipe.title}</span>
          </button>
        ))}
      </div>
      <Button icon="add" onClick={onNew} disabled={forms.length === 0}>
        {t("flow.rulesBlank")}
      </Button>
    </div>
  );
}
