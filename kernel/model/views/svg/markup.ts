/** SVG as text. Every string of a user passes through `escape`. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Text for XML content and attribute values. Characters that XML 1.0 forbids are dropped: they would spoil the document. */
export const escape = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

/** One element; numbers are rounded to 1/100 pixel, undefined attributes left out. `content` is markup. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const text = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escape(value ?? '')}"`)
    .join('');
  return content ? `<${name}${text}>${content}</${name}>` : `<${name}${text}/>`;
}

export const round = (value: number): string => String(Math.round(value * 100) / 100);

/** A document with an opaque background: a transparent picture is unreadable on a page of the other lightness. */
export function svgDocument(width: number, height: number, background: string, title: string, content: string): string {
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': 'DejaVu Sans, sans-serif', role: 'img' },
    element('title', {}, escape(title)) + element('rect', { width, height, fill: background }) + content,
  );
}
