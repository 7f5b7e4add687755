import { describe, expect, it } from 'vitest';
import { problemOf } from './self-test.js';

const flags = ['--no-force-async-hooks-checks'];

describe('self-test', () => {
  it.each(['20.12.0', '20.20.2', '22.0.0', '24.21.0'])('takes Node %s', (version) => expect(problemOf(version, flags, { inspector: true })).toBeUndefined());
  it.each(['18.20.0', '20.11.1', '16.0.0'])('refuses Node %s and says what is needed', (version) =>
    expect(problemOf(version, flags, { inspector: true })).toBe(`Patchbay needs Node 20.12 or newer; this is ${version}.`));
  it('refuses a Node without inspector', () => expect(problemOf('24.0.0', flags, { inspector: false })).toMatch(/inspector/));
  it('refuses to run without the flag for timer loops', () => expect(problemOf('24.0.0', [], { inspector: true })).toMatch(/--no-force-async-hooks-checks/));
});
