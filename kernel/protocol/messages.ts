/**
 * Jupyter messages (messaging protocol 5.4), the one language of both transports.
 *
 * Only what Patchbay sends or reads is typed; a message of another type passes as `Message` with unknown content.
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */

export const JUPYTER_PROTOCOL_VERSION = '5.4';

export type ChannelName = 'shell' | 'control' | 'iopub' | 'stdin';

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

export interface Message<Content = Record<string, unknown>> {
  readonly channel: ChannelName;
  readonly header: Header;
  /** The header of the request that caused this message; `{}` when nothing did. */
  readonly parent_header: Header | Record<string, never>;
  readonly metadata: Record<string, unknown>;
  readonly content: Content;
  readonly buffers: readonly Uint8Array[];
}

/** Media type -> data: a string (base64 for images), or a JSON value for types that end in `json`. */
export type MimeBundle = Readonly<Record<string, unknown>>;

export interface ExecuteRequest {
  readonly code: string;
  readonly silent: boolean;
  readonly store_history: boolean;
  readonly user_expressions: Readonly<Record<string, string>>;
  readonly allow_stdin: boolean;
  readonly stop_on_error: boolean;
}

export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export type ExecuteReply =
  | { readonly status: 'ok'; readonly execution_count: number; readonly user_expressions: Record<string, unknown>; readonly payload: readonly unknown[] }
  | ({ readonly status: 'error'; readonly execution_count: number } & ErrorContent)
  | { readonly status: 'aborted'; readonly execution_count: number };

export interface StreamContent {
  readonly name: 'stdout' | 'stderr';
  readonly text: string;
}

export interface DisplayContent {
  readonly data: MimeBundle;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
}

export interface ExecuteResultContent extends DisplayContent {
  readonly execution_count: number;
}

/** What a cell shows, in the order in which it showed it. `msg_type` is that of the iopub message. */
export type Output =
  | { readonly msg_type: 'stream'; readonly content: StreamContent }
  | { readonly msg_type: 'display_data'; readonly content: DisplayContent }
  | { readonly msg_type: 'update_display_data'; readonly content: DisplayContent }
  | { readonly msg_type: 'execute_result'; readonly content: ExecuteResultContent }
  | { readonly msg_type: 'error'; readonly content: ErrorContent }
  | { readonly msg_type: 'clear_output'; readonly content: { readonly wait: boolean } };

export interface KernelInfoReply {
  readonly status: 'ok';
  readonly protocol_version: string;
  readonly implementation: 'patchbay';
  readonly implementation_version: string;
  readonly language_info: {
    readonly name: 'typescript';
    readonly version: string;
    readonly mimetype: string;
    readonly file_extension: string;
    readonly pygments_lexer: string;
    readonly codemirror_mode: string;
    readonly nbconvert_exporter: string;
  };
  readonly banner: string;
  readonly help_links: readonly { readonly text: string; readonly url: string }[];
  /** None of those that the protocol names: no debugger, no subshells. */
  readonly supported_features: readonly string[];
}
