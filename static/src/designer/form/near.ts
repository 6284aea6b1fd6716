/** Whether an element is on the screen or about to be; a form of 300 fields draws only what is seen. */
import { useLayoutEffect, useState, type RefObject } from "react";

const MARGIN = 600;
const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | null = null;

function observe(element: Element, shown: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries)
        if (entry.isIntersecting) {
          waiting.get(entry.target)?.();
          waiting.delete(entry.target);
          observer?.unobserve(entry.target);
        }
    },
    { rootMargin: `${MARGIN}px` },
  );
  waiting.set(element, shown);
  observer.observe(element);
  return () => {
    waiting.delete(element);
    observer?.unobserve(element);
  };
}

/** False until the element has come near once; then true for good. */
export function useNear(ref: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || near) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (top < window.innerHeight + MARGIN && bottom > -MARGIN) {
      setNear(true);
      return;
    }
    return observe(element, () => setNear(true));
  }, [ref, near]);
  return near;
}
