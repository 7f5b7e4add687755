import { describe, expect, it } from 'vitest';
import { MessageComposer } from '../../protocol/compose.js';
import { MessageCauses } from './message-causes.js';

describe('message causes', () => {
  it('gives each message a number below those of cells, and knows the latest again', () => {
    const composer = new MessageComposer('client');
    const causes = new MessageCauses();
    const headers = Array.from({ length: 1_500 }, () => composer.compose('shell', 'comm_msg', {}).header);
    const numbers = headers.map((header) => causes.add(header));
    expect(new Set(numbers).size).toBe(1_500);
    expect(Math.max(...numbers)).toBe(-1);
    expect(causes.headerOf(numbers[1_499]!)).toBe(headers[1_499]);
    expect(causes.headerOf(numbers[500]!)).toBe(headers[500]);
    expect(causes.headerOf(numbers[499]!)).toBeUndefined();
    expect(causes.headerOf(0)).toBeUndefined();
  });
});
