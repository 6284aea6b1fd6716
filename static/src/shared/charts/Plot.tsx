/** A chart; its library comes when the first one is drawn. */
import { useEffect, useRef, useState } from "react";

import { useTheme } from "../theme";
import { Skeleton } from "../ui/Skeleton";
import { CONFIG, type Figure, themed } from "./figure";

interface Props {
  figure: Figure;
  label: string;
  /** What the clicked mark stands for, to drill into. */
  onCell?: (cell: unknown) => void;
}

export default function Plot({ figure, label, onCell }: Props) {
  const node = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const [ready, setReady] = useState(false);
  const latest = useRef(onCell);
  useEffect(() => {
    latest.current = onCell;
  });
  useEffect(() => {
    const target = node.current;
    if (!target) return;
    let gone = false;
    let purge: (() => void) | undefined;
    let observer: ResizeObserver | undefined;
    void import("./plotly").then(async ({ default: plotly }) => {
      if (gone) return;
      const draw = async () => {
        const { data, layout } = themed(figure, target.clientWidth < 420);
        const drawn = await plotly.react(
          target,
          data,
          { ...layout, width: target.clientWidth, height: target.clientHeight },
          CONFIG,
        );
        drawn.removeAllListeners("plotly_click");
        drawn.on("plotly_click", (event) => {
          const cell = event.points?.[0]?.customdata;
          if (cell != null) latest.current?.(cell);
        });
      };
      await draw();
      if (gone) return;
      setReady(true);
      purge = () => plotly.purge(target);
      let width = target.clientWidth;
      let height = target.clientHeight;
      observer = new ResizeObserver(() => {
        if (target.clientWidth === width && target.clientHeight === height) return;
        width = target.clientWidth;
        height = target.clientHeight;
        if (width && height) void draw();
      });
      observer.observe(target);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      purge?.();
    };
  }, [figure, theme]);
  return (
    <div className="plot">
      {!ready && <Skeleton lines={4} height={24} />}
      <div
        ref={node}
        className={`plot-node${onCell ? " is-clickable" : ""}`}
        role="img"
        aria-label={label}
      />
    </div>
  );
}
