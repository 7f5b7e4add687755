// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { parseCssColour } from './css-colour.js';
import { themeKind } from './theme.js';

describe('parseCssColour', () => {
  it.each([
    ['#1f1f1f', [31, 31, 31]],
    [' #FFF ', [255, 255, 255]],
    ['#f00f', [255, 0, 0]],
    ['#00000080', [127, 127, 127]],
    ['rgb(1, 2, 3)', [1, 2, 3]],
    ['rgba(0, 0, 0, 0.5)', [128, 128, 128]],
    ['rgb(10 20 30 / 50%)', [133, 138, 143]],
    ['', undefined],
    ['transparent', undefined],
    ['#12', undefined],
    ['url(javascript:1)', undefined],
  ])('%j', (text, colour) => expect(parseCssColour(text)).toEqual(colour));
});

it.each([
  ['vscode-light', 'light'],
  ['vscode-dark', 'dark'],
  ['vscode-high-contrast', 'high-contrast-dark'],
  ['vscode-high-contrast vscode-high-contrast-light', 'high-contrast-light'],
  ['', 'light'],
])('the classes %j are the theme %s', (classes, kind) => {
  document.body.className = classes;
  expect(themeKind(document.body.classList)).toBe(kind);
});
