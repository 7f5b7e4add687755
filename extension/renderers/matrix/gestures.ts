/** Pointer and wheel on a drawn matrix. The wheel alone stays the notebook's, which scrolls by it. */
export interface GestureListener {
  /** Pixels of the element. */
  point(x: number, y: number): void;
  leave(): void;
  drag(right: number, down: number): void;
  /** Pressed and let go at the same place. */
  click(x: number, y: number, isAdding: boolean): void;
  zoom(factor: number, x: number, y: number): void;
}

/** Less than this is a click with an unsteady hand. */
const STEADY = 4;
const WHEEL_FACTOR = 1.0025;

export function listenToGestures(element: HTMLElement, listener: GestureListener): void {
  let pressed: { readonly id: number; x: number; y: number; moved: boolean } | undefined;
  const at = (event: MouseEvent): readonly [number, number] => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false };
    // A pointer that a test makes up cannot be captured.
    try {
      element.setPointerCapture(event.pointerId);
    } catch {
      // Then the drag ends at the element's edge.
    }
  });
  element.addEventListener('pointermove', (event) => {
    const [x, y] = at(event);
    if (!pressed) return listener.point(x, y);
    const [right, down] = [event.clientX - pressed.x, event.clientY - pressed.y];
    if (!pressed.moved && Math.hypot(right, down) < STEADY) return;
    pressed = { id: pressed.id, x: event.clientX, y: event.clientY, moved: true };
    listener.drag(right, down);
  });
  element.addEventListener('pointerup', (event) => {
    const was = pressed;
    pressed = undefined;
    if (was && !was.moved) listener.click(...at(event), event.shiftKey);
  });
  element.addEventListener('pointercancel', () => (pressed = undefined));
  element.addEventListener('pointerleave', () => {
    if (!pressed) listener.leave();
  });
  element.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.altKey && !event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      listener.zoom(WHEEL_FACTOR ** -event.deltaY, ...at(event));
    },
    { passive: false },
  );
}
