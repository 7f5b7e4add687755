import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';
import type { BundledTypes } from './bundled-types.js';
import { notebookOptions } from './compiler-options.js';
import { LanguageContext } from './context.js';
import { lateDocComments } from './doc-comments.js';
import { LanguageHost } from './host.js';
import { Notebook } from './notebook.js';

/** `editor`: the cells of a document, in its order. `session`: the cells that ran, in the order in which they did. */
export type NotebookName = 'editor' | 'session';

export interface LanguageOptions {
  readonly folder: string;
  readonly types: BundledTypes;
  readonly cancellation?: TS.HostCancellationToken;
  /** Told once why the folder's tsconfig.json does not count. */
  readonly onProblem?: (problem: string) => void;
}

const NEVER: TS.HostCancellationToken = { isCancellationRequested: () => false };

/** TypeScript's service over the cells of one folder: those of a document, and those of a session. */
export class Language {
  readonly #ts: TypeScript;
  readonly #types: BundledTypes;
  readonly #host: LanguageHost;
  readonly #service: TS.LanguageService;
  readonly #contexts = new Map<NotebookName, LanguageContext>();

  constructor(ts: TypeScript, { folder, types, cancellation = NEVER, onProblem }: LanguageOptions) {
    this.#ts = ts;
    this.#types = types;
    const settings = notebookOptions(ts, folder);
    if (settings.problem !== undefined) onProblem?.(settings.problem);
    this.#host = new LanguageHost(ts, folder, types, settings, cancellation);
    this.#service = ts.createLanguageService(this.#host, lateDocComments(ts));
  }

  /** The notebook of that name, made when it is first asked for. */
  context(name: NotebookName): LanguageContext {
    let context = this.#contexts.get(name);
    if (context === undefined) {
      const notebook = new Notebook(this.#ts, { seesLater: name === 'editor' });
      this.#host.add(name, notebook);
      context = new LanguageContext(this.#ts, this.#service, this.#host, notebook, name);
      this.#contexts.set(name, context);
    }
    return context;
  }

  /** Looks whether imported files have changed; cheap, and for every request. */
  refresh(): void {
    this.#host.refresh(() => void this.#service.getProgram());
  }

  /** Makes TypeScript begin anew with what it has parsed. */
  renew(): void {
    for (const { notebook } of this.#contexts.values()) notebook.touch();
  }

  /** The text of a bundled declaration file; undefined for every other path. */
  bundled(file: string): string | undefined {
    return this.#types.text(file);
  }
}
