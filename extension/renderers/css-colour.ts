import { mix, rgb, type Rgb } from '../../kernel/model/views/colour.js';

/**
 * A colour as VS Code's style variables hold it: `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)`. Transparency is blended with
 * `behind`. Undefined for anything else.
 */
export function parseCssColour(text: string, behind: Rgb = [255, 255, 255]): Rgb | undefined {
  const value = text.trim();
  const short = /^#([\da-f])([\da-f])([\da-f])([\da-f])?$/i.exec(value);
  const long = short ? `#${short.slice(1).map((digit) => (digit ? digit + digit : '')).join('')}` : value;
  if (/^#[\da-f]{6}([\da-f]{2})?$/i.test(long)) {
    const alpha = long.length === 9 ? Number.parseInt(long.slice(7), 16) / 255 : 1;
    return mix(behind, rgb(long), alpha);
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%)?)?\s*\)$/i.exec(value);
  if (!parts) return undefined;
  const [, red, green, blue, alpha, percent] = parts;
  const opacity = alpha === undefined ? 1 : Number(alpha) / (percent ? 100 : 1);
  return mix(behind, [Math.round(Number(red)), Math.round(Number(green)), Math.round(Number(blue))], opacity);
}
