import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitMatrix } from '../document/bit-matrix.js';
import { Channel } from './channel.js';
import type { FromPage, ToPage } from './messages.js';
import { parseFromPage, parseToPage } from './parse.js';
import { fromWire, toWire } from './wire-matrix.js';

const badge = { savedConnections: 3, isDirty: true };
const bits = { form: 'bits', inputs: 1, outputs: 2, words: Uint32Array.of(3) } as const;

const FROM_PAGE: readonly FromPage[] = [
  { type: 'ready' },
  { type: 'copyCode' },
  { type: 'insertCell' },
  { type: 'openOtherwise' },
  { type: 'edit', operation: { kind: 'paint', on: true, rows: Uint32Array.of(1), columns: Uint32Array.of(2) } },
  { type: 'edit', operation: { kind: 'rectangle', on: false, area: { top: 0, left: 1, bottom: 2, right: 3 } } },
  { type: 'edit', operation: { kind: 'line', axis: 'column', index: 4 } },
  { type: 'edit', operation: { kind: 'fill', recipe: { generator: 'banded', width: 3 } } },
  { type: 'edit', operation: { kind: 'fill', recipe: { generator: 'random', density: 0.5, seed: 1 }, area: { top: 0, left: 0, bottom: 0, right: 0 } } },
  { type: 'edit', operation: { kind: 'fill', recipe: { generator: 'fixedFanOut', fanOut: 2, seed: 1 } } },
  { type: 'edit', operation: { kind: 'fill', recipe: { generator: 'fixedFanIn', fanIn: 2, seed: 1 } } },
  { type: 'edit', operation: { kind: 'fill', recipe: { generator: 'block', blocks: 2 } } },
  { type: 'edit', operation: { kind: 'invert' } },
  { type: 'edit', operation: { kind: 'clear', area: { top: 0, left: 0, bottom: 0, right: 0 } } },
  { type: 'edit', operation: { kind: 'transpose' } },
];
const TO_PAGE: readonly ToPage[] = [
  { type: 'open', name: 'a.mtx', matrix: bits, badge },
  { type: 'open', name: 'a.mtx', matrix: { form: 'csr', inputs: 1, outputs: 2, indptr: Uint32Array.of(0, 1), indices: Uint32Array.of(1) }, badge: { savedConnections: undefined, isDirty: true } },
  { type: 'change', changes: [{ kind: 'flips', at: Uint32Array.of(0), bits: Uint32Array.of(1) }, { kind: 'invert' }, { kind: 'transpose' }, { kind: 'replace', matrix: bits }], badge, why: 'Undo' },
  { type: 'badge', badge },
  { type: 'say', text: 'Copied.' },
  { type: 'refused', problem: 'a.mtx, line 3: no.', isText: true },
];

describe('messages', () => {
  it.each(FROM_PAGE)('%j reaches the extension', (message) => expect(parseFromPage(message)).toEqual(message));
  it.each(TO_PAGE)('%j reaches the page', (message) => expect(parseToPage(message)).toEqual(message));

  it('of which a field is missing or of another type are none', () => {
    for (const [messages, parse] of [[FROM_PAGE, parseFromPage], [TO_PAGE, parseToPage]] as const) {
      for (const message of messages) {
        const record = message as unknown as Record<string, unknown>;
        for (const name of Object.keys(record)) {
          expect(parse({ ...record, [name]: Symbol('other') }), `${name} of ${JSON.stringify(message)}`).toBeUndefined();
        }
      }
    }
  });

  it('are never made of anything else', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseToPage(value)).toBeUndefined();
        expect(parseFromPage(value)).toBeUndefined();
      }),
    );
  });
});

it('a channel hands each message to the handler of its type, and tells of anything else', () => {
  const said: unknown[] = [];
  const sent: unknown[] = [];
  const note = (message: unknown): void => void said.push(message);
  const channel = new Channel<ToPage, FromPage>({
    post: (message) => sent.push(message),
    parse: parseFromPage,
    handlers: { ready: note, edit: note, copyCode: note, insertCell: note, openOtherwise: note },
    onUnknown: (value) => said.push(['unknown', value]),
  });
  channel.receive({ type: 'ready' });
  channel.receive({ type: 'reboot' });
  channel.send({ type: 'say', text: 'hello' });
  expect(said).toEqual([{ type: 'ready' }, ['unknown', { type: 'reboot' }]]);
  expect(sent).toEqual([{ type: 'say', text: 'hello' }]);
});

it('a matrix travels as what is smaller and arrives as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 200 }), fc.array(fc.nat()), (n, m, places) => {
      const matrix = new BitMatrix(n, m);
      for (const place of places) {
        const [i, j] = [place % n, Math.floor(place / n) % m];
        matrix.words[i * matrix.stride + (j >> 5)]! |= 1 << (j & 31);
      }
      const connections = matrix.toMask().indices.length;
      const wire = toWire(matrix, connections);
      expect(wire.form).toBe(connections + n + 1 < matrix.words.length ? 'csr' : 'bits');
      expect(fromWire(wire).equals(matrix)).toBe(true);
    }),
  );
  expect(() => fromWire({ form: 'csr', inputs: 1, outputs: 2, indptr: Uint32Array.of(0, 1), indices: Uint32Array.of(2) })).toThrow(RangeError);
  expect(() => fromWire({ form: 'bits', inputs: 1, outputs: 2, words: new Uint32Array(2) })).toThrow(RangeError);
});
