import type { Wiring } from '../../kernel/protocol/host.js';
import type { ExecuteReply, Message, MimeBundle, Output } from '../../kernel/protocol/messages.js';

export interface KernelVariable {
  readonly name: string;
  readonly type: string;
  readonly preview: string;
  readonly isMask: boolean;
  /** What *Visualize Mask* can show of it. */
  readonly wiring?: Wiring | undefined;
  /** Of tensors, masks, arrays. */
  readonly shape?: readonly number[] | undefined;
  /** Of what has a size that is known without walking through it. */
  readonly bytes?: number | undefined;
}

const WIRINGS = ['mask', 'layer', 'model', 'matrix'] as const satisfies readonly Wiring[];

export type ExpressionResult = { readonly data: MimeBundle } | { readonly problem: string };

const OUTPUT_TYPES: readonly string[] = ['stream', 'display_data', 'update_display_data', 'execute_result', 'error', 'clear_output'] satisfies Output['msg_type'][];

/** The output that an iopub message is, or undefined when it is another message. */
export function outputOf(message: Message): Output | undefined {
  const { msg_type } = message.header;
  if (!OUTPUT_TYPES.includes(msg_type)) return undefined;
  // SAFETY: the kernel on the other end of the pipe is ours and of this version; an iopub message of these types has this content.
  return { msg_type, content: message.content } as unknown as Output;
}

/** The order number that `execute_input` announces. */
export function orderOf(message: Message): number | undefined {
  const count = message.content['execution_count'];
  return message.header.msg_type === 'execute_input' && typeof count === 'number' ? count : undefined;
}

/** The variables of a `patchbay_variables_reply`; rows that lack a name are dropped. */
export function readVariables(content: unknown): readonly KernelVariable[] {
  const list: unknown = isRecord(content) ? content['variables'] : undefined;
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).flatMap(({ name, type, preview, isMask, wiring, shape, bytes }) =>
    typeof name === 'string' ? [{ name, type: text(type), preview: text(preview), isMask: isMask === true, wiring: WIRINGS.find((known) => known === wiring), shape: numbers(shape), bytes: typeof bytes === 'number' ? bytes : undefined }] : [],
  );
}

/** What one of the `user_expressions` came to. One that is missing did not compile. */
export function readExpression(reply: ExecuteReply, name: string): ExpressionResult {
  if (reply.status === 'error') return { problem: `${reply.ename}: ${reply.evalue}` };
  if (reply.status === 'aborted') return { problem: 'it was interrupted' };
  const result = reply.user_expressions[name];
  if (!isRecord(result)) return { problem: 'it is no expression of TypeScript' };
  if (result['status'] === 'ok' && isRecord(result['data'])) return { data: result['data'] };
  return { problem: `${text(result['ename'])}: ${text(result['evalue'])}` };
}

const numbers = (value: unknown): readonly number[] | undefined => (Array.isArray(value) && value.every((entry) => typeof entry === 'number') ? value : undefined);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
