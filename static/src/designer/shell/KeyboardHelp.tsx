/** The list of shortcuts, on "?". */
import { useEffect, useState } from "react";

import { MOD, useShortcut } from "@/shared/keyboard";
import { Modal } from "@/shared/ui/Modal";

import { t } from "../texts";
import "./help.css";

const OPEN = "mortise:keyboard-help";

export function showHelp(): void {
  window.dispatchEvent(new Event(OPEN));
}

export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  useShortcut("?", () => setOpen(true));
  useShortcut("shift+?", () => setOpen(true));
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(OPEN, show);
    return () => window.removeEventListener(OPEN, show);
  }, []);
  return (
    <Modal open={open} title={t("d.help")} onClose={() => setOpen(false)} footer={null} width={640}>
      <div className="keys">
        <Keys
          title={t("d.keysGeneral")}
          keys={[
            [`${MOD}+Z`, t("d.keyUndo")],
            [`${MOD}+Shift+Z`, t("d.keyRedo")],
            [`${MOD}+Enter`, t("d.keyPublish")],
            ["?", t("d.keyHelp")],
          ]}
        />
        <Keys
          title={t("d.keysForm")}
          keys={[
            ["Tab", t("d.keySelect")],
            ["Enter", t("d.keyAddBelow")],
            ["↑ ↓ ← →", t("d.keyMove")],
            ["F2", t("d.keyRename")],
            [`${MOD}+D`, t("d.keyDuplicate")],
            [`${MOD}+C/X/V`, t("d.keyCopy")],
            ["Delete", t("d.keyDelete")],
          ]}
        />
        <Keys
          title={t("d.keysFlow")}
          keys={[
            ["↑ ↓ ← →", t("d.keyNext")],
            ["Enter", t("d.keyAddAfter")],
            ["Delete", t("d.keyDelete")],
            ["+ −", t("d.keyZoom")],
          ]}
        />
        <Keys
          title={t("d.keysDashboard")}
          keys={[
            ["↑ ↓ ← →", t("d.keyMoveWidget")],
            ["Shift+↑ ↓ ← →", t("d.keyResize")],
            ["Delete", t("d.keyDelete")],
          ]}
        />
      </div>
    </Modal>
  );
}

function Keys({ title, keys }: { title: string; keys: [string, string][] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd className="key-cap">{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
