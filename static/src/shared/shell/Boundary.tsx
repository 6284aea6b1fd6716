/** A fault in one place is said there and does not take the rest of the page with it. */
import { Component, type ErrorInfo, type ReactNode } from "react";

import { t } from "../texts";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";

interface Props {
  children: ReactNode;
  /** Changing it forgets the fault, e.g. the page's address. */
  of?: string;
}

interface State {
  fault: Error | null;
  of?: string;
}

/** A part of the page that the server no longer has: another version has been installed since. */
const GONE = /dynamically imported module|importing a module script|preload css/i;

export class Boundary extends Component<Props, State> {
  override state: State = { fault: null, of: this.props.of };

  static getDerivedStateFromError(fault: Error): Partial<State> {
    return { fault };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.of !== state.of ? { fault: null, of: props.of } : null;
  }

  override componentDidCatch(fault: Error, info: ErrorInfo): void {
    console.error(fault, info.componentStack);
    // Without a network the part could not be fetched: the page goes on once there is one.
    if (GONE.test(fault.message) && !navigator.onLine)
      window.addEventListener("online", () => window.location.reload(), { once: true });
  }

  override render(): ReactNode {
    if (!this.state.fault) return this.props.children;
    const updated = GONE.test(this.state.fault.message);
    if (updated && !navigator.onLine)
      return <Empty icon="warning" title={t("common.offline")} text={t("common.offlineText")} />;
    return (
      <Empty
        icon={updated ? "refresh" : "warning"}
        title={updated ? t("common.newVersion") : t("common.broken")}
        text={updated ? t("common.newVersionText") : t("common.brokenText")}
        actions={<Button onClick={() => window.location.reload()}>{t("common.reload")}</Button>}
      />
    );
  }
}
