import type { DisplayContent, ErrorContent, ExecuteResultContent, MimeBundle, StreamContent } from '../../../kernel/protocol/messages.js';

/** An output of a cell as plain data; `metadata` has the form that VS Code's own ipynb serializer reads and writes. */
export interface CellOutput {
  readonly items: readonly OutputItem[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface OutputItem {
  readonly mime: string;
  readonly data: string | Uint8Array;
}

const STREAM_MIMES = { stdout: 'application/vnd.code.notebook.stdout', stderr: 'application/vnd.code.notebook.stderr' } as const;
const ERROR_MIME = 'application/vnd.code.notebook.error';

/** Earlier is shown first, as VS Code orders the outputs of a notebook it opens. */
const DISPLAY_ORDER = ['application/vnd.', 'application/vdom.', 'application/geo+json', 'text/html', 'image/svg+xml', 'text/latex', 'text/markdown', 'image/png', 'image/jpeg', 'text/plain'];

export const streamItem = ({ name, text }: StreamContent): OutputItem => ({ mime: STREAM_MIMES[name], data: text });

export const streamOutput = (content: StreamContent): CellOutput => ({ items: [streamItem(content)], metadata: { outputType: 'stream' } });

export function displayOutput(content: DisplayContent): CellOutput {
  const id = content.transient?.display_id;
  return {
    items: bundleItems(content.data),
    metadata: { outputType: 'display_data', metadata: content.metadata, ...(id === undefined ? {} : { transient: { display_id: id } }) },
  };
}

export function resultOutput(content: ExecuteResultContent): CellOutput {
  const { metadata, ...output } = displayOutput(content);
  return { ...output, metadata: { ...metadata, outputType: 'execute_result', executionCount: content.execution_count } };
}

/** The traceback is the stack; without one it is `name: message`. */
export function errorOutput(error: ErrorContent): CellOutput {
  const head = error.evalue === '' ? error.ename : `${error.ename}: ${error.evalue}`;
  const stack = error.traceback.length === 0 ? head : error.traceback.join('\n');
  return {
    items: [{ mime: ERROR_MIME, data: JSON.stringify({ name: error.ename, message: error.evalue, stack }) }],
    metadata: { outputType: 'error', originalError: { output_type: 'error', ...error } },
  };
}

/** Items of a mime bundle, best first. A value that cannot be an item of its type is shown as the text it is. */
export function bundleItems(bundle: MimeBundle): OutputItem[] {
  const rank = ({ mime }: OutputItem) => {
    const place = DISPLAY_ORDER.findIndex((prefix) => mime.startsWith(prefix));
    return place < 0 ? DISPLAY_ORDER.length : place;
  };
  return Object.entries(bundle)
    .map(([mime, value]) => ({ mime, data: itemData(mime, value) }))
    .sort((a, b) => rank(a) - rank(b));
}

function itemData(mime: string, value: unknown): string | Uint8Array {
  if (/[/+]json$/.test(mime)) return JSON.stringify(value) ?? 'null';
  const text = Array.isArray(value) ? value.join('') : typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const isBinary = /^(image|audio|video)\//.test(mime) && !mime.endsWith('+xml');
  return isBinary ? new Uint8Array(Buffer.from(text, 'base64')) : text;
}
