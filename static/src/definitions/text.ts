// Written by `make schema` from the closed schemas of definitions; do not edit.

/** What people read: the same in all languages, or one text for each. */
export type Text = string | {
  "zh-Hans"?: string;
  en?: string;
};
