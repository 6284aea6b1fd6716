/** The texts that shared parts show; runtime and designer each make their own `t` from their areas. */
import { makeT } from "../i18n";
import { common } from "./common";
import { shell } from "./shell";

export const t = makeT({ common, shell });
