/** Puts an entry's component on the page with everything it stands on. */
import "../tokens.css";
import "../ui/ui.css";
import "../ui/tabs.css";
import "../ui/fields.css";
import "./shell.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { onSignedOut } from "../api";
import { language } from "../i18n";
import { queryClient } from "../queries";
import { startTheme } from "../theme";
import { UiProvider } from "../ui/Provider";
import { Toasts } from "../ui/toast";
import { Boundary } from "./Boundary";

export function start(app: ReactNode): void {
  startTheme();
  document.documentElement.lang = language;
  onSignedOut(() => {
    const next = encodeURIComponent(window.location.pathname + window.location.search);
    window.location.assign(`/login?next=${next}&ended=1`);
  });
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no #root.");
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <UiProvider>
          <Boundary>{app}</Boundary>
          <Toasts />
        </UiProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
