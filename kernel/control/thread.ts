/**
 * Entry of the control thread: it owns the connection, compiles, answers while the main thread is busy, and interrupts.
 */
import { composer, connection, data, transport } from './connection.js';
import { parentPort } from 'node:worker_threads';
import type { CompiledCell } from '../compile/index.js';
import { rasterize, warmRasterizer } from '../picture/rasterizer-thread.js';
import { giveAnswer } from '../protocol/answer-buffer.js';
import { commContent } from '../protocol/comm.js';
import { parentId } from '../protocol/compose.js';
import type { Header, Message } from '../protocol/messages.js';
import { SharedWord, type ExecutionId, type ToControl, type ToMain } from '../protocol/threads.js';
import { outputWeight } from '../protocol/output-weight.js';
import { SessionCompiler } from './compiler.js';
import { readExecuteRequest } from './execute-request.js';
import { Executions } from './executions.js';
import { InputRequests } from './input-requests.js';
import { Interrupter } from './interrupter.js';
import { MessageCauses } from './jupyter/message-causes.js';
import { JupyterRequests } from './jupyter/requests.js';
import { kernelInfo } from './kernel-info.js';
import { LanguageRequests } from './language/language-requests.js';
import { log } from './log.js';
import type { Project } from './project/read-tsconfig.js';
import { Publisher } from './publisher.js';
import { watchParent } from './transports/parent-watch.js';

if (parentPort === null) throw new Error('the control thread is started by the kernel process');
const port = parentPort;
const shared = new Int32Array(data.shared);
const EXIT_GRACE_MS = 300;
/** Several requests that a client sends in one go are here after this; see Executions. */
const ARRIVAL_MS = 5;
/** A client that was waiting for the sockets has asked by then, and goes first. */
const UNTIL_IDLE_MS = 25;
const publisher = new Publisher((message) => transport.send(message), rasterize);
const compiler = new SessionCompiler(data.kernelFolder, data.reserved, process.cwd(), applyProject);
const interrupter = new Interrupter(shared);
const inputs = new InputRequests();
const messageCauses = new MessageCauses();
/** Of what only the main thread can answer, between two turns of its loop. */
const valueRequests = new Map<number, Header>();
let valueRequestCount = 0;
let isEnding = false;

function toMain(message: ToMain<CompiledCell>): void {
  if (message.type === 'execute') language.executing(message, executions.parentOf(message.execution));
  port.postMessage(message);
}
function publish(type: string, content: object, parent?: Header, picture?: string): void {
  jupyter.published(type, content, parent);
  if (type === 'status' && parent !== undefined && 'execution_state' in content && content.execution_state === 'idle') language.idle(parent);
  publisher.push(composer.compose('iopub', type, content, parent), picture);
}
const say = (state: 'starting' | 'busy' | 'idle', parent?: Header): void => publish('status', { execution_state: state }, parent);

const executions: Executions = new Executions({
  admit: ({ code }, parent, label) => language.admit(code, parent, label),
  compile: (source) => compiler.compile(source),
  toMain,
  publish,
  reply: (content, parent) => publisher.push(composer.compose('shell', 'execute_reply', content, parent)),
  ...(connection === undefined ? {} : { afterArrivals: (then: () => void) => void setTimeout(then, ARRIVAL_MS) }),
});

const language: LanguageRequests = new LanguageRequests({
  kernelFolder: data.kernelFolder,
  folder: process.cwd(),
  answer,
  reply,
  publish,
  log,
  isBusy: () => executions.running !== undefined,
  // An editor shows type errors itself; a Jupyter client sees what is printed.
  typeErrors: connection === undefined ? 'ignore' : 'show',
});

const jupyter = new JupyterRequests({
  connection,
  typescript: () => compiler.typescript(),
  answer,
  say,
  toComm: (message, parent) => toMain({ type: 'comm', execution: messageCauses.add(parent), message }),
});

/** Answers at once, past whatever output waits. */
function answer(request: Message, content: object): void {
  say('busy', request.header);
  reply(request, content);
  sayIdle(request.header);
}

function reply(request: Message, content: object): void {
  void transport.send(composer.compose(request.channel, request.header.msg_type.replace(/_request$/, '_reply'), content, request.header));
}

/** The request is done; a cell may not be, and clients show what they heard last. */
function sayIdle(parent: Header): void {
  say('idle', parent);
  if (executions.running !== undefined) say('busy', executions.parentOf(executions.running));
}

/** Resolves to the reason why the cell has not ended, if it has not. */
async function interrupt(): Promise<string | undefined> {
  executions.abortQueued();
  const target = executions.running;
  if (target === undefined || executions.interruptAdmission()) return undefined;
  const reason = await interrupter.interrupt({
    isRunning: () => executions.running === target,
    since: executions.runningSince,
    settle: () => toMain({ type: 'interrupted', execution: target }),
  });
  if (reason !== undefined) executions.output(target, { msg_type: 'stream', content: { name: 'stderr', text: `${reason}\n` } });
  return reason;
}

async function exit(code: number): Promise<void> {
  isEnding = true;
  interrupter.dispose();
  await publisher.flush();
  await transport.close();
  compiler.saveCache();
  toMain({ type: 'exit', code });
  // A main thread in a loop reads no messages.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), EXIT_GRACE_MS);
}


