import { expect, it } from 'vitest';
import type { Output } from './messages.js';
import { outputWeight } from './output-weight.js';

const stream = (chars: number): Output => ({ msg_type: 'stream', content: { name: 'stdout', text: 'x'.repeat(chars) } });

it.each<[Output, number]>([
  [stream(0), 1],
  [stream(1023), 1],
  [stream(1024), 2],
  [stream(1_048_576), 1025],
  [{ msg_type: 'display_data', content: { data: { 'image/png': 'x'.repeat(2000), 'text/html': 'y'.repeat(48), 'application/json': { big: 'z'.repeat(9999) } }, metadata: {} } }, 3],
  [{ msg_type: 'clear_output', content: { wait: true } }, 1],
])('case %#', (output, weight) => expect(outputWeight(output)).toBe(weight));
