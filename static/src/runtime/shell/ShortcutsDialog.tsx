/** All keyboard shortcuts on one card. */
import { MOD } from "@/shared/keyboard";
import { Modal } from "@/shared/ui/Modal";
import { t } from "@/shared/texts/shortcuts";

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const keys: [string[], string][] = [
    [[MOD, "K"], t("shortcuts.search")],
    [["/"], t("shortcuts.find")],
    [["N"], t("shortcuts.new")],
    [["J"], t("shortcuts.down")],
    [["K"], t("shortcuts.up")],
    [["E"], t("shortcuts.edit")],
    [[MOD, "Enter"], t("shortcuts.save")],
    [["Esc"], t("shortcuts.close")],
    [["?"], t("shortcuts.help")],
  ];
  return (
    <Modal open title={t("shell.shortcuts")} onClose={onClose} footer={null} width={420}>
      <dl className="shortcuts">
        {keys.map(([caps, label]) => (
          <div key={label} className="row">
            <dt className="row">
              {caps.map((cap) => (
                <kbd key={cap} className="key-cap">
                  {cap}
                </kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <p className="meta">{t("shortcuts.off")}</p>
    </Modal>
  );
}
