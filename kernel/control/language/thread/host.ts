/**
 * What TypeScript's language service asks about files: cells of notebooks, bundled declarations, the disk.
 */
import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';
import { isBundled, isOnDemand, type BundledTypes } from './bundled-types.js';
import type { NotebookOptions } from './compiler-options.js';
import { Disk } from './disk.js';
import { SCOPE_MODULE } from './linked-text.js';
import type { Cell, Notebook } from './notebook.js';
import { changeBetween } from './positions.js';

/** Lies in the notebook's folder, so that relative imports start there. Nothing is ever written. */
const CELL_FILE = /^(.*)\/__patchbay_(\w+?)_(\d+|scope)\.ts$/;

export interface CellFile {
  readonly notebook: Notebook;
  readonly cell: Cell;
}

export class LanguageHost implements TS.LanguageServiceHost {
  readonly #ts: TypeScript;
  readonly #folder: string;
  readonly #types: BundledTypes;
  readonly #disk = new Disk();
  readonly #notebooks = new Map<string, Notebook>();
  readonly #cancellation: TS.HostCancellationToken;
  #settings: NotebookOptions;
  #moduleCache: TS.ModuleResolutionCache;
  #resolved = new Map<string, TS.ResolvedModuleWithFailedLookupLocations>();
  #foundNodeTypes: TS.ResolvedTypeReferenceDirectiveWithFailedLookupLocations | undefined;
  #settingsVersion = 0;
  #outerVersion = '0 0';
  #areResolutionsInvalid = false;

  constructor(ts: TypeScript, folder: string, types: BundledTypes, settings: NotebookOptions, cancellation: TS.HostCancellationToken) {
    this.#ts = ts;
    this.#folder = folder.replaceAll('\\', '/').replace(/\/$/, '');
    this.#types = types;
    this.#settings = settings;
    this.#cancellation = cancellation;
    this.#moduleCache = ts.createModuleResolutionCache(this.#folder, (name) => name, settings.options);
  }

  get folder(): string {
    return this.#folder;
  }

  get settings(): NotebookOptions {
    return this.#settings;
  }

  add(name: string, notebook: Notebook): void {
    this.#notebooks.set(name, notebook);
  }

  /** The folder's settings have changed; {@link refresh} lets them count. */
  configure(settings: NotebookOptions): void {
    this.#settings = settings;
    this.#settingsVersion++;
  }

