/** `JSON.parse` does not always say where it failed; this finds the place. */

const TOKEN = /[ \t\n\r]*(?:([[\]{}:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'the end';

/** The offset of the first token that does not belong in `text`, and what was expected there; undefined for valid JSON. */
export function findJsonError(text: string): { readonly offset: number; readonly expected: string } | undefined {
  const stack: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  for (;;) {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(text);
    const found = offset + (/^[ \t\n\r]*/.exec(text.slice(offset, offset + 65_536))?.[0].length ?? 0);
    if (match === null) return found >= text.length && expected === 'the end' ? undefined : { offset: found, expected };
    const [, mark, key] = match;
    const next = after(expected, mark ?? (key === undefined ? 'scalar' : 'string'), stack);
    if (next === undefined) return { offset: found, expected };
    expected = next;
    offset = TOKEN.lastIndex;
  }
}

/** Moves over one token; `stack` is changed. Undefined when the token is not allowed. */
function after(expected: Expected, token: string, stack: ('[' | '{')[]): Expected | undefined {
  const closed = (): Expected => {
    const outer = stack.at(-1);
    return outer === undefined ? 'the end' : outer === '[' ? ', or ]' : ', or }';
  };
  const close = (): Expected => {
    stack.pop();
    return closed();
  };
  switch (expected) {
    case 'value or ]':
    case 'value':
      if (token === '[' || token === '{') {
        stack.push(token);
        return token === '[' ? 'value or ]' : 'key or }';
      }
      if (token === 'scalar' || token === 'string') return closed();
      return token === ']' && expected === 'value or ]' ? close() : undefined;
    case 'key or }':
    case 'key':
      if (token === 'string') return ':';
      return token === '}' && expected === 'key or }' ? close() : undefined;
    case ':':
      return token === ':' ? 'value' : undefined;
    case ', or ]':
      return token === ',' ? 'value' : token === ']' ? close() : undefined;
    case ', or }':
      return token === ',' ? 'key' : token === '}' ? close() : undefined;
    case 'the end':
      return undefined;
  }
}
