/** Text in static pictures, set in DejaVu Sans. */
import type { Label } from '../matrix-scene.js';
import { element, escape } from './markup.js';

/** Advance widths of DejaVu Sans in 1/1000 em; other characters count as an average letter. */
const WIDTHS: Readonly<Record<string, number>> = {
  ' ': 318, '.': 318, ',': 318, ':': 337, ';': 337, '!': 401, "'": 275, '|': 337, i: 278, j: 278, l: 278, f: 352, t: 392, r: 411,
  '(': 390, ')': 390, '-': 361, '−': 838, '×': 838, '→': 838, '←': 838, '%': 950, '<': 838, '>': 838, '=': 838, '+': 838, '&': 780, '#': 838, '@': 1000, '…': 1000, '“': 518, '”': 518, m: 974, w: 818, M: 863, W: 989, _: 500, '·': 318,
  s: 521, c: 550, z: 525, k: 579, x: 592, v: 592, y: 592, I: 295, J: 295,
};
const DIGIT = 636;
const LETTER = 620;

/** Pixels that a text takes at a font size. */
export function measureText(text: string, size: number): number {
  let units = 0;
  for (const character of text) units += WIDTHS[character] ?? (/\d/.test(character) ? DIGIT : LETTER);
  return (units * size) / 1000;
}

export function svgText({ text, x, y, anchor, turned, size, colour }: Label): string {
  const transform = turned ? `rotate(-90 ${x.toFixed(1)} ${y.toFixed(1)})` : undefined;
  const textAnchor = anchor === 'start' ? undefined : anchor;
  return element('text', { x, y, 'font-size': size, fill: colour, 'text-anchor': textAnchor, transform }, escape(text));
}

/** Lines of at most `width` pixels, broken between words. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && measureText(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
