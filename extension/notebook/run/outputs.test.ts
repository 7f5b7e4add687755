import { describe, expect, it } from 'vitest';
import type { Output } from '../../../kernel/protocol/messages.js';
import { clearCell, forgetCell, NO_OUTPUTS, placeOutput, type Outputs } from './outputs.js';

const print = (text: string, name: 'stdout' | 'stderr' = 'stdout'): Output => ({ msg_type: 'stream', content: { name, text } });
const show = (text: string, id?: string): Output => ({ msg_type: 'display_data', content: { data: { 'text/plain': text }, metadata: {}, ...(id === undefined ? {} : { transient: { display_id: id } }) } });
const update = (text: string, id: string): Output => ({ msg_type: 'update_display_data', content: { data: { 'text/plain': text }, metadata: {}, transient: { display_id: id } } });
const clear = (wait: boolean): Output => ({ msg_type: 'clear_output', content: { wait } });

/** What stands under each cell after the outputs, with every write carried out as the driver does. */
function screen(...outputs: (readonly [cell: string, output: Output])[]): Record<string, string[]> {
  const cells = new Map<string, Map<number, string>>();
  let state: Outputs = NO_OUTPUTS;
  for (const [cell, output] of outputs) {
    const placed = placeOutput(state, cell, output);
    state = placed.outputs;
    for (const { cell: target, write } of placed.writes) {
      const shown = cells.get(target) ?? new Map<number, string>();
      cells.set(target, shown);
      if (write.kind === 'clear') shown.clear();
      else if (write.kind === 'append') shown.set(write.key, write.output.items.map(({ data }) => String(data)).join());
      else if (write.kind === 'extend') shown.set(write.key, (shown.get(write.key) ?? '(nothing) ') + String(write.item.data));
      else shown.set(write.key, write.items.map(({ data }) => String(data)).join());
    }
  }
  return Object.fromEntries([...cells].map(([cell, shown]) => [cell, [...shown.values()]]));
}

describe('where an output lands', () => {
  it.each([
    ['neighbouring pieces of a stream are one output', [['a', print('x')], ['a', print('y\n')]], { a: ['xy\n'] }],
    ['stdout and stderr keep their order', [['a', print('1')], ['a', print('2', 'stderr')], ['a', print('3')]], { a: ['1', '2', '3'] }],
    ['a display between them parts a stream', [['a', print('1')], ['a', show('d')], ['a', print('2')]], { a: ['1', 'd', '2'] }],
    ['streams of two cells are not joined', [['a', print('1')], ['b', print('2')], ['a', print('3')]], { a: ['13'], b: ['2'] }],
    ['an update changes the display in place', [['a', show('old', 'x')], ['a', print('1')], ['a', update('new', 'x')]], { a: ['new', '1'] }],
    ['an update reaches an earlier cell', [['a', show('old', 'x')], ['b', print('1')], ['b', update('new', 'x')]], { a: ['new'], b: ['1'] }],
    ['an id that stands twice is updated twice', [['a', show('1', 'x')], ['b', show('2', 'x')], ['b', update('new', 'x')]], { a: ['new'], b: ['new'] }],
    ['an update does not part a stream', [['a', show('d', 'x')], ['a', print('1')], ['a', update('e', 'x')], ['a', print('2')]], { a: ['e', '12'] }],
    ['an update of an unknown id does nothing', [['a', print('1')], ['a', update('new', 'nobody')]], { a: ['1'] }],
    ['clear_output clears', [['a', print('1')], ['a', clear(false)], ['a', print('2')]], { a: ['2'] }],
    ['clear_output with wait clears when the next output comes', [['a', print('1')], ['a', clear(true)]], { a: ['1'] }],
    ['… and then it does', [['a', print('1')], ['a', clear(true)], ['a', print('2')], ['a', print('3')]], { a: ['23'] }],
    ['a display that was cleared is not updated', [['a', show('old', 'x')], ['a', clear(false)], ['a', update('new', 'x')]], { a: [] }],
  ] as const)('%s', (_name, outputs, expected) => {
    expect(screen(...outputs)).toEqual(expected);
  });
});

describe('what is remembered', () => {
  const before = placeOutput(placeOutput(NO_OUTPUTS, 'a', show('d', 'x')).outputs, 'b', print('1')).outputs;

  it('forgets one cell and keeps the others', () => {
    const after = forgetCell(before, 'a');
    expect(after.displays.size).toBe(0);
    expect(after.openStreams.get('b')).toEqual({ key: 2, name: 'stdout' });
  });

  it('never gives a key twice, also after a clear', () => {
    const cleared = clearCell(before, 'b').outputs;
    expect(placeOutput(cleared, 'b', print('1')).writes).toEqual([{ cell: 'b', write: expect.objectContaining({ kind: 'append', key: 3 }) }]);
  });
});
