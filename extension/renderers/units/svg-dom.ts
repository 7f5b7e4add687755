/** SVG elements by the DOM: what a payload says is text and numbers, never markup. */
const NAMESPACE = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number | undefined>>;

export function svg<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: readonly (Element | string)[]): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly size: number;
  readonly colour: string;
  readonly turned?: boolean;
}

export const svgLabel = ({ text, x, y, anchor, size, colour, turned }: Label): SVGTextElement =>
  svg('text', { x, y, fill: colour, 'font-size': size, 'text-anchor': anchor, 'pointer-events': 'none', transform: turned ? `rotate(-90 ${x} ${y})` : undefined }, text);
