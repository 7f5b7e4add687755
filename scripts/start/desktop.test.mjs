import { expect, it } from 'vitest';
import { isVscodeVersion } from './desktop.mjs';

it.each([
  ['1.109.2\n0123456789abcdef0123456789abcdef01234567\nx64\n', true],
  ['1.110.0-insider\r\n0123456789abcdef0123456789abcdef01234567\r\nx64\r\n', true],
  ['4.139.1 0123456789abcdef0123456789abcdef01234567 with Code 1.139.1\n', false],
  ['usage: code FILE\n', false],
  ['', false],
])('tells VS Code from other commands named code: %j', (output, expected) => {
  expect(isVscodeVersion(output)).toBe(expected);
});
