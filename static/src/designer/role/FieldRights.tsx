/** Which fields of a form a role may edit, only see, or not see; and how values are masked. */
import { Modal } from "@/shared/ui/Modal";
import { Select } from "@/shared/ui/Select";
import { Button } from "@/shared/ui/Button";

import type { Json, JsonObject } from "../core/json";
import { useFields } from "../parts/schema/context";
import { useSession, words } from "../session";
import { t } from "../texts";

interface Props {
  form: string;
  grant: JsonObject;
  onChange: (name: "fields" | "mask", value: Json | undefined) => void;
  onClose: () => void;
}

const MASKS = ["all", "middle", "phone", "email", "last4"] as const;
const MASKABLE = new Set(["text", "phone", "email", "serial"]);

function maskLabel(mask: string): string {
  if (mask === "middle") return t("role.maskMiddle");
  if (mask === "phone") return t("role.maskPhone");
  if (mask === "email") return t("role.maskEmail");
  if (mask === "last4") return t("role.maskLast4");
  return t("role.maskAll");
}

function sample(mask: string): string {
  if (mask === "middle") return "张*明";
  if (mask === "phone") return "138****5678";
  if (mask === "email") return "l***@example.com";
  if (mask === "last4") return "****5678";
  return "****";
}

export function FieldRights({ form, grant, onChange, onClose }: Props) {
  const session = useSession();
  const fields = useFields(form);
  const rights = (grant.fields ?? {}) as Record<string, string>;
  const masks = (grant.mask ?? {}) as Record<string, string>;
  const base = rights["*"] ?? "edit";
  const options = [
    { value: "edit", label: t("role.rightEdit") },
    { value: "see", label: t("role.rightSee") },
    { value: "hide", label: t("role.rightHide") },
  ];
  const setRight = (key: string, right: string) => {
    const next = { ...rights, [key]: right };
    if (key !== "*" && right === base) delete next[key];
    if (key === "*" && right === "edit") delete next["*"];
    onChange("fields", Object.keys(next).length ? next : undefined);
  };
  const setMask = (key: string, mask: string | null) => {
    const { [key]: _gone, ...rest } = masks;
    const next: Record<string, string> = mask ? { ...rest, [key]: mask } : rest;
    onChange("mask", Object.keys(next).length ? next : undefined);
  };
  const name = words(session.form(form)?.label, form);
  return (
    <Modal
      open
      width={640}
      title={t("role.fieldRightsOf", { form: name })}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t("common.done")}</Button>}
    >
      <table className="rights">
        <thead>
          <tr>
            <th scope="col">{t("form.field")}</th>
            <th scope="col">{t("role.rights")}</th>
            <th scope="col">{t("role.mask")}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ key, label, field }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>
                <Select
                  size="small"
                  aria-label={`${label}: ${t("role.rights")}`}
                  value={rights[key] ?? base}
                  options={options}
                  onChange={(right) => setRight(key, right ?? "edit")}
                />
              </td>
              <td>
                {MASKABLE.has(field.type) && (rights[key] ?? base) !== "hide" && (
                  <>
                    <Select
                      size="small"
                      aria-label={`${label}: ${t("role.mask")}`}
                      value={masks[key] ?? null}
                      clearable
                      placeholder={t("role.maskNone")}
                      options={MASKS.map((mask) => ({ value: mask, label: maskLabel(mask) }))}
                      onChange={(mask) => setMask(key, mask)}
                    />
                    {masks[key] && (
                      <span className="meta">
                        {t("role.maskSample", { sample: sample(masks[key]) })}
                      </span>
                    )}
                  </>
                )}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t("role.fieldDefault")}</th>
            <td>
              <Select
                size="small"
                aria-label={t("role.fieldDefault")}
                value={base}
                options={options}
                onChange={(right) => setRight("*", right ?? "edit")}
              />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
    </Modal>
  );
}
