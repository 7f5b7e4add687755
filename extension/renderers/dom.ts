/** Elements with text and style, never with HTML: what a payload says is shown as text. */
type Styles = Readonly<Partial<Record<string, string>>>;

export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, styles: Styles = {}, text = ''): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  setStyles(element, styles);
  if (text) element.textContent = text;
  return element;
}

/** Through the style object: a content security policy that forbids style attributes allows it. */
export function setStyles(element: HTMLElement, styles: Styles): void {
  for (const [property, value] of Object.entries(styles)) element.style.setProperty(property, value ?? '');
}
