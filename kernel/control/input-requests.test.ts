import { describe, expect, it } from 'vitest';
import { InputRequests } from './input-requests.js';

function asked(): InputRequests {
  const inputs = new InputRequests();
  inputs.add('a', { execution: 1, request: 1 });
  inputs.add('b', { execution: 1, request: 2 });
  inputs.add('c', { execution: 2, request: 3 });
  return inputs;
}

describe('input requests', () => {
  it('a reply goes to the question that it names, once', () => {
    const inputs = asked();
    expect(inputs.take('b')?.request).toBe(2);
    expect([1, 2, 3].map(() => inputs.take(undefined)?.request)).toEqual([1, 3, undefined]);
  });

  it('a reply that names none, or the cell, goes to the oldest question', () => expect(asked().take('the cell')?.request).toBe(1));

  it('a question of a cell that has ended takes no reply', () => {
    const inputs = asked();
    inputs.drop(1);
    expect(inputs.take(undefined)?.request).toBe(3);
  });
});
