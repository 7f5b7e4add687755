import { describe, expect, it } from 'vitest';
import type { Output } from '../protocol/messages.js';
import { addOutput, NO_OUTPUTS, savedOutputs } from './saved-outputs.js';

const stream = (text: string, name: 'stdout' | 'stderr' = 'stdout'): Output => ({ msg_type: 'stream', content: { name, text } });
const display = (text: string, id?: string): Output => ({
  msg_type: 'display_data',
  content: { data: { 'text/plain': text }, metadata: {}, ...(id === undefined ? {} : { transient: { display_id: id } }) },
});
const update = (text: string, id: string): Output => ({ msg_type: 'update_display_data', content: { data: { 'text/plain': text }, metadata: {}, transient: { display_id: id } } });
const saved = (...messages: Output[]) => savedOutputs(messages.reduce(addOutput, NO_OUTPUTS));

describe('saved outputs', () => {
  it('merges neighbouring writes of one stream, and keeps streams apart', () => {
    expect(saved(stream('a'), stream('b\nc'), stream('x', 'stderr'))).toEqual([
      { output_type: 'stream', name: 'stdout', text: ['ab\n', 'c'] },
      { output_type: 'stream', name: 'stderr', text: ['x'] },
    ]);
  });

  it('updates a display in place and adds nothing', () => {
    expect(saved(display('1', 'd'), stream('x'), update('2', 'd'))).toEqual([
      { output_type: 'display_data', data: { 'text/plain': ['2'] }, metadata: {} },
      { output_type: 'stream', name: 'stdout', text: ['x'] },
    ]);
  });

  it('leaves displays of another id alone', () => {
    expect(saved(display('1', 'd'), update('2', 'e'))).toHaveLength(1);
    expect(saved(display('1', 'd'), update('2', 'e'))[0]).toMatchObject({ data: { 'text/plain': ['1'] } });
  });

  it('clears at once, or with the next output', () => {
    expect(saved(stream('a'), { msg_type: 'clear_output', content: { wait: false } })).toEqual([]);
    const waiting: Output = { msg_type: 'clear_output', content: { wait: true } };
    expect(saved(stream('a'), waiting)).toHaveLength(1);
    expect(saved(stream('a'), waiting, display('b'))).toEqual([{ output_type: 'display_data', data: { 'text/plain': ['b'] }, metadata: {} }]);
  });

  it('does not split images or JSON into lines', () => {
    const data = { 'image/png': 'AAAA', 'application/vnd.patchbay.mask+json': { version: 1 }, 'text/plain': 'one\ntwo' };
    const [output] = saved({ msg_type: 'execute_result', content: { data, metadata: {}, execution_count: 3 } });
    expect(output).toEqual({ output_type: 'execute_result', execution_count: 3, metadata: {}, data: { ...data, 'text/plain': ['one\n', 'two'] } });
  });
});
