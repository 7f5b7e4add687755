/** VS Code's theme, as a palette. A canvas cannot use `var(…)`, so colours are resolved here, again at each change of theme. */
import { contrast, type Rgb } from '../../kernel/model/views/colour.js';
import { isHighContrast, paletteFor, type Palette, type ThemeKind } from '../../kernel/model/views/palette.js';
import { parseCssColour } from './css-colour.js';

/** VS Code marks a high-contrast light theme with both high-contrast classes. */
export function themeKind(classes: DOMTokenList): ThemeKind {
  if (classes.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (classes.contains('vscode-high-contrast')) return 'high-contrast-dark';
  return classes.contains('vscode-dark') ? 'dark' : 'light';
}

export interface Theme {
  readonly palette: Palette;
  readonly isHighContrast: boolean;
  /** CSS values. */
  readonly font: string;
  readonly focus: string;
}

export function currentTheme(body: HTMLElement = document.body): Theme {
  const style = getComputedStyle(body);
  const kind = themeKind(body.classList);
  const colour = (name: string): Rgb | undefined => parseCssColour(style.getPropertyValue(name));
  const background = colour('--vscode-notebook-outputContainerBackgroundColor') ?? colour('--vscode-editor-background');
  const text = colour('--vscode-editor-foreground') ?? colour('--vscode-foreground');
  // A theme whose text cannot be read on its background is not followed.
  const isLegible = background && text && contrast(background, text) >= 4.5;
  return {
    palette: paletteFor(kind, isLegible ? { background, text } : {}),
    isHighContrast: isHighContrast({ kind }),
    font: style.getPropertyValue('--vscode-font-family') || 'system-ui, sans-serif',
    focus: style.getPropertyValue('--vscode-focusBorder') || '#0078d4',
  };
}

/** Calls back after a change of theme; returns what ends it. */
export function onThemeChange(callback: () => void): () => void {
  let frame = 0;
  // Class, attributes and variables change one after the other: once a frame is enough.
  const later = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(callback);
  };
  const observer = new MutationObserver(later);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}
