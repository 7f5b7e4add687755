import { parentId } from '../protocol/compose.js';
import type { DisplayContent, Message, Output, StreamContent } from '../protocol/messages.js';
import { outputWeight } from '../protocol/output-weight.js';
import { log } from './log.js';

/** Adds the picture of a display to its bundle. */
export type PictureMaker = (svg: string) => Promise<Uint8Array>;

interface Item {
  readonly message: Message<object>;
  readonly weight: number;
  readonly picture?: string;
}

/** What waits for the client, in units of `outputWeight`, beyond which the sender is asked to wait. */
const ROOM = 8_000;

/**
 * The one way out of a kernel: messages leave in the order in which they came, each send awaited.
 *
 * Neighbouring stream writes of one cell become one message, and a display with a picture holds what comes after it
 * until the picture is there.
 */
export class Publisher {
  readonly #send: (message: Message<object>) => Promise<void>;
  readonly #makePicture: PictureMaker;
  #queue: Item[] = [];
  #weight = 0;
  #waiting: (() => void)[] = [];
  #draining: Promise<void> | undefined;

  constructor(send: (message: Message<object>) => Promise<void>, makePicture: PictureMaker) {
    this.#send = send;
    this.#makePicture = makePicture;
  }

  push(message: Message<object>, picture?: string): void {
    const last = this.#queue.at(-1);
    const weight = weightOf(message);
    this.#weight += weight;
    const merged = last === undefined ? undefined : mergeStreams(last.message, message);
    if (last !== undefined && merged !== undefined) this.#queue[this.#queue.length - 1] = { message: merged, weight: last.weight + weight };
    else this.#queue.push(picture === undefined ? { message, weight } : { message, weight, picture });
    this.#draining ??= this.#drain().finally(() => (this.#draining = undefined));
  }

  /** Calls back now, or when so much has been sent that more may come. */
  whenRoom(callback: () => void): void {
    if (this.#weight < ROOM) callback();
    else this.#waiting.push(callback);
  }

  /** Resolves when everything pushed so far has been sent. */
  async flush(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
  }

  async #drain(): Promise<void> {
    // A turn of the event loop later: what the main thread wrote meanwhile merges.
    await new Promise((resolve) => setImmediate(resolve));
    for (let item = this.#queue.shift(); item !== undefined; item = this.#queue.shift()) {
      const message = item.picture === undefined ? item.message : await this.#withPicture(item.message, item.picture);
      try {
        await this.#send(message);
      } catch (error) {
        // What comes after it, such as the reply, still goes.
        log(`a ${message.header.msg_type} could not be sent: ${error instanceof Error ? error.message : String(error)}`);
      }
      this.#weight -= item.weight;
      if (this.#weight < ROOM && this.#waiting.length > 0) this.#waiting.splice(0).forEach((callback) => callback());
    }
  }

  async #withPicture(message: Message<object>, svg: string): Promise<Message<object>> {
    // SAFETY: pictures are pushed with display messages only (threads.ts).
    const content = message.content as DisplayContent;
    try {
      const png = await this.#makePicture(svg);
      const base64 = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64');
      return { ...message, content: { ...content, data: { ...content.data, 'image/png': base64 }, metadata: { ...content.metadata, 'image/png': imageMetadata(svg, content.data['text/plain']) } } };
    } catch (error) {
      // The view and its sentence still stand; the log says why the picture is missing.
      log(`no picture for a view: ${error instanceof Error ? error.message : String(error)}`);
      return message;
    }
  }
}

/**
 * Jupyter's words for an image: its size in CSS pixels (the picture is twice as dense), and what nbconvert's
 * classic template reads to those who do not see it.
 */
function imageMetadata(svg: string, text: unknown): Record<string, unknown> {
  const size = /^<svg [^>]*?\bwidth="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"/.exec(svg);
  return { ...(size && { width: Math.round(Number(size[1])), height: Math.round(Number(size[2])) }), ...(typeof text === 'string' && { alt: text }) };
}

function weightOf({ header: { msg_type }, content }: Message<object>): number {
  // SAFETY: outputs are published with the content of their type; other messages are as light as any.
  return outputWeight({ msg_type, content } as Output);
}

/** The two as one message, or undefined where they cannot be. */
function mergeStreams(first: Message<object>, second: Message<object>): Message<object> | undefined {
  if (first.header.msg_type !== 'stream' || second.header.msg_type !== 'stream' || parentId(first) !== parentId(second)) return undefined;
  // SAFETY: both are stream messages.
  const [one, two] = [first.content as StreamContent, second.content as StreamContent];
  if (one.name !== two.name || one.text.length > MAX_MERGED_CHARS) return undefined;
  return { ...first, content: { name: one.name, text: one.text + two.text } };
}

/** Rope strings of any length are cheap to join, but one message should not take the client's breath away. */
const MAX_MERGED_CHARS = 1 << 20;
