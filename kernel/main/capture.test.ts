import { describe, expect, it } from 'vitest';
import { captureStream } from './capture.js';

function captured() {
  const stream = { isTTY: false } as unknown as NodeJS.WriteStream;
  const texts: string[] = [];
  captureStream(stream, (text) => texts.push(text));
  return { stream, texts };
}

describe('captured streams', () => {
  it('pass strings, bytes and encodings on', () => {
    const { stream, texts } = captured();
    stream.write('a');
    stream.write(Buffer.from('ö'));
    stream.write('7a', 'hex');
    expect(texts).toEqual(['a', 'ö', 'z']);
  });

  it('keep a character together that two writes cut', () => {
    const { stream, texts } = captured();
    const bytes = Buffer.from('€');
    for (const byte of bytes) stream.write(Buffer.from([byte]));
    expect(texts).toEqual(['€']);
  });

  it('call back, later', async () => {
    const { stream } = captured();
    await new Promise<void>((resolve) => stream.write('a', () => resolve()));
    await new Promise<void>((resolve) => stream.write('a', 'utf8', () => resolve()));
  });

  it('refuse what is neither text nor bytes', () => {
    const { stream } = captured();
    expect(() => stream.write(5 as unknown as string)).toThrow('write takes a string or bytes, not number');
  });
});
