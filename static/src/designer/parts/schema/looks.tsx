/** Editors of what something looks like: its colour, its icon. */
import { useSession } from "../../session";
import { IconChoice, Swatches } from "../Looks";
import type { EditorProps } from "./context";

export function ColorEditor({ label, value, onChange }: EditorProps) {
  const { catalogue } = useSession();
  return <Swatches label={label} names={catalogue.colors} value={value} onPick={onChange} />;
}

export function IconEditor({ label, value, onChange }: EditorProps) {
  const { catalogue } = useSession();
  return <IconChoice label={label} names={catalogue.icons} value={value} onPick={onChange} />;
}
