/** A list of problems; each can be clicked when there is a place to go to. */
import { ApiError } from "../api";
import { Icon } from "../icons";
import { t } from "../texts";
import type { Problem } from "../types";
import { Button } from "./Button";
import { Empty } from "./Empty";

interface Props {
  problems: readonly Problem[];
  onGo?: (problem: Problem) => void;
}

export function Problems({ problems, onGo }: Props) {
  if (!problems.length) return null;
  return (
    <ul className="problems" role="alert">
      {problems.map((problem, index) => {
        const body = (
          <>
            <Icon name={problem.severity === "warning" ? "warning" : "error"} />
            <span>{problem.message}</span>
          </>
        );
        return (
          <li
            key={`${problem.path}-${problem.code}-${index}`}
            className={problem.severity === "warning" ? "is-warning" : "is-error"}
          >
            {onGo ? (
              <button type="button" className="plain" onClick={() => onGo(problem)}>
                {body}
              </button>
            ) : (
              <span>{body}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** An error in one sentence a person understands. */
export function sentence(error: unknown): string {
  if (error instanceof ApiError) {
    const messages = error.problems.map((problem) => problem.message).filter(Boolean);
    if (messages.length) return messages.join("；");
    if (error.status === 403) return t("common.forbidden");
    if (error.status === 404) return t("common.missing");
    return t("common.serverFault");
  }
  if (error instanceof TypeError) return t("common.unreachable");
  return error instanceof Error ? error.message : String(error);
}

/** A failed load: what went wrong, and a way to try again, or on where trying again is no use. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error instanceof ApiError && (error.status === 404 || error.status === 403)) {
    const missing = error.status === 404;
    return (
      <Empty
        icon={missing ? "search" : "lock"}
        title={missing ? t("common.missing") : sentence(error)}
        actions={<Button href="/">{t("common.home")}</Button>}
      />
    );
  }
  return (
    <div className="empty" role="alert">
      <span className="empty-icon is-danger">
        <Icon name="warning" size={24} />
      </span>
      <p className="empty-title">{sentence(error)}</p>
      {onRetry && (
        <div className="empty-actions">
          <Button icon="refresh" onClick={onRetry}>
            {t("common.retry")}
          </Button>
        </div>
      )}
    </div>
  );
}
