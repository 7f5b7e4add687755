/** Zoom with the pointer: drag a range, double-click for all, Ctrl or Alt with the wheel. A plain wheel scrolls the notebook. */
import { make, setStyles } from '../dom.js';
import type { LossChart } from './loss-chart.js';

export interface PointerZoom {
  to(from: number, until: number): void;
  by(factor: number, about: number): void;
  all(): void;
}

const CLICK_PIXELS = 5;
const WHEEL_STEP = 0.002;

export function selectEpochs(stage: HTMLElement, chart: LossChart, zoom: PointerZoom): void {
  const band = make('div', { position: 'absolute', display: 'none', 'pointer-events': 'none', background: 'var(--vscode-editor-selectionBackground, #0078d455)', border: '1px solid var(--vscode-focusBorder, #0078d4)', opacity: '0.5', 'box-sizing': 'border-box' });
  stage.append(band);
  let start: { readonly x: number; readonly pointer: number } | undefined;
  const end = (): void => {
    start = undefined;
    setStyles(band, { display: 'none' });
  };
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    start = { x: event.clientX, pointer: event.pointerId };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener('pointermove', (event) => {
    if (!start || Math.abs(event.clientX - start.x) < CLICK_PIXELS) return;
    const { left } = chart.canvas.getBoundingClientRect();
    const { min, max, top, bottom } = chart.area;
    const clamp = (x: number): number => Math.max(min, Math.min(max, x - left));
    const [a, b] = [clamp(start.x), clamp(event.clientX)];
    setStyles(band, { display: 'block', left: `${Math.min(a, b)}px`, width: `${Math.abs(a - b)}px`, top: `${top}px`, height: `${bottom - top}px` });
  });
  stage.addEventListener('pointerup', (event) => {
    const [from, until] = start ? [chart.placeOf(start.x), chart.placeOf(event.clientX)] : [];
    const isDrag = start !== undefined && Math.abs(event.clientX - start.x) >= CLICK_PIXELS;
    end();
    if (isDrag && from !== undefined && until !== undefined) zoom.to(from, until);
  });
  stage.addEventListener('pointercancel', end);
  stage.addEventListener('dblclick', () => zoom.all());
  stage.addEventListener('wheel', (event) => {
    const about = chart.placeOf(event.clientX);
    if (!(event.ctrlKey || event.altKey || event.metaKey) || about === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    zoom.by(Math.exp(WHEEL_STEP * Math.max(-200, Math.min(200, event.deltaY))), Math.max(0, Math.min(1, about)));
  }, { passive: false });
}
