/** The overview: four steps to go live, everything in the application, its navigation. */
import { useState } from "react";

import { Icon } from "@/shared/icons";
import { Link, useLocation } from "@/shared/router";
import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";

import { idOf, type Kind } from "../core/definitions";
import { isObject } from "../core/json";
import { create } from "../create";
import { designPath, kindLabel } from "../kinds";
import { useBodies, useDocuments, useSession, useSessionState, words } from "../session";
import { t } from "../texts";
import { ApplicationSettings } from "./ApplicationSettings";
import { DefinitionRows } from "./DefinitionRows";
import { NewDefinition, newLabel } from "./NewDefinition";
import "./overview.css";

const CREATABLE: readonly Kind[] = ["form", "flow", "rule", "report", "dashboard", "role"];

export default function Overview() {
  const session = useSession();
  const forms = useBodies("form");
  const documents = useDocuments();
  const [creating, setCreating] = useState<Kind | null>(null);
  const title = words(documents[idOf("application", session.app)]?.label, session.app);
  if (forms.length === 0) return <FirstForm />;
  return (
    <div className="page overview">
      <div className="page-head">
        <h1>{title}</h1>
        <Menu
          placement="bottomRight"
          items={CREATABLE.map((kind) => ({
            key: kind,
            label: newLabel(kind),
            icon: kind,
            run: () => setCreating(kind),
          }))}
        >
          <Button kind="primary" icon="add">
            {t("common.new")}
          </Button>
        </Menu>
      </div>
      <Checklist />
      <div className="overview-columns">
        <section className="panel">
          <h2>{t("d.definitions")}</h2>
          {CREATABLE.map((kind) => (
            <DefinitionRows key={kind} kind={kind} title={kindLabel(kind)} />
          ))}
        </section>
        <ApplicationSettings />
      </div>
      {creating && <NewDefinition kind={creating} onClose={() => setCreating(null)} />}
    </div>
  );
}

/** An empty application asks one question; the answer opens the form designer. */
function FirstForm() {
  const session = useSession();
  const [, navigate] = useLocation();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (!name.trim() || busy) return;
    setBusy(true);
    const key = await create(session, "form", name.trim(), null);
    navigate(designPath(session.app, "form", key));
  };
  return (
    <div className="page first-form">
      <span className="empty-icon">
        <Icon name="form" size={32} />
      </span>
      <h1>{t("d.firstFormTitle")}</h1>
      <p className="muted">{t("d.firstFormText")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Input
          value={name}
          onChange={setName}
          autoFocus
          size="large"
          maxLength={80}
          autoComplete="off"
          aria-label={t("d.firstFormLabel")}
          placeholder={t("d.firstFormLabel")}
        />
        <Button kind="primary" size="large" submit busy={busy} disabled={!name.trim()}>
          {t("d.create")}
        </Button>
      </form>
    </div>
  );
}

function Checklist() {
  const { app } = useSession();
  const { info } = useSessionState();
  const forms = useBodies("form");
  const flows = useBodies("flow");
  const rules = useBodies("rule");
  const roles = useBodies("role");
  const hasFields = forms.some(
    (form) => isObject(form.fields) && Object.keys(form.fields).length > 0,
  );
  const steps = [
    {
      done: hasFields,
      icon: "form",
      title: t("d.stepForm"),
      text: t("d.stepFormText"),
      path: "forms",
    },
    {
      done: flows.length + rules.length > 0,
      icon: "flow",
      title: t("d.stepFlow"),
      text: t("d.stepFlowText"),
      path: "flows",
    },
    {
      done: roles.length > 1,
      icon: "role",
      title: t("d.stepRole"),
      text: t("d.stepRoleText"),
      path: "roles",
    },
    {
      done: info.release !== null,
      icon: "release",
      title: t("d.stepPublish"),
      text: t("d.stepPublishText"),
      path: "release",
    },
  ];
  return (
    <section aria-label={t("d.checklist")}>
      <ol className="checklist">
        {steps.map((step, index) => (
          <li key={step.path}>
            <Link
              href={`/design/${app}/${step.path}`}
              className={`checklist-step${step.done ? " is-done" : ""}`}
            >
              <span className="checklist-mark">
                {step.done ? (
                  <Icon name="check" label={t("d.stepDone")} />
                ) : (
                  <span>{index + 1}</span>
                )}
              </span>
              <span>
                <b>{step.title}</b>
                <span className="meta">{step.text}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
