/**
 * Diagnostics of the editor's cells, one cell a turn of the event loop, so that requests come between. Only what differs from
 * what was last sent is sent.
 */
import type { DiagnosticsContent } from '../../../protocol/language.js';
import type { LanguageContext } from './context.js';
import { diagnose } from './diagnostics.js';

/** Nobody wants errors of a word that is being written. */
const PAUSE_MS = 150;

export interface BackgroundEdges {
  readonly context: () => LanguageContext;
  /** Runs the work so that a newer change cancels it; undefined when it was. */
  readonly run: <T>(work: () => T) => T | undefined;
  readonly send: (content: DiagnosticsContent) => void;
  readonly pauseMs?: number;
}

export class BackgroundDiagnostics {
  readonly #edges: BackgroundEdges;
  readonly #sent = new Map<string, string>();
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #next: NodeJS.Immediate | undefined;
  #version = 0;

  constructor(edges: BackgroundEdges) {
    this.#edges = edges;
  }

  /** The cells changed: after a pause all are looked at, `first` before the others. */
  changed(first: readonly string[], version: number): void {
    this.#version = version;
    clearTimeout(this.#timer);
    clearImmediate(this.#next);
    this.#timer = setTimeout(() => this.#start(first), this.#edges.pauseMs ?? PAUSE_MS);
  }

  #start(first: readonly string[]): void {
    const ids = this.#edges.context().notebook.cells.map(({ id }) => id);
    for (const id of this.#sent.keys()) if (!ids.includes(id)) this.#sent.delete(id);
    this.#waiting = [...new Set([...first.filter((id) => ids.includes(id)), ...ids])];
    this.#step();
  }

  #step(): void {
    const id = this.#waiting.shift();
    if (id === undefined) return;
    const context = this.#edges.context();
    const cell = context.notebook.cell(id);
    const diagnostics = cell === undefined ? undefined : this.#edges.run(() => diagnose(context, cell));
    if (diagnostics !== undefined) this.#send({ cell: id, version: this.#version, diagnostics });
    // A macrotask later: messages that have come are handled before it.
    this.#next = setImmediate(() => this.#step());
  }

  #send(content: DiagnosticsContent): void {
    const text = JSON.stringify(content.diagnostics);
    if ((this.#sent.get(content.cell) ?? '[]') === text) return;
    this.#sent.set(content.cell, text);
    this.#edges.send(content);
  }
}
