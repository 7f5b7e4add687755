import { expect, it } from 'vitest';
import { awaitAnswer, giveAnswer, newAnswerBuffer } from './answer-buffer.js';

it.each(['', 'Ada', 'Grüße 🎉', 'x'.repeat(100_000)])('carries %j', (text) => {
  const buffer = newAnswerBuffer();
  giveAnswer(buffer, new TextEncoder().encode(text));
  expect(new TextDecoder().decode(awaitAnswer(buffer))).toBe(text);
});

it('cuts what is larger than it', () => {
  const buffer = newAnswerBuffer();
  giveAnswer(buffer, new Uint8Array(2 << 20).fill(65));
  expect(awaitAnswer(buffer)).toHaveLength(1 << 20);
});
