import { describe, expect, it } from 'vitest';
import { csvText } from './csv.js';

describe('a table as CSV', () => {
  it('ends each line, and quotes what would be read as more than one cell', () => {
    expect(csvText([['a', 'b,c'], ['', 'say "hi"'], ['two\r\nlines', 'x']])).toBe('a,"b,c"\r\n,"say ""hi"""\r\n"two\r\nlines",x\r\n');
  });

  it('has numbers in full', () => {
    expect(csvText([[-1, 1e-7, 0.1 + 0.2], [NaN, -Infinity, 0]])).toBe('-1,1e-7,0.30000000000000004\r\nNaN,-Infinity,0\r\n');
  });

  it('has no formula', () => {
    expect(csvText([['=1+1', '+1', '-1+2', '@A1', '\tx', '\r=1', '−2', 'a=b']])).toBe(`'=1+1,'+1,'-1+2,'@A1,'\tx,"'\r=1",−2,a=b\r\n`);
  });
});
