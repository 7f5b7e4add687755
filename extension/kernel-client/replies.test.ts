import { describe, expect, it } from 'vitest';
import { MessageComposer } from '../../kernel/protocol/compose.js';
import { orderOf, outputOf, readExpression, readVariables } from './replies.js';

const composer = new MessageComposer('test');
const iopub = (type: string, content: Record<string, unknown>) => composer.compose('iopub', type, content);

describe('messages', () => {
  it.each(['stream', 'display_data', 'update_display_data', 'execute_result', 'error', 'clear_output'])('%s is an output', (type) => {
    expect(outputOf(iopub(type, { a: 1 }))).toEqual({ msg_type: type, content: { a: 1 } });
  });

  it.each(['status', 'execute_input', 'comm_msg'])('%s is none', (type) => {
    expect(outputOf(iopub(type, {}))).toBeUndefined();
  });

  it('reads the order number of execute_input alone', () => {
    expect(orderOf(iopub('execute_input', { code: '1', execution_count: 4 }))).toBe(4);
    expect(orderOf(iopub('execute_result', { execution_count: 4 }))).toBeUndefined();
    expect(orderOf(iopub('execute_input', {}))).toBeUndefined();
  });
});

describe('readVariables', () => {
  it('takes rows with a name', () => {
    const content = { status: 'ok', variables: [{ name: 'A', type: 'Mask', preview: '3×2 mask', isMask: true }, { type: 'number' }, 7, { name: 'x' }] };
    expect(readVariables(content)).toEqual([
      { name: 'A', type: 'Mask', preview: '3×2 mask', isMask: true },
      { name: 'x', type: '', preview: '', isMask: false },
    ]);
  });

  it('takes a reply without variables as none', () => {
    expect(readVariables({ status: 'error' })).toEqual([]);
    expect(readVariables(undefined)).toEqual([]);
  });
});

describe('readExpression', () => {
  const ok = (value: unknown) => readExpression({ status: 'ok', execution_count: 1, payload: [], user_expressions: { value } }, 'value');

  it.each([
    ['a value', ok({ status: 'ok', data: { 'text/plain': '2' }, metadata: {} }), { data: { 'text/plain': '2' } }],
    ['an error', ok({ status: 'error', ename: 'ReferenceError', evalue: 'y is not defined', traceback: [] }), { problem: 'ReferenceError: y is not defined' }],
    ['text that did not compile', ok(undefined), { problem: 'it is no expression of TypeScript' }],
    ['an interrupted one', readExpression({ status: 'aborted', execution_count: 1 }, 'value'), { problem: 'it was interrupted' }],
    ['a failed request', readExpression({ status: 'error', execution_count: 1, ename: 'Interrupted', evalue: 'You did.', traceback: [] }, 'value'), { problem: 'Interrupted: You did.' }],
  ])('%s', (_name, result, expected) => {
    expect(result).toEqual(expected);
  });
});
