import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodeWriter, Edits } from './edits.js';
import { originalOffset } from './position-map.js';

const same = <T>(value: T): T => value;

describe('edits', () => {
  it('puts what closes before what opens before what replaces, at one place', () => {
    const edits = new Edits();
    edits.replace(2, 3, 'X');
    edits.insert(2, '(', 'open');
    edits.insert(2, ')', 'close');
    edits.insert(2, '$.', 'inner');
    const writer = new CodeWriter('abcd', edits);
    writer.copy(0, 4);
    expect(writer.finish('abcd', same).code).toBe('ab)($.Xd');
  });

  it('leaves an insertion at the end of a piece to the piece that follows', () => {
    const edits = new Edits();
    edits.insert(2, '|');
    edits.insert(4, '!');
    const writer = new CodeWriter('abcd', edits);
    writer.copy(2, 4);
    writer.write('-', 0);
    writer.copy(0, 2);
    expect(writer.finish('abcd', same).code).toBe('|cd!-ab');
  });

  it('applies edits of the same length', () => {
    const edits = new Edits();
    edits.replace(4, 5, 'E');
    edits.replace(0, 2, 'AB');
    expect(edits.applyTo('abcdef')).toBe('ABcdEf');
    expect(new Edits().applyTo('abc')).toBe('abc');
  });

  it('finds every copied character where it was', () => {
    const edit = fc.record({ at: fc.nat(30), length: fc.nat(3), text: fc.stringMatching(/^[A-Z]{0,3}$/) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), (wanted) => {
        const source = Array.from({ length: 30 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');
        const edits = new Edits();
        let from = 0;
        for (const { at, length, text } of [...wanted].sort((a, b) => a.at - b.at)) {
          if (at < from || at + length > source.length) continue;
          edits.replace(at, at + length, text);
          from = at + length;
        }
        const writer = new CodeWriter(source, edits);
        writer.writeHead('head;', 0);
        writer.copy(0, source.length);
        const { code, map } = writer.finish(source, same);
        [...code].forEach((character, offset) => {
          if (character >= '\u4e00') expect(source[originalOffset(map.segments, offset)]).toBe(character);
        });
      }),
    );
  });
});
