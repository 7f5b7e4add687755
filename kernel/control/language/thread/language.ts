import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';
import type { BundledTypes } from './bundled-types.js';
import { NotebookProject } from '../../project/notebook-project.js';
import type { Project } from '../../project/read-tsconfig.js';
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
  /** Told what is wrong with the folder's tsconfig.json, again when it has changed. */
  readonly onProblem?: (problem: string) => void;
}

/** Files are not looked at again within this time. */
const FRESH_MS = 500;

const NEVER: TS.HostCancellationToken = { isCancellationRequested: () => false };

/** TypeScript's service over the cells of one folder: those of a document, and those of a session. */
export class Language {
  readonly #ts: TypeScript;
  readonly #types: BundledTypes;
  readonly #host: LanguageHost;
  readonly #service: TS.LanguageService;
  readonly #folder: string;
  readonly #onProblem: (problem: string) => void;
  readonly #project: NotebookProject;
  #checked = 0;
  readonly #contexts = new Map<NotebookName, LanguageContext>();

  constructor(ts: TypeScript, { folder, types, cancellation = NEVER, onProblem }: LanguageOptions) {
    this.#ts = ts;
    this.#types = types;
    this.#folder = folder;
    this.#onProblem = onProblem ?? (() => undefined);
    this.#project = new NotebookProject(folder);
    const { project } = this.#project.current(ts);
    this.#tell(project);
    this.#host = new LanguageHost(ts, folder, types, notebookOptions(ts, folder, project.options), cancellation);
    this.#service = ts.createLanguageService(this.#host, lateDocComments(ts));
  }

  /** The notebook of that name, made when it is first asked for. */
  context(name: NotebookName): LanguageContext {
    let context = this.#contexts.get(name);
    if (context === undefined) {
      const notebook = new Notebook(this.#ts, { seesLater: name === 'editor' });
      notebook.setJsx(this.#host.settings.jsx);
      this.#host.add(name, notebook);
      context = new LanguageContext(this.#ts, this.#service, this.#host, notebook, name);
      this.#contexts.set(name, context);
    }
    return context;
  }

  /** Looks whether imported files and the tsconfig.json have changed, and says so; cheap, and for every request. */
  refresh(now = performance.now()): boolean {
    if (now - this.#checked < FRESH_MS) return false;
    this.#checked = now;
    const { project, isNew } = this.#project.current(this.#ts);
    if (isNew) {
      this.#tell(project);
      this.#host.configure(notebookOptions(this.#ts, this.#folder, project.options));
      for (const { notebook } of this.#contexts.values()) notebook.setJsx(this.#host.settings.jsx);
    }
    return this.#host.refresh(now, () => void this.#service.getProgram());
  }

  /** One problem is enough to look at the file. */
  #tell({ problems: [problem] }: Project): void {
    if (problem !== undefined) this.#onProblem(problem);
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