  /** Looks whether files of the disk have changed since the last time; if so, `rebuild` must ask for all imports anew. */
  refresh(now: number, rebuild: () => void): boolean {
    this.#disk.refresh(now);
    const version = `${this.#disk.version} ${this.#settingsVersion}`;
    if (version === this.#outerVersion) return false;
    this.#outerVersion = version;
    this.#resolved = new Map();
    this.#foundNodeTypes = undefined;
    this.#moduleCache = this.#ts.createModuleResolutionCache(this.#folder, (name) => name, this.#settings.options);
    this.#areResolutionsInvalid = true;
    rebuild();
    this.#areResolutionsInvalid = false;
    return true;
  }

  fileOf(name: string, slot: number): string {
    return `${this.#folder}/__patchbay_${name}_${slot}.ts`;
  }

  /** The cell that a file is; undefined for every other file. */
  cellOf(file: string): CellFile | undefined {
    if (isBundled(file)) return undefined;
    const [, folder, name = '', slot] = CELL_FILE.exec(file) ?? [];
    const notebook = folder === this.#folder ? this.#notebooks.get(name) : undefined;
    const cell = notebook?.file(Number(slot))?.cell;
    return notebook === undefined || cell === undefined ? undefined : { notebook, cell };
  }

  isGenerated(file: string): boolean {
    return CELL_FILE.test(file);
  }

  getCompilationSettings(): TS.CompilerOptions {
    return this.#settings.options;
  }

  getProjectVersion(): string {
    return [this.#outerVersion, ...[...this.#notebooks.values()].map(({ version }) => version)].join(' ');
  }

  getScriptFileNames(): string[] {
    const cells = [...this.#notebooks].flatMap(([name, { slotCount }]) => Array.from({ length: slotCount }, (_, slot) => this.fileOf(name, slot)));
    return [this.#types.sessionTypes, ...cells];
  }

  getScriptVersion(file: string): string {
    if (isBundled(file)) return '1';
    return String((this.#generated(file) ?? this.#disk.read(file))?.version ?? 0);
  }

  getScriptSnapshot(file: string): TS.IScriptSnapshot | undefined {
    const text = this.readFile(file);
    if (text === undefined) return undefined;
    return this.#generated(file) === undefined ? this.#ts.ScriptSnapshot.fromString(text) : new ChangingText(text);
  }

  getScriptKind(file: string): TS.ScriptKind {
    const { ScriptKind } = this.#ts;
    if (this.cellOf(file)?.cell.source.isJsx === true) return ScriptKind.TSX;
    if (file.endsWith('.json')) return ScriptKind.JSON;
    if (/\.[cm]?jsx?$/.test(file)) return ScriptKind.JSX;
    return file.endsWith('.tsx') ? ScriptKind.TSX : ScriptKind.TS;
  }

  getCurrentDirectory(): string {
    return this.#folder;
  }

  getDefaultLibFileName(options: TS.CompilerOptions): string {
    return `${this.#types.libraryFolder}/${this.#ts.getDefaultLibFileName(options)}`;
  }

  getCancellationToken(): TS.HostCancellationToken {
    return this.#cancellation;
  }

  useCaseSensitiveFileNames(): boolean {
    return this.#ts.sys.useCaseSensitiveFileNames;
  }

  fileExists(file: string): boolean {
    if (isBundled(file)) return this.#types.has(file);
    return this.#generated(file) !== undefined || this.#disk.fileExists(file);
  }

  readFile(file: string): string | undefined {
    if (isBundled(file)) return this.#types.text(file);
    return (this.#generated(file) ?? this.#disk.read(file))?.text;
  }

  directoryExists(folder: string): boolean {
    return !isBundled(`${folder}/`) && this.#ts.sys.directoryExists(folder);
  }

  getDirectories(folder: string): string[] {
    return isBundled(`${folder}/`) ? [] : this.#ts.sys.getDirectories(folder);
  }

  readDirectory(...parameters: Parameters<TS.System['readDirectory']>): string[] {
    return this.#ts.sys.readDirectory(...parameters);
  }

  resolveModuleNameLiterals(literals: readonly TS.StringLiteralLike[], containing: string): readonly TS.ResolvedModuleWithFailedLookupLocations[] {
    return literals.map(({ text }) => this.#resolve(text, containing));
  }

  resolveTypeReferenceDirectiveReferences(references: readonly (TS.FileReference | string)[], containing: string): readonly TS.ResolvedTypeReferenceDirectiveWithFailedLookupLocations[] {
    return references.map((reference) => {
      const name = typeof reference === 'string' ? reference : reference.fileName;
      if (name === 'node') return this.#nodeTypes();
      return isBundled(containing) ? { resolvedTypeReferenceDirective: undefined } : this.#ts.resolveTypeReferenceDirective(name, containing, this.#settings.options, this);
    });
  }

  /** Those of the folder, if it has some: for all, since two declare everything twice. */
  #nodeTypes(): TS.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
    this.#foundNodeTypes ??= this.#ts.resolveTypeReferenceDirective('node', `${this.#folder}/__inferred.ts`, this.#settings.options, this);
    if (this.#foundNodeTypes.resolvedTypeReferenceDirective !== undefined) return this.#foundNodeTypes;
    return { resolvedTypeReferenceDirective: { primary: true, resolvedFileName: this.#types.nodeTypes } };
  }

  /** TypeScript would look for a package that replaces each of its hundred libraries. */
  resolveLibrary(): TS.ResolvedModuleWithFailedLookupLocations {
    return { resolvedModule: undefined };
  }

  /** A property, since TypeScript calls it without its host. */
  readonly hasInvalidatedResolutions = (file: string): boolean => this.#areResolutionsInvalid && !isBundled(file);

  #resolve(specifier: string, containing: string): TS.ResolvedModuleWithFailedLookupLocations {
    const own = this.#resolveOwn(specifier, containing);
    if (own !== undefined || isBundled(containing)) return this.#module(own);
    const key = `${containing.slice(0, containing.lastIndexOf('/'))}|${specifier}`;
    let found = this.#resolved.get(key);
    if (found === undefined) {
      found = this.#ts.resolveModuleName(specifier, containing, this.#settings.options, this, this.#moduleCache);
      this.#resolved.set(key, found);
    }
    return found;
  }

  /** What no folder decides: the notebook's scope, and the bundled declarations. */
  #resolveOwn(specifier: string, containing: string): string | undefined {
    if (isBundled(containing)) return this.#types.resolveFrom(containing, specifier);
    const [, folder, name] = CELL_FILE.exec(containing) ?? [];
    if (name !== undefined && specifier.startsWith(SCOPE_MODULE)) return `${folder}/__patchbay_${name}_${specifier.slice(SCOPE_MODULE.length + 1) || 'scope'}.ts`;
    const bundled = this.#types.resolve(specifier);
    return bundled !== undefined && isOnDemand(bundled) && this.#nodeTypes().resolvedTypeReferenceDirective?.resolvedFileName !== this.#types.nodeTypes ? undefined : bundled;
  }

  #module(file: string | undefined): TS.ResolvedModuleWithFailedLookupLocations {
    if (file === undefined) return { resolvedModule: undefined };
    const extension = file.endsWith('.d.ts') ? this.#ts.Extension.Dts : this.#ts.Extension.Ts;
    // Cells and scope are the user's own; what is bundled is a library, in which nothing is renamed.
    return { resolvedModule: { resolvedFileName: file, extension, isExternalLibraryImport: isBundled(file) } };
  }

  #generated(file: string): { readonly text: string; readonly version: number } | undefined {
    const [, folder, name = '', slot] = CELL_FILE.exec(file) ?? [];
    const notebook = folder === this.#folder ? this.#notebooks.get(name) : undefined;
    return slot === 'scope' ? notebook?.scope : notebook?.file(Number(slot));
  }
}

/** A text that tells TypeScript which part of it is new, so that it parses only that. */
class ChangingText implements TS.IScriptSnapshot {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  getText(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  getLength(): number {
    return this.#text.length;
  }

  getChangeRange(old: TS.IScriptSnapshot): TS.TextChangeRange | undefined {
    if (!(old instanceof ChangingText)) return undefined;
    const { start, removed, inserted } = changeBetween(old.#text, this.#text);
    return { span: { start, length: removed }, newLength: inserted };
  }
}
