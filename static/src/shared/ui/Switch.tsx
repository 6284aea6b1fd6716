/** On or off, at once. */
import { Switch as AntSwitch } from "antd";

interface Props {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  label: string;
  id?: string;
  size?: "small" | "default";
}

export function Switch({ label, size = "small", ...rest }: Props) {
  return <AntSwitch {...rest} size={size === "default" ? undefined : "small"} aria-label={label} />;
}
