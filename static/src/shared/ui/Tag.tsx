/** A choice's label on its tint. */
import type { ReactNode } from "react";

import { color as known } from "../colors";

interface Props {
  color?: string | null;
  children: ReactNode;
  title?: string;
}

export function Tag({ color, children, title }: Props) {
  return (
    <span className={`tag tag-${known(color)}`} title={title}>
      {children}
    </span>
  );
}
