/** Calls back whenever an element comes into view or goes out of it. Without an observer it is taken to be in view. */
export function watchVisible(element: HTMLElement, change: (isVisible: boolean) => void): () => void {
  if (typeof IntersectionObserver === 'undefined') {
    change(true);
    return () => undefined;
  }
  // A screen before it is seen, so that scrolling meets what is drawn.
  const observer = new IntersectionObserver((entries) => change(entries.at(-1)?.isIntersecting ?? true), { rootMargin: '50%' });
  observer.observe(element);
  return () => observer.disconnect();
}
