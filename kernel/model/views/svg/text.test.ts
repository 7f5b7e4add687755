import { describe, expect, it } from 'vitest';
import { element, escape, round } from './markup.js';
import { measureText, wrapText } from './text.js';

describe('text', () => {
  it('is measured about as wide as DejaVu Sans sets it', () => {
    // Advance widths read from the font: 0 is 636, i is 278, m is 974 thousandths.
    expect(measureText('0', 1000)).toBe(636);
    expect(measureText('iii', 1000)).toBe(834);
    expect(measureText('m', 10)).toBeCloseTo(9.74);
    expect(measureText('', 10)).toBe(0);
  });

  it('breaks between words, and nowhere else', () => {
    expect(wrapText('one two three', 10, 60)).toEqual(['one two', 'three']);
    expect(wrapText('anextremelylongword of it', 10, 30)).toEqual(['anextremelylongword', 'of it']);
    for (const line of wrapText('the quick brown fox jumps over the lazy dog', 12, 100)) expect(measureText(line, 12)).toBeLessThanOrEqual(100);
  });
});

describe('markup', () => {
  it('escapes and drops what XML forbids', () => expect(escape('a<b>&"c"\u0000\u001f\ud83d\ude00\udc00')).toBe('a&lt;b&gt;&amp;&quot;c&quot;\u{1f600}'));
  it('writes elements', () => {
    expect(element('g', { x: 1.23456, id: '"', skip: undefined }, 'in')).toBe('<g x="1.23" id="&quot;">in</g>');
    expect(element('rect', { width: 3 })).toBe('<rect width="3"/>');
    expect(round(-0.001)).toBe('0');
  });
});
