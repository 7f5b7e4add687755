/** Several pictures as one, below each other. */
import { element, escape } from './markup.js';

const GAP = 8;

/** @param pictures documents of `svgDocument` */
export function stackPictures(pictures: readonly string[], title: string): string {
  const [only] = pictures;
  if (only !== undefined && pictures.length === 1) return only;
  const sizes = pictures.map((svg) => ({ width: attribute(svg, 'width'), height: attribute(svg, 'height') }));
  const width = Math.max(1, ...sizes.map((size) => size.width));
  let y = 0;
  const parts = pictures.map((svg, at) => {
    const placed = svg.replace('<svg ', `<svg y="${y}" `);
    y += (sizes[at]?.height ?? 0) + GAP;
    return placed;
  });
  const height = Math.max(1, y - GAP);
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': 'DejaVu Sans, sans-serif', role: 'img' },
    element('title', {}, escape(title)) + element('rect', { width, height, fill: '#ffffff' }) + parts.join(''),
  );
}

const attribute = (svg: string, name: string): number => Number(new RegExp(`^<svg [^>]*?\\b${name}="([\\d.]+)"`).exec(svg)?.[1] ?? 0);
