import { describe, expect, it } from 'vitest';
import { withNames } from './exported-names.js';

const namespace = { train: 1, display: 2, readFileSync: 3 };
const ask = (needs: string[], others: string[], types?: string[]): unknown => withNames(namespace, 'm', { needs, others }, types === undefined ? undefined : new Set(types));

describe('a name that a module does not have', () => {
  it.each<[string[], string[], string[] | undefined, string]>([
    [['other'], [], undefined, "The requested module 'm' does not provide an export named 'other'"],
    [['trian'], [], undefined, "The requested module 'm' does not provide an export named 'trian'. Did you mean 'train'?"],
    [['readfilesync'], [], undefined, "'readfilesync'. Did you mean 'readFileSync'?"],
    [[], ['dispaly'], undefined, "'dispaly'. Did you mean 'display'?"],
    [[], ['other'], ['Options'], "named 'other'"],
    [['default'], [], undefined, "named 'default'"],
    [['tarin'], [], undefined, "'tarin'. Did you mean 'train'?"],
  ])('is an error: %j, %j of %j', (needs, others, types, message) => {
    expect(() => ask(needs, others, types)).toThrow(SyntaxError);
    expect(() => ask(needs, others, types)).toThrow(message);
  });

  it('of few letters resembles nothing that differs in two', () => {
    expect(() => withNames({ open: 1 }, 'm', { needs: ['nope'], others: [] })).toThrow(/named 'nope'$/);
  });

  it.each<[string[], string[], string[] | undefined]>([
    [[], ['Options'], undefined],
    [[], ['Train'], undefined],
    [[], ['whatever'], undefined],
    [[], ['Options'], ['Options']],
    [['Options'], [], ['Options']],
  ])('may be a type: %j, %j of %j', (needs, others, types) => expect(ask(needs, others, types)).toBe(namespace));
});

describe('a name of a CommonJS module', () => {
  it('that Node did not find is taken from the default export', () => {
    const whole = { greet: 1, other: 2 };
    const found = { default: whole, other: 3 };
    expect(withNames(found, 'm', { needs: ['greet', 'other'], others: [] })).toEqual({ default: whole, greet: 1, other: 3 });
    expect(withNames(found, 'm', { needs: [], others: ['greet'] })['greet']).toBe(1);
    expect(() => withNames({ default: null }, 'm', { needs: ['x'], others: [] })).toThrow("named 'x'");
  });

  it('is not read unless somebody asks for it', () => {
    const exported = {
      ok: 1,
      get boom(): never {
        throw new Error('read');
      },
    };
    expect(withNames({ default: exported }, 'm', { needs: ['ok'], others: [] })['ok']).toBe(1);
  });
});
