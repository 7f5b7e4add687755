/** A page without a layout engine, made drawable: canvases that write down what is drawn, and elements that have a width. */
import { vi } from 'vitest';

export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Fill at the time of the call. */
  readonly fill: unknown;
}

/** Every canvas of the page draws into the list that this returns. */
export function recordCanvases(width = 600): Call[] {
  const calls: Call[] = [];
  const contexts = new WeakMap<object, object>();
  const make = (canvas: HTMLCanvasElement): object => {
    const state: Record<string | symbol, unknown> = { canvas };
    return new Proxy(state, {
      get: (target, name) => {
        if (name in target) return target[name];
        if (name === 'measureText') return (text: string) => ({ width: 6 * text.length, actualBoundingBoxAscent: 8, actualBoundingBoxDescent: 2 });
        return (...args: unknown[]) => void calls.push({ name: String(name), args, fill: target['fillStyle'] });
      },
      set: (target, name, value) => ((target[name] = value), true),
    });
  };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    const context = contexts.get(this) ?? make(this);
    contexts.set(this, context);
    return context as never;
  });
  vi.stubGlobal('ImageData', class { constructor(readonly data: Uint8ClampedArray, readonly width: number, readonly height: number) {} });
  setWidth(() => width);
  return calls;
}

/** The width of every element. */
export function setWidth(width: () => number): void {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: width, configurable: true });
}

/** VS Code's marks on the page. */
export function setTheme(classes: string, variables: Readonly<Record<string, string>> = {}): void {
  document.body.className = classes;
  document.documentElement.removeAttribute('style');
  for (const [name, value] of Object.entries(variables)) {
    document.documentElement.style.setProperty(name, value);
    document.body.style.setProperty(name, value);
  }
}
