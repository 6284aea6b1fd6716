/** Addresses of pages: a thin layer over wouter, with typed search parameters. */
import { useCallback } from "react";
import { useLocation, useSearch } from "wouter";

export { Link, Redirect, Route, Router, Switch, useLocation, useParams } from "wouter";

/** One search parameter as state; writing `null` removes it. Replaces the history entry by default. */
export function useParameter(
  name: string,
): [string | null, (value: string | null, push?: boolean) => void] {
  const search = useSearch();
  const [location, navigate] = useLocation();
  const value = new URLSearchParams(search).get(name);
  const set = useCallback(
    (next: string | null, push = false) => {
      const parameters = new URLSearchParams(window.location.search);
      if (next === null || next === "") parameters.delete(name);
      else parameters.set(name, next);
      const text = parameters.toString();
      navigate(text ? `${location}?${text}` : location, { replace: !push });
    },
    [location, name, navigate],
  );
  return [value, set];
}
