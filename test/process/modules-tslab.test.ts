/** `import * as tslab from 'tslab'`: our module beside the original, call by call, and in a kernel. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tslabModule } from '../../kernel/main/modules/tslab-module.js';
import { NODES, TestKernel } from './harness.js';

interface Display {
  [method: string]: (...data: unknown[]) => void;
}
interface Tslab {
  readonly display: Display;
  readonly newDisplay: () => Display;
  readonly versions: Record<string, string>;
}
interface Shown {
  readonly data: object;
  readonly displayId: string | undefined;
  readonly update: boolean;
}

const require = createRequire(import.meta.url);
// What the original sends is caught where its kernel would write it.
const jupyter = require('tslab/dist/jupyter.js') as { lastWriteDisplayData: unknown };
const original = require('tslab') as Tslab;

function shownBy(use: (tslab: Tslab) => void, which: 'original' | 'ours'): Shown[] {
  const shown: Shown[] = [];
  if (which === 'ours') {
    use(tslabModule({ display: (data, { displayId, update } = {}) => void shown.push({ data, displayId, update: update === true }) }) as unknown as Tslab);
    return shown;
  }
  jupyter.lastWriteDisplayData = ({ data, transient }: { data: object; transient: { display_id?: string } }, update?: boolean) => shown.push({ data, displayId: transient.display_id, update: update === true });
  use(original);
  return shown;
}

/** Ids are random: the first is called 1. */
function numbered(shown: readonly Shown[]): object[] {
  const ids = [...new Set(shown.map(({ displayId }) => displayId))];
  return shown.map((one) => ({ ...one, displayId: one.displayId === undefined ? undefined : ids.indexOf(one.displayId) + 1 }));
}

const bytes = Uint8Array.of(1, 2, 250, 3).subarray(1);
const CALLS: Record<string, (tslab: Tslab) => void> = {
  text: ({ display }) => display['text']!('a'),
  html: ({ display }) => display['html']!('<b>a</b>'),
  markdown: ({ display }) => display['markdown']!('# a'),
  latex: ({ display }) => display['latex']!('$a$'),
  svg: ({ display }) => display['svg']!('<svg/>'),
  javascript: ({ display }) => display['javascript']!('alert(1)'),
  png: ({ display }) => display['png']!(bytes),
  'png of a Buffer': ({ display }) => display['png']!(Buffer.from(bytes)),
  jpeg: ({ display }) => display['jpeg']!(bytes),
  gif: ({ display }) => display['gif']!(bytes),
  pdf: ({ display }) => display['pdf']!(bytes),
  'raw text': ({ display }) => display['raw']!('text/x', 'a'),
  'raw bytes': ({ display }) => display['raw']!('image/x', bytes),
  'raw JSON': ({ display }) => display['raw']!('application/json', { a: [1] }),
  'the one display never replaces': ({ display }) => ['a', 'b'].forEach((text) => display['text']!(text)),
  'newDisplay replaces what it showed': ({ newDisplay }) => {
    const [one, two] = [newDisplay(), newDisplay()];
    one['html']!('1');
    two['text']!('2');
    one['markdown']!('3');
    two['png']!(bytes);
  },
};

describe('our tslab shows what the original shows', () => {
  it.each(Object.entries(CALLS))('%s', (_, call) => expect(numbered(shownBy(call, 'ours'))).toEqual(numbered(shownBy(call, 'original'))));

  it('has the names of the original', () => {
    const ours = tslabModule({ display: () => undefined });
    expect(Object.keys(ours).filter((name) => name !== 'default').sort()).toEqual(Object.keys(original).sort());
    expect(Object.keys(ours['versions'] as object).sort()).toEqual(Object.keys(original.versions).sort());
    expect((ours['versions'] as Tslab['versions'])['tslab']).toBe(original.versions['tslab']);
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(original.display) as object).filter((name) => name !== 'constructor');
    expect(Object.keys(ours['display'] as object).sort()).toEqual(methods.sort());
  });
});

describe.each(NODES)('in a kernel on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => void (kernel = new TestKernel(node)));
  afterAll(() => kernel.stop());

  it('a tslab notebook runs', async () => {
    const run = await kernel.run("import * as tslab from 'tslab';\ntslab.display.html('<b>x</b>');\nconst d = tslab.newDisplay();\nd.text('one');\nd.text('two');\nconsole.log(typeof tslab.versions.typescript);");
    expect(run.displays).toEqual([{ 'text/html': '<b>x</b>' }, { 'text/plain': 'one' }]);
    expect(run.types.filter((type) => type.endsWith('display_data'))).toEqual(['display_data', 'display_data', 'update_display_data']);
    expect(run.stdout).toBe('string\n');
  });

  it('whichever way it is imported', async () => {
    expect(await kernel.value("import whole, { display } from 'tslab'; import eq = require('tslab'); const { newDisplay } = require('tslab'); [whole.display === display, eq.display === display, typeof newDisplay, typeof (await import('tslab')).display.png, whole.versions.typescript.split('.').length]")).toBe("[ true, true, 'function', 'function', 3 ]");
  });
});
