/** A subject as a process: starts it, asks it, ends it. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import readline from 'node:readline';
import type { Answer, Request, Work } from './specification.js';

export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Prepared {
  readonly flops?: number;
  readonly note?: string;
}

type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

/** Characters of a subject's standard error that a message quotes. */
const QUOTED = 400;

export class SubjectProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }>();
  #next = 1;
  #complaints = '';
  #end: Error | undefined;

  constructor({ program, arguments: args, environment }: Command) {
    this.#child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: 'pipe' });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaints = (this.#complaints + text).slice(-4000)));
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => this.#fail(error.message));
    this.#child.on('close', (code, signal) => this.#fail(`its process ended (${signal ?? `exit code ${code}`})`));
    readline.createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
  }

  /** What it is: versions. @throws Error when it cannot run here */
  async describe(): Promise<string> {
    return (await this.#ask({ operation: 'describe' })).what ?? '';
  }

  async prepare(name: string, work: Work): Promise<Prepared> {
    const { flops, note } = await this.#ask({ operation: 'prepare', name, work });
    return { ...(flops === undefined ? {} : { flops }), ...(note === undefined ? {} : { note }) };
  }

  /** Milliseconds a run. */
  async burst(name: string, milliseconds: number): Promise<number> {
    const { milliseconds: measured } = await this.#ask({ operation: 'burst', name, milliseconds });
    if (typeof measured !== 'number' || !(measured >= 0)) throw new Error(`it measured ${String(measured)} ms`);
    return measured;
  }

  async release(name: string): Promise<void> {
    await this.#ask({ operation: 'release', name });
  }

  end(): void {
    this.#child.stdin.end();
    this.#child.kill('SIGKILL');
  }

  async #ask(request: Asked): Promise<Answer> {
    if (this.#end) throw this.#end;
    const id = this.#next++;
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  /** Libraries print too; only lines of JSON that answer something count. */
  #take(line: string): void {
    if (!line.startsWith('{"id"')) return;
    let answer: Answer;
    try {
      // SAFETY: both kinds of subjects write answers in this form; a member that is missing is undefined in the type too.
      answer = JSON.parse(line) as Answer;
    } catch {
      return;
    }
    this.#waiting.get(answer.id)?.resolve(answer);
    this.#waiting.delete(answer.id);
  }

  #fail(what: string): void {
    const said = this.#complaints.trim();
    this.#end ??= new Error(said === '' ? what : `${what}: ${said.slice(-QUOTED)}`);
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}
