/** The form designer: palette, the real form, properties; and the form's other sides as tabs. */
import { useEffect, useMemo, useRef, useState } from "react";

import { Icon } from "@/shared/icons";
import { isTyping } from "@/shared/keyboard";
import { useParameter } from "@/shared/router";
import { IconButton } from "@/shared/ui/Button";
import { Tabs } from "@/shared/ui/Tabs";

import { SurroundingsContext } from "../parts/schema/context";
import { DocumentTitle } from "../parts/DocumentTitle";
import { Missing } from "../parts/Missing";
import { Sheet, useNarrow } from "../parts/Sheet";
import { useProblems } from "../session";
import { usePreview, usePreviewable } from "../shell/preview";
import { t } from "../texts";
import { BehaviourTab } from "./BehaviourTab";
import { Canvas } from "./Canvas";
import {
  FormEditorProvider,
  LatestEditorProvider,
  useFormEditorState,
  type FormEditor,
} from "./editor";
import { FieldProperties } from "./FieldProperties";
import { Outline } from "./Outline";
import { PageTab } from "./PageTab";
import { Palette } from "./Palette";
import { Preview } from "./Preview";
import { PublicTab } from "./PublicTab";
import { ViewsTab } from "./ViewsTab";
import "./form.css";

export default function FormScreen({ formKey }: { formKey: string }) {
  const editor = useFormEditorState(formKey);
  const problems = useProblems("form", formKey);
  const [tab, setTab] = useParameter("tab");
  const [at] = useParameter("at");
  const [phone, setPhone] = useState(false);
  const [outline, setOutline] = useState(false);
  const narrow = useNarrow(1100);
  const small = useNarrow(640);
  const preview = usePreview();
  usePreviewable();
  const surroundings = useMemo(() => ({ form: formKey, document: `form/${formKey}` }), [formKey]);

  // A problem that was clicked selects its field.
  useEffect(() => {
    const [part, key] = (at ?? "").split("/");
    if (part === "fields" && key) {
      editor?.select({ kind: "field", key });
      document.querySelector(`[data-field="${key}"]`)?.scrollIntoView({ block: "center" });
    } else if (part === "views") setTab("views");
    else if (part === "behaviour" || part === "checks" || part === "unique") setTab("rules");
    else if (part === "page" || part === "public") setTab(part);
    // Only a new address selects; what the person does afterwards stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at]);

  // Pasting anywhere on the page, outside inputs, means the canvas.
  useEffect(() => {
    if (!editor || tab) return;
    const paste = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if ((event.target as HTMLElement | null)?.closest?.("[role=dialog]")) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!text) return;
      event.preventDefault();
      void editor.paste(text);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  });

  const latest = useRef<FormEditor | null>(null);
  latest.current = editor;
  if (!editor) return <Missing section="forms" />;
  const properties = <FieldProperties problems={problems} />;
  const body = () => {
    if (tab === "rules") return <BehaviourTab problems={problems} />;
    if (tab === "views") return <ViewsTab problems={problems} />;
    if (tab === "page") return <PageTab problems={problems} />;
    if (tab === "public") return <PublicTab problems={problems} />;
    return (
      <div className={`workbench${narrow ? " is-narrow" : ""}`}>
        {!narrow && (
          <aside className="workbench-left" aria-label={t("form.palette")}>
            {outline ? <Outline /> : <Palette />}
          </aside>
        )}
        <div className="canvas-scroll">
          <Canvas phone={phone || small} problems={problems} />
        </div>
        {narrow ? (
          <Sheet
            open={editor.selected !== null && editor.naming === null}
            title={t("d.properties")}
            onClose={() => editor.select(null)}
          >
            {properties}
          </Sheet>
        ) : (
          <aside className="workbench-right" aria-label={t("d.properties")}>
            {properties}
          </aside>
        )}
      </div>
    );
  };
  return (
    <FormEditorProvider value={editor}>
      <LatestEditorProvider value={latest as { current: FormEditor }}>
        <SurroundingsContext.Provider value={surroundings}>
          <div className="screen">
            <div className="screen-bar has-tabs">
              <DocumentTitle kind="form" docKey={formKey} />
              <Tabs
                label={t("form.designerTabs")}
                current={tab ?? "fields"}
                onChange={(key) => setTab(key === "fields" ? null : key)}
                tabs={[
                  { key: "fields", label: t("form.tabFields") },
                  { key: "rules", label: t("form.tabRules") },
                  { key: "views", label: t("form.tabViews") },
                  { key: "page", label: t("form.tabPage") },
                  { key: "public", label: t("form.tabPublic") },
                ]}
              />
              <span className="grow" />
              {!tab && (
                <>
                  {!narrow && (
                    <IconButton
                      icon="list"
                      label={t("form.outline")}
                      aria-pressed={outline}
                      onClick={() => setOutline(!outline)}
                    />
                  )}
                  {!small && (
                    <span className="segmented" role="group" aria-label={t("d.preview")}>
                      <button
                        type="button"
                        className="plain"
                        aria-pressed={!phone}
                        onClick={() => setPhone(false)}
                      >
                        <Icon name="desktop" label={t("form.desktop")} />
                      </button>
                      <button
                        type="button"
                        className="plain"
                        aria-pressed={phone}
                        onClick={() => setPhone(true)}
                      >
                        <Icon name="mobile" label={t("form.phone")} />
                      </button>
                    </span>
                  )}
                </>
              )}
            </div>
            {preview.on ? (
              <Preview form={editor.form} phone={phone || small} onClose={preview.close} />
            ) : (
              body()
            )}
          </div>
        </SurroundingsContext.Provider>
      </LatestEditorProvider>
    </FormEditorProvider>
  );
}
