/** Icons of the toolbar: strokes on a grid of 16 × 16. */
const ICONS = {
  draw: 'M3 13l1-3.5L11 2.5l2.5 2.5-7 7L3 13zM9.5 4l2.5 2.5',
  rectangle: 'M2.5 3.5h11v9h-11z',
  row: 'M2.5 6h11v4h-11zM2.5 2.5h1M6 2.5h1M9.5 2.5h1M13 2.5h.5M2.5 13.5h1M6 13.5h1M9.5 13.5h1M13 13.5h.5',
  column: 'M6 2.5v11h4v-11zM2.5 2.5v1M2.5 6v1M2.5 9.5v1M2.5 13v.5M13.5 2.5v1M13.5 6v1M13.5 9.5v1M13.5 13v.5',
  band: 'M2.5 2.5h3l8 8v3h-3l-8-8z',
  blocks: 'M2.5 2.5h5v5h-5zM8.5 8.5h5v5h-5z',
  random: 'M3 3h1v1H3zM8 4h1v1H8zM12 2.5h1v1h-1zM5 7.5h1v1H5zM11 8h1v1h-1zM3 12h1v1H3zM8 11h1v1H8zM12 12.5h1v1h-1z',
  perRow: 'M2.5 4h11M2.5 8h11M2.5 12h11M5 3v2M10 3v2M4 7v2M12 7v2M7 11v2M9 11v2',
  perColumn: 'M4 2.5v11M8 2.5v11M12 2.5v11M3 5h2M3 10h2M7 4h2M7 12h2M11 7h2M11 9h2',
  transpose: 'M3.5 3.5l9 9M9 3h4v4M7 13H3V9',
  invert: 'M8 2.5a5.5 5.5 0 100 11zM8 2.5a5.5 5.5 0 010 11',
  clear: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  zoomOut: 'M3 8h10',
  zoomIn: 'M3 8h10M8 3v10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  copy: 'M5.5 5.5h8v8h-8zM5.5 10.5h-3v-8h8v3',
  cell: 'M2.5 3.5h11v9h-11zM8 6v4M6 8h4',
} as const;

export type IconName = keyof typeof ICONS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({ viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.2', 'stroke-linejoin': 'round' })) svg.setAttribute(attribute, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
