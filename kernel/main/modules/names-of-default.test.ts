import { describe, expect, it } from 'vitest';
import { withNamesOfDefault } from './names-of-default.js';

const request = (...names: string[]) => ({ specifier: 'm', line: 1, bindings: names.map((imported) => ({ imported, local: imported, global: imported })) });

describe('names of a CommonJS module', () => {
  it('that Node did not find are taken from the default export', () => {
    const namespace = { default: { greet: 1, other: 2 }, other: 3 };
    expect(withNamesOfDefault(namespace, request('greet', 'other'))).toEqual({ default: namespace.default, greet: 1, other: 3 });
  });

  it('leave the namespace as it is when nothing is missing, or nobody has it', () => {
    const namespace = { default: { a: 1 }, b: 2 };
    for (const asked of [request('b'), request('default', '*'), request('TypeOnly'), undefined]) expect(withNamesOfDefault(namespace, asked)).toBe(namespace);
    const plain = { default: null };
    expect(withNamesOfDefault(plain, request('x'))).toBe(plain);
  });

  it('does not read what nobody asked for', () => {
    const exported = {
      ok: 1,
      get boom(): never {
        throw new Error('read');
      },
    };
    expect(withNamesOfDefault({ default: exported }, request('ok'))['ok']).toBe(1);
  });
});
