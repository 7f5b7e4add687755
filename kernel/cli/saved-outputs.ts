/** iopub messages -> the outputs of a cell as nbformat 4 saves them. */
import type { MimeBundle, Output } from '../protocol/messages.js';

export type SavedOutput =
  | { readonly output_type: 'stream'; readonly name: string; readonly text: string | readonly string[] }
  | { readonly output_type: 'display_data'; readonly data: MimeBundle; readonly metadata: Readonly<Record<string, unknown>> }
  | { readonly output_type: 'execute_result'; readonly data: MimeBundle; readonly metadata: Readonly<Record<string, unknown>>; readonly execution_count: number | null }
  | { readonly output_type: 'error'; readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] };

interface Shown {
  readonly output: SavedOutput;
  readonly displayId?: string;
}

/** What one cell shows. Immutable: `addOutput` gives the next state. */
export interface CellOutputs {
  readonly shown: readonly Shown[];
  /** A `clear_output` that waits for the next output. */
  readonly clearNext: boolean;
}

export const NO_OUTPUTS: CellOutputs = { shown: [], clearNext: false };

export function addOutput(state: CellOutputs, message: Output): CellOutputs {
  if (message.msg_type === 'clear_output') return message.content.wait ? { ...state, clearNext: true } : NO_OUTPUTS;
  if (message.msg_type === 'update_display_data') return updateDisplay(state, message.content.transient?.display_id, message.content.data, message.content.metadata);
  const shown = state.clearNext ? [] : state.shown;
  const last = shown.at(-1)?.output;
  if (message.msg_type === 'stream' && last?.output_type === 'stream' && last.name === message.content.name) {
    const text = `${typeof last.text === 'string' ? last.text : last.text.join('')}${message.content.text}`;
    return { shown: [...shown.slice(0, -1), { output: { ...last, text } }], clearNext: false };
  }
  return { shown: [...shown, toShown(message)], clearNext: false };
}

/** Every output that is shown with this id gets the data. */
export function updateDisplay(state: CellOutputs, displayId: string | undefined, data: MimeBundle, metadata: Readonly<Record<string, unknown>>): CellOutputs {
  if (displayId === undefined) return state;
  const shown = state.shown.map((item) => {
    const { output } = item;
    if (item.displayId !== displayId || (output.output_type !== 'display_data' && output.output_type !== 'execute_result')) return item;
    return { ...item, output: { ...output, data, metadata } };
  });
  return { ...state, shown };
}

/** For the file: text as lists of lines, as Jupyter writes it. */
export function savedOutputs(state: CellOutputs): SavedOutput[] {
  return state.shown.map(({ output }) => {
    if (output.output_type === 'stream') return { ...output, text: lines(typeof output.text === 'string' ? output.text : output.text.join('')) };
    if (output.output_type === 'error') return output;
    return { ...output, data: Object.fromEntries(Object.entries(output.data).map(([type, value]) => [type, savedData(type, value)])) };
  });
}

function savedData(type: string, value: unknown): unknown {
  const isText = type.startsWith('text/') || type === 'image/svg+xml';
  return isText && typeof value === 'string' ? lines(value) : value;
}

const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

function toShown(message: Exclude<Output, { msg_type: 'clear_output' | 'update_display_data' }>): Shown {
  switch (message.msg_type) {
    case 'stream':
      return { output: { output_type: 'stream', ...message.content } };
    case 'error':
      return { output: { output_type: 'error', ...message.content } };
    case 'execute_result': {
      const { data, metadata, execution_count } = message.content;
      return { output: { output_type: 'execute_result', data, metadata, execution_count } };
    }
    case 'display_data': {
      const { data, metadata, transient } = message.content;
      const output: SavedOutput = { output_type: 'display_data', data, metadata };
      return transient?.display_id === undefined ? { output } : { output, displayId: transient.display_id };
    }
  }
}
