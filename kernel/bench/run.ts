/** Runs a plan: starts the subjects, lets the parties of each workload take turns, and reports. */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { interleave, type Contender } from './interleave.js';
import { rowsOf, type Fact, type Report, type RowResult, type SubjectResult } from './report.js';
import type { Net } from './specification.js';
import { SubjectProcess, type Command } from './subject-process.js';
import { environmentOf, SUBJECTS, type Subject, type SubjectName } from './subjects.js';
import { SECONDS, workloadsOf, type Party, type Plan, type Workload } from './workloads.js';

export interface BenchOptions {
  readonly plan: Plan;
  /** The version of Patchbay. */
  readonly version: string;
  readonly node: string;
  /** The bundle of `subject/main.ts`, and `python/subject.py`. */
  readonly files: { readonly node: string; readonly python: string };
  /** A Python that may have Keras or PyTorch. */
  readonly python?: string;
  /** Workloads whose id contains this. */
  readonly only?: string;
  readonly onProgress?: (what: string) => void;
}

/** Milliseconds of a burst: long beside what a timer and a message cost, short beside what a machine does in the background. */
const BURST: Readonly<Record<Plan, number>> = { quick: 20, usual: 60, full: 100 };

function commandOf(subject: Subject, { node, files, python }: BenchOptions): Command | string {
  const environment = environmentOf(subject);
  if (subject.runs === 'node') return { program: node, arguments: [files.node, subject.name === 'patchbay' ? 'patchbay' : 'tfjs'], environment };
  if (python === undefined) return 'no Python was named (--python, or PATCHBAY_BENCH_PYTHON)';
  return { program: python, arguments: [files.python, subject.name], environment };
}

/** Milliseconds of a process that does one step. */
function coldStart({ program, arguments: args, environment }: Command, net: Net): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, [...args, '--cold', JSON.stringify(net)], { env: { ...process.env, ...environment }, stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', (code, signal) => (code === 0 ? resolve(performance.now() - start) : reject(new Error(`its process ended (${signal ?? `exit code ${code}`})`))));
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

class Bench {
  readonly #options: BenchOptions;
  readonly #commands = new Map<SubjectName, Command>();
  readonly #running = new Map<SubjectName, SubjectProcess>();
  readonly #missing = new Map<SubjectName, string>();
  readonly #results: SubjectResult[] = [];

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  async run(): Promise<Report> {
    const { plan, version, only = '', onProgress } = this.#options;
    const started = new Date();
    const begun = performance.now();
    const workloads = workloadsOf(plan).filter(({ id }) => id.includes(only));
    try {
      for (const name of new Set(workloads.flatMap(({ parties }) => parties.map(({ subject }) => subject)))) await this.#start(name);
      const rows: RowResult[] = [];
      const before = os.loadavg()[0] ?? 0;
      let rate: number | undefined;
      const weights = workloads.reduce((sum, { weight }) => sum + weight, 0);
      for (const workload of workloads) {
        onProgress?.(workload.rows[0]?.title ?? workload.id);
        const measured = await this.#measure(workload, (SECONDS[plan] * workload.weight) / weights);
        rows.push(...measured.rows);
        rate ??= measured.rate;
      }
      return {
        version: 1,
        patchbay: version,
        plan,
        started: started.toISOString(),
        seconds: Math.round(performance.now() - begun) / 1000,
        machine: { cpu: os.cpus()[0]?.model ?? 'unknown', processors: os.cpus().length, platform: `${process.platform} ${process.arch}`, node: process.versions.node, load: [before, os.loadavg()[0] ?? 0] },
        subjects: this.#results,
        ...(rate === undefined ? {} : { rateGflops: rate }),
        rows,
      };
    } finally {
      for (const subject of this.#running.values()) subject.end();
    }
  }

  async #start(name: SubjectName): Promise<void> {
    const subject = SUBJECTS.find((candidate) => candidate.name === name);
    if (!subject) throw new Error(`there is no subject ${name}`);
    this.#options.onProgress?.(`starting ${name}`);
    const command = commandOf(subject, this.#options);
    if (typeof command === 'string') return this.#miss(name, command);
    const running = new SubjectProcess(command);
    try {
      const what = await running.describe();
      this.#running.set(name, running);
      this.#commands.set(name, command);
      this.#results.push({ name, what });
    } catch (error) {
      running.end();
      this.#miss(name, messageOf(error));
    }
  }

  #miss(name: SubjectName, reason: string): void {
    this.#missing.set(name, reason);
    this.#results.push({ name, missing: reason });
  }

  async #measure(workload: Workload, seconds: number): Promise<{ rows: RowResult[]; rate?: number }> {
    const { plan } = this.#options;
    const facts = new Map<string, Fact>();
    const contenders: Contender[] = [];
    for (const party of workload.parties) {
      const reason = this.#missing.get(party.subject);
      try {
        if (reason !== undefined) throw new Error(reason);
        const { contender, fact } = await this.#prepare(workload, party);
        facts.set(party.name, fact);
        contenders.push(contender);
      } catch (error) {
        facts.set(party.name, { missing: messageOf(error) });
      }
    }
    const onFailure = (name: string, error: unknown): void => void facts.set(name, { missing: messageOf(error) });
    const rounds = await interleave(contenders, { seconds, burst: BURST[plan], onFailure });
    // One that has died has nothing left to release.
    for (const { name, subject } of workload.parties) await this.#running.get(subject)?.release(`${workload.id}/${name}`).catch(() => undefined);
    const rate = spreadOfRate(workload, rounds, facts);
    return { rows: rowsOf(workload, rounds, facts), ...(rate === undefined ? {} : { rate }) };
  }

  async #prepare(workload: Workload, { name, subject, work }: Party): Promise<{ contender: Contender; fact: Fact }> {
    const command = this.#commands.get(subject);
    const running = this.#running.get(subject);
    if (!command || !running) throw new Error(`${subject} does not run`);
    if (work.kind === 'cold') return { contender: { name, burst: () => coldStart(command, work.net) }, fact: {} };
    const key = `${workload.id}/${name}`;
    const fact = await running.prepare(key, work);
    return { contender: { name, burst: (milliseconds) => running.burst(key, milliseconds) }, fact };
  }
}

/** Billions of operations a second. */
function spreadOfRate({ parties }: Workload, rounds: ReadonlyMap<string, readonly (number | undefined)[]>, facts: ReadonlyMap<string, Fact>): number | undefined {
  const name = parties.find(({ work }) => work.kind === 'rate')?.name ?? '';
  const best = Math.min(...(rounds.get(name) ?? []).filter((value) => value !== undefined));
  const flops = facts.get(name)?.flops;
  return flops === undefined || !Number.isFinite(best) ? undefined : Number((flops / best / 1e6).toPrecision(4));
}

/** @returns what was measured; a subject that is not here is named with the reason, and so is a party that failed */
export const runBench = (options: BenchOptions): Promise<Report> => new Bench(options).run();
