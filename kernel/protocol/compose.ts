import { JUPYTER_PROTOCOL_VERSION, type ChannelName, type Header, type Message } from './messages.js';

/** Makes the messages of one side of a connection: its ids are `<session>_<count>`. */
export class MessageComposer {
  #count = 0;
  readonly session: string;
  readonly #username: string;

  constructor(session: string, username = 'patchbay') {
    this.session = session;
    this.#username = username;
  }

  compose<Content extends object>(channel: ChannelName, type: string, content: Content, parent?: Header, metadata: Record<string, unknown> = {}): Message<Content> {
    return {
      channel,
      header: {
        msg_id: `${this.session}_${++this.#count}`,
        msg_type: type,
        session: this.session,
        username: this.#username,
        date: new Date().toISOString(),
        version: JUPYTER_PROTOCOL_VERSION,
      },
      parent_header: parent ?? {},
      metadata,
      content,
      buffers: [],
    };
  }
}

/** The id of the request that caused a message; undefined when nothing did. */
export function parentId(message: Message<unknown>): string | undefined {
  return 'msg_id' in message.parent_header ? message.parent_header.msg_id : undefined;
}
