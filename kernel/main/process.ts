/**
 * Entry of the kernel process. The main thread runs cells; the control thread, started first, owns the connection: the pipe
 * on fd 3, or with `--connection-file F` the sockets of a Jupyter kernel.
 */
import { client, control, kernelFolder, scope, shared } from './control-thread.js';
import { syncBuiltinESMExports } from 'node:module';
import type { CompiledCell } from '../compile/index.js';
import type { CompiledModule } from '../protocol/threads.js';
import { HOST_KEY } from '../protocol/host.js';
import { SharedWord, type ExecutionId, type Result, type ToControl, type ToMain } from '../protocol/threads.js';
import { bundleOf } from '../runtime/display/bundle-of.js';
import { pictureOf } from '../runtime/display/picture-of.js';
import { watchAsyncHooks } from './async-hooks.js';
import { followCallbacks } from './callback-causes.js';
import { captureStream } from './capture.js';
import { Causes } from './causes.js';
import { Comms } from './comms.js';
import { lookAtPath, type Looking } from './look/look-at.js';
import type { Walk } from './look/walk.js';
import { errorContent } from './errors/error-content.js';
import { Sources } from './errors/sources.js';
import { installStackFormat } from './errors/stack.js';
import { KernelHost } from './host.js';
import { installStdin } from './stdin/install.js';
import { Inputs } from './stdin/inputs.js';
import { ModuleLoader } from './modules/loader.js';
import type { Namespace } from './modules/namespace.js';
import { tslabModule } from './modules/tslab-module.js';
import { notebookFileOf } from './notebook-file.js';
import { Outbox } from './outbox.js';
import { Runner } from './runner.js';
import { RuntimeModule } from './modules/runtime-module.js';
import { describeVariable } from './variables/describe-variable.js';

const notebookFolder = process.cwd();
const notebookFile = notebookFileOf(process.env, notebookFolder);
const outbox = new Outbox({ postMessage: (message: ToControl) => control.postMessage(message) }, shared);
const endProcess = process.exit.bind(process);
const writeError = process.stderr.write.bind(process.stderr);

const causes = new Causes();
const sources = new Sources();
const inputs = new Inputs(outbox);
const comms = new Comms(outbox, causes, (error, cause) => reportLate('Error in a listener of a comm', error, cause));
const host = new KernelHost(notebookFolder, outbox, causes, inputs, comms, shared);
const runtime = new RuntimeModule(kernelFolder, host, (text) => {
  outbox.post({ type: 'expectPictures' });
  outbox.stream(causes.current, 'stdout', text);
});
const compilations = new Map<number, { resolve: (module: CompiledModule<CompiledCell>) => void; reject: (error: Error) => void }>();
let compilationCount = 0;
let tslab: Namespace | undefined;
const loader = new ModuleLoader({
  sources,
  runtime: () => runtime.load(),
  loadedRuntime: () => runtime.loaded,
  tslab: () => (tslab ??= tslabModule(host)),
  compile: (file) =>
    new Promise((resolve, reject) => {
      compilations.set(++compilationCount, { resolve, reject });
      outbox.post({ type: 'compileModule', request: compilationCount, path: file });
    }),
});
async function display(value: unknown): Promise<Result> {
  const data = await bundleOf(value);
  const picture = pictureOf(data);
  return picture === undefined ? { data } : { data, picture };
}
const runner = new Runner({ scope, causes, sources, inputs, loader, outbox, notebookFile, notebookFolder, display, checkpoint: () => host.checkpoint(), forced: () => host.forced() });

/** Variables as *Visualize Mask* sees them. */
const world: Walk & Looking = {
  has: (name) => scope.names().some((variable) => variable.name === name),
  get: (name) => scope.get(name),
  property: (value, key) => host.property(value, key),
  look: (value, request) => host.look(value, request),
};

control.on('message', (message: ToMain<CompiledCell>) => {
  switch (message.type) {
    case 'execute':
      runner.execute(message);
      break;
    case 'interrupted':
      runner.interrupt(message.execution);
      break;
    case 'module': {
      const waiting = compilations.get(message.request);
      compilations.delete(message.request);
      if ('error' in message.result) waiting?.reject(new SyntaxError(message.result.error));
      else waiting?.resolve(message.result);
      break;
    }
    case 'project':
      loader.setMapping(message.mapping);
      break;
    case 'input':
      inputs.answer(message.request, message.value);
      break;
    case 'variables':
      outbox.post({ type: 'variables', request: message.request, variables: scope.names().map(({ name }) => describeVariable(name, scope.get(name), (value) => host.describe(value))) });
      break;
    case 'look':
      outbox.post({ type: 'look', request: message.request, reply: lookAtPath(message.expression, message.layer, world) });
      break;
    case 'comm':
      comms.receive(message.execution, message.message);
      break;
    case 'exit':
      endProcess(message.code);
  }
});
control.on('error', (error) => {
  writeError(`patchbay: the control thread failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  endProcess(70);
});
control.on('exit', endProcess);

Reflect.set(globalThis, HOST_KEY, host);
installStackFormat(sources, kernelFolder);
causes.install();
followCallbacks(causes);
watchAsyncHooks((canTerminate) => Atomics.store(shared, SharedWord.mustNotTerminate, canTerminate ? 0 : 1));
const onPrinted = installStdin(causes, inputs);
syncBuiltinESMExports();
for (const name of ['stdout', 'stderr'] as const)
  captureStream(process[name], (text) => {
    if (name === 'stdout') onPrinted(text);
    outbox.stream(causes.current, name, text);
  });

// CommonJS names that programs in notebooks use.
const requireFromNotebook = loader.require(notebookFile);
for (const [name, value] of Object.entries({ require: requireFromNotebook, __dirname: notebookFolder, __filename: notebookFile }))
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

/** An error that no cell waits for: said below the cell that caused it, and survived. */
function reportLate(what: string, error: unknown, cause: ExecutionId): void {
  const { traceback } = errorContent(error, runner.cellTexts);
  outbox.stream(cause, 'stderr', `${what}: ${traceback.join('\n')}\n`);
}
process.on('uncaughtException', (error) => reportLate('Uncaught error', error, causes.latest));
process.on('unhandledRejection', (reason, promise) => reportLate('Unhandled rejection', reason, causes.causeOf(promise)));
// Jupyter's old way to interrupt, which reaches only a main thread that waits: kernelspecs ask for messages. Over the pipe it is
// Ctrl+C in the client's terminal, which reaches the whole process group: the client decides what it means.
process.on('SIGINT', () => {
  if ('connectionFile' in client) outbox.post({ type: 'interrupt' });
});

process.exit = (code) => {
  const exitCode = Number(code ?? process.exitCode ?? 0);
  outbox.post({ type: 'exit', execution: causes.current, code: exitCode });
  Atomics.wait(shared, SharedWord.exitFlushed, 0, 1_000);
  return endProcess(exitCode);
};
