/** What is wrong, errors first; a click goes to the place. */
import { Icon } from "@/shared/icons";
import { useLocation } from "@/shared/router";
import type { Problem } from "@/shared/types";
import { Problems } from "@/shared/ui/Problems";

import { parseId } from "../core/definitions";
import { pointerParts } from "../core/json";
import { kindLabel, placeOfProblem } from "../kinds";
import { useDocuments, useSaveState, useSession, useSessionState, words } from "../session";
import { placeWords } from "../parts/path_words";
import { t } from "../texts";

export function ProblemList({ onClose }: { onClose: () => void }) {
  const { check, checking } = useSessionState();
  const problems = useAllProblems();
  const errors = problems.filter((problem) => problem.severity !== "warning");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  if (!check && checking) return <p className="sheet muted">{t("d.checking")}</p>;
  if (problems.length === 0)
    return (
      <div className="sheet sheet-line">
        <Icon name="success" style={{ color: "var(--success)" }} />
        <div>
          <p>
            <b>{t("d.noProblems")}</b>
          </p>
          <p className="muted">{t("d.noProblemsText")}</p>
        </div>
      </div>
    );
  return (
    <div className="sheet">
      {errors.length > 0 && (
        <Group title={t("d.errorsFirst")} problems={errors} onClose={onClose} />
      )}
      {warnings.length > 0 && (
        <Group title={t("d.warnings")} problems={warnings} onClose={onClose} />
      )}
    </div>
  );
}

export function useAllProblems(): Problem[] {
  const { check } = useSessionState();
  const saved = useSaveState();
  const refused = Object.entries(saved.refused).flatMap(([id, problems]) => {
    const { kind, key } = parseId(id);
    return problems.map((problem): Problem => ({
      ...(problem as Problem),
      path: problem.path.startsWith(`/${kind}s/`)
        ? problem.path
        : `/${kind}s/${key}${problem.path}`,
    }));
  });
  return [...refused, ...(check?.problems ?? [])];
}

function Group({
  title,
  problems,
  onClose,
}: {
  title: string;
  problems: Problem[];
  onClose: () => void;
}) {
  const { app, catalogue } = useSession();
  const documents = useDocuments();
  const [, navigate] = useLocation();
  const withPlace = ({ path, message }: Problem): string => {
    const [section = "", key = "", ...inner] = pointerParts(path);
    const kind = section.replace(/s$/, "");
    const body = documents[`${kind}/${key}`];
    // The thing itself is named; where in it the problem lies is seen there.
    const place = placeWords(catalogue, kind, inner.slice(0, 2), body);
    return place ? t("d.at", { place, message }) : message;
  };
  const byPlace = new Map<string, Problem[]>();
  for (const problem of problems) {
    const place = problem.path.split("/").slice(1, 3).join("/");
    byPlace.set(place, [...(byPlace.get(place) ?? []), problem]);
  }
  return (
    <section className="sheet-group">
      <h3>{title}</h3>
      {[...byPlace].map(([place, found]) => {
        const [section = "", key = ""] = place.split("/");
        const kind = section.replace(/s$/, "");
        return (
          <div key={place}>
            <p className="meta">
              {kindLabel(kind)} · {words(documents[`${kind}/${key}`]?.label, key)}
            </p>
            <Problems
              problems={found.map((problem) => ({
                ...problem,
                message: withPlace(problem),
              }))}
              onGo={(problem) => {
                onClose();
                navigate(placeOfProblem(app, problem.path));
              }}
            />
          </div>
        );
      })}
    </section>
  );
}
