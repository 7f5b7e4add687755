/** One end of the line between the extension and a page. Both ends are this class, with the two directions swapped. */

type Handlers<In extends { readonly type: string }> = { readonly [Type in In['type']]: (message: Extract<In, { readonly type: Type }>) => void };

export interface ChannelEnd<Out, In extends { readonly type: string }> {
  /** Hands a message to the other side. */
  readonly post: (message: Out) => void;
  /** What has come, checked; undefined for what is no message. */
  readonly parse: (value: unknown) => In | undefined;
  /** One for each type of message: TypeScript asks for all of them. */
  readonly handlers: Handlers<In>;
  /** Told of what is no message. */
  readonly onUnknown: (value: unknown) => void;
}

export class Channel<Out, In extends { readonly type: string }> {
  readonly #end: ChannelEnd<Out, In>;

  constructor(end: ChannelEnd<Out, In>) {
    this.#end = end;
  }

  send(message: Out): void {
    this.#end.post(message);
  }

  /** Takes in what the other side posted, whatever it is. */
  receive(value: unknown): void {
    const message = this.#end.parse(value);
    if (message === undefined) return this.#end.onUnknown(value);
    // SAFETY: the handler of a type takes the messages of that type; TypeScript does not follow the correlation.
    const handle = this.#end.handlers[message.type as In['type']] as (message: In) => void;
    handle(message);
  }
}
