import { expect, it } from 'vitest';
import { readExecuteRequest } from './execute-request.js';

const DEFAULTS = { code: '', silent: false, store_history: true, user_expressions: {}, allow_stdin: true, stop_on_error: true };

it.each<[Record<string, unknown>, object]>([
  [{}, DEFAULTS],
  [{ code: '1', allow_stdin: false, stop_on_error: false, user_expressions: { a: '1' } }, { ...DEFAULTS, code: '1', allow_stdin: false, stop_on_error: false, user_expressions: { a: '1' } }],
  [{ silent: true }, { ...DEFAULTS, silent: true, store_history: false }],
  [{ silent: true, store_history: true }, { ...DEFAULTS, silent: true, store_history: false }],
  [{ store_history: false }, { ...DEFAULTS, store_history: false }],
  [{ code: 5, silent: 'no', store_history: 1, user_expressions: 'x', allow_stdin: null }, DEFAULTS],
  [{ user_expressions: { a: '1', b: 2 } }, { ...DEFAULTS, user_expressions: { a: '1' } }],
  [{ user_expressions: ['a'] }, DEFAULTS],
])('%j', (content, request) => expect(readExecuteRequest(content)).toEqual(request));
