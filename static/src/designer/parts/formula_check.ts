/** Checks a formula on the server against the draft, a moment after the last keystroke. */
import { useEffect, useState } from "react";

import { ApiError } from "@/shared/api";
import type { Json, Problem } from "@/shared/types";

import { builder } from "../api";
import { idOf } from "../core/definitions";
import { useDocuments, useSession } from "../session";
import { useSurroundings } from "./schema/context";

export interface Checked {
  problems: Problem[];
  tree: Json | undefined;
  type: string | undefined;
}

const NOTHING: Checked = { problems: [], tree: undefined, type: undefined };
const DELAY = 350;

export function useFormulaCheck(
  formula: string,
  purpose: string,
  returns?: string,
  formKey?: string,
): Checked {
  const session = useSession();
  const surroundings = useSurroundings();
  const form = formKey ?? surroundings.form;
  const definition = useDocuments()[idOf("form", form ?? "")];
  const [state, setState] = useState<{ formula: string; checked: Checked }>({
    formula: "",
    checked: NOTHING,
  });
  // What the formula means depends on the fields and their types, not on where they stand.
  const meaning = JSON.stringify(definition?.fields ?? {});
  useEffect(() => {
    if (!formula || !form || !definition) {
      setState({ formula, checked: NOTHING });
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      builder
        .checkFormula(session.app, {
          form,
          formula,
          purpose,
          ...(returns ? { returns } : {}),
          definition,
        })
        .then((answer) => {
          if (current)
            setState({
              formula,
              checked: {
                problems: answer.problems ?? [],
                tree: answer.tree ?? undefined,
                type: answer.type ?? undefined,
              },
            });
        })
        .catch((error: unknown) => {
          if (!current) return;
          const problems = error instanceof ApiError && error.status === 422 ? error.problems : [];
          setState({ formula, checked: { ...NOTHING, problems } });
        });
    }, DELAY);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // `meaning` stands for the definition.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [formula, form, purpose, returns, meaning, session]);
  return state.formula === formula ? state.checked : { ...state.checked, problems: [] };
}
