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
  }

  override render(): ReactNode {
    if (!this.state.fault) return this.props.children;
    return (
      <Empty
        icon="warning"
        title={t("common.broken")}
        text={this.state.fault.message}
        actions={<Button onClick={() => window.location.reload()}>{t("common.reload")}</Button>}
      />
    );
  }
}