const requests: Record<string, (message: Message) => void> = {
  kernel_info_request: (message) => {
    answer(message, kernelInfo(data.version));
    setImmediate(() => compiler.loadWhileIdle());
  },
  ...jupyter.handlers,
  ...language.handlers,
  execute_request: (message) => {
    const content = readExecuteRequest(message.content);
    jupyter.executing(message.header, content);
    language.requested(message);
    executions.enqueue({ ...message, content });
  },
  interrupt_request: (message) => void interrupt().then((reason) => answer(message, reason === undefined ? { status: 'ok' } : { status: 'error', ename: 'NotInterrupted', evalue: reason, traceback: [reason] })),
  shutdown_request: (message) => {
    const content = { status: 'ok', restart: message.content['restart'] === true };
    answer(message, content);
    // The other clients of this kernel learn of its end.
    publish('shutdown_reply', content, message.header);
    void exit(0);
  },
  patchbay_variables_request: (message) => {
    toMain({ type: 'variables', request: valueRequest(message) });
  },
  patchbay_look_request: (message) => {
    const { expression, layer } = message.content;
    toMain({ type: 'look', request: valueRequest(message), expression: String(expression), ...(typeof layer === 'string' ? { layer } : {}) });
  },
  input_reply: (message) => {
    const asked = inputs.take(parentId(message));
    const { value: given } = message.content;
    const value = typeof given === 'string' ? given : '';
    if (asked?.answer !== undefined) giveAnswer(asked.answer, Buffer.from(value));
    else if (asked !== undefined) toMain({ type: 'input', request: asked.request, value });
  },
};

function fromMain(message: ToControl): void {
  switch (message.type) {
    case 'output':
      output(message);
      publisher.whenRoom(() => {
        Atomics.add(shared, SharedWord.outputsTaken, outputWeight(message.output));
        Atomics.notify(shared, SharedWord.outputsTaken);
      });
      break;
    case 'done':
      inputs.drop(message.execution);
      executions.settle(message.execution, message.outcome);
      break;
    case 'names':
      compiler.setMangled(message.mangled);
      break;
    case 'expectPictures':
      warmRasterizer();
      break;
    case 'compileModule':
      toMain({ type: 'module', request: message.request, result: compileModule(message.path) });
      break;
    case 'inputRequest': {
      const request = composer.compose('stdin', 'input_request', { prompt: message.prompt, password: message.password }, parentOf(message.execution));
      inputs.add(request.header.msg_id, message);
      publisher.push(request);
      break;
    }
    case 'variables':
      answerValue(message.request, 'patchbay_variables_reply', { status: 'ok', variables: message.variables });
      break;
    case 'look':
      answerValue(message.request, 'patchbay_look_reply', message.reply);
      break;
    case 'comm': {
      const { message: comm, execution } = message;
      jupyter.fromComm(comm);
      publisher.push({ ...composer.compose('iopub', comm.type, commContent(comm), parentOf(execution), { ...comm.metadata }), buffers: comm.buffers });
      break;
    }
    case 'commTaken': {
      const parent = messageCauses.headerOf(message.execution);
      if (parent !== undefined) sayIdle(parent);
      break;
    }
    case 'interrupt':
      void interrupt();
      break;
    case 'exit':
      executions.exit(message.execution, message.code);
      void publisher.flush().then(async () => {
        await transport.close();
        Atomics.store(shared, SharedWord.exitFlushed, 1);
        Atomics.notify(shared, SharedWord.exitFlushed);
      });
      break;
  }
}

function valueRequest({ header }: Message): number {
  valueRequests.set(++valueRequestCount, header);
  return valueRequestCount;
}

function answerValue(request: number, type: string, content: object): void {
  const parent = valueRequests.get(request);
  valueRequests.delete(request);
  if (parent !== undefined) void transport.send(composer.compose('shell', type, content, parent));
}

/** Problems of a `tsconfig.json` stand once below the cell that met them. */
function applyProject({ mapping, problems }: Project): void {
  toMain({ type: 'project', mapping });
  if (problems.length === 0 || executions.running === undefined) return;
  const text = problems.map((problem) => `${problem}\n`).join('');
  executions.output(executions.running, { msg_type: 'stream', content: { name: 'stderr', text } });
}

const parentOf = (execution: ExecutionId): Header | undefined => messageCauses.headerOf(execution) ?? executions.parentOf(execution);

function output({ execution, output: shown, picture }: Extract<ToControl, { type: 'output' }>): void {
  const parent = messageCauses.headerOf(execution);
  if (parent === undefined) executions.output(execution, shown, picture);
  else publish(shown.msg_type, shown.content, parent, picture);
}

function compileModule(file: string): ReturnType<SessionCompiler['compileModule']> | { error: string } {
  try {
    return compiler.compileModule(file);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

port.on('message', fromMain);
transport.onMessage((message) => {
  const { msg_type: type } = message.header;
  const handle = Object.hasOwn(requests, type) ? requests[type] : undefined;
  if (handle === undefined) {
    log(`a message of the unknown type ${type} is left alone`);
    return;
  }
  try {
    handle(message);
  } catch (error) {
    log(`a ${type} could not be answered: ${error instanceof Error ? error.message : String(error)}`);
  }
});
function end(reason: string): void {
  if (isEnding) return;
  log(`the kernel ends itself: ${reason}`);
  void exit(0);
}
transport.onClose(end);
watchParent(() => end('the process that started it has gone'));
say('starting');
// A client of ZeroMQ looks every 100 to 200 ms whether the kernel is there; until then nobody waits.
if (connection !== undefined) setTimeout(() => compiler.loadWhileIdle(), UNTIL_IDLE_MS).unref();
