import * as vscode from 'vscode';
import { reasonOf } from '../errors/catalogue.js';
import type { ErrorDisplay } from '../errors/show.js';
import { nameOf } from '../places/uri.js';
import { bytesIfThere, fingerprint, readBytes, writeBytes } from './disk.js';
import { decodeBackup, encodeBackup } from './document/backup.js';
import type { BitMatrix } from './document/bit-matrix.js';
import { labelOf } from './document/label.js';
import type { Operation } from './document/operations.js';
import type { MaskFiles } from './files/mask-files.js';
import { styleOf } from './files/style.js';
import { MaskDocument, type MaskContent, type Origin } from './mask-document.js';
import { OutsideChange } from './outside-change.js';
import { MaskPage } from './page.js';

export const MASK_EDITOR = 'patchbay.maskEditor';
/** The same editor for files that are masks only sometimes: VS Code offers it and does not take it by itself. */
export const OPTIONAL_MASK_EDITOR = 'patchbay.optionalMaskEditor';

type EditEvent = vscode.CustomDocumentEditEvent<MaskDocument>;

export interface MaskEditorTools {
  readonly extension: vscode.Uri;
  readonly files: MaskFiles;
  readonly errors: ErrorDisplay;
  readonly log: (line: string) => void;
  readonly copyCode: (document: MaskDocument) => Promise<void> | void;
  readonly insertCell: (document: MaskDocument) => Promise<void> | void;
}

/** VS Code's side of the mask editor: opens, saves, reverts and backs up; what an edit is, the document knows. */
export class MaskEditorProvider implements vscode.CustomEditorProvider<MaskDocument> {
  readonly #changes = new vscode.EventEmitter<EditEvent>();
  readonly onDidChangeCustomDocument = this.#changes.event;
  readonly #pages = new Set<MaskPage>();
  /** Masks on their way into an untitled editor, by its address. */
  readonly #seeds = new Map<string, { readonly matrix: BitMatrix; readonly origin: Origin | undefined }>();
  readonly #saving = new Map<MaskDocument, Promise<void>>();
  readonly #tools: MaskEditorTools;

  constructor(tools: MaskEditorTools) {
    this.#tools = tools;
  }

  /** The document whose editor is in front. */
  get active(): MaskDocument | undefined {
    return [...this.#pages].find(({ panel }) => panel.active)?.document;
  }

  say(document: MaskDocument, text: string): void {
    for (const page of this.#pages) if (page.document === document) page.say(text);
  }

  /** Opens a mask that no file holds; saving asks for one. */
  async openUntitled(uri: vscode.Uri, matrix: BitMatrix, origin: Origin | undefined): Promise<void> {
    this.#seeds.set(uri.toString(), { matrix, origin });
    await vscode.commands.executeCommand('vscode.openWith', uri, MASK_EDITOR);
  }

  async openCustomDocument(uri: vscode.Uri, { backupId, untitledDocumentData }: vscode.CustomDocumentOpenContext): Promise<MaskDocument> {
    const seed = this.#seeds.get(uri.toString());
    this.#seeds.delete(uri.toString());
    const content = await this.#content(uri, backupId, untitledDocumentData, seed?.matrix).catch((error: unknown) => ({ problem: reasonOf(error) }));
    const document = new MaskDocument(uri, content, seed?.origin);
    if (uri.scheme !== 'untitled') {
      const outside = new OutsideChange(document, { files: this.#tools.files, revert: () => this.#revertInFront(document), fail: (error) => this.#tools.errors.show(error) });
      document.disposables.push(outside);
      // A backup may be older than the file.
      if (backupId !== undefined) outside.look();
    }
    return document;
  }

  async #content(uri: vscode.Uri, backupId: string | undefined, untitled: Uint8Array | undefined, seed: BitMatrix | undefined): Promise<MaskContent> {
    if (backupId !== undefined) {
      const { matrix, recipes, base } = decodeBackup(await vscode.workspace.fs.readFile(vscode.Uri.parse(backupId)));
      const bytes = uri.scheme === 'untitled' ? undefined : await bytesIfThere(uri);
      return { matrix, recipes, base, isSaved: false, style: bytes === undefined || fingerprint(bytes) !== base ? undefined : styleOf(nameOf(uri), bytes) };
    }
    if (seed !== undefined) return { matrix: seed, style: undefined, base: undefined, isSaved: false };
    const bytes = untitled ?? (await readBytes(uri));
    return { ...(await this.#tools.files.read(nameOf(uri), bytes)), base: untitled === undefined ? fingerprint(bytes) : undefined, isSaved: untitled === undefined };
  }

  resolveCustomEditor(document: MaskDocument, panel: vscode.WebviewPanel): void {
    const page: MaskPage = new MaskPage(document, panel, vscode.Uri.joinPath(this.#tools.extension, 'dist', 'renderers'), {
      onReady: () => this.#markDirty(document),
      onEdit: (operation) => void this.#edit(document, operation, page).catch((error: unknown) => this.#tools.errors.show(error)),
      onCopyCode: () => void this.#tools.copyCode(document),
      onInsertCell: () => void this.#tools.insertCell(document),
      onOpenOtherwise: () => void vscode.commands.executeCommand('vscode.openWith', document.uri, 'default'),
      log: this.#tools.log,
    });
    this.#pages.add(page);
    panel.onDidDispose(() => {
      this.#pages.delete(page);
      page.dispose();
    });
  }

  async #edit(document: MaskDocument, operation: Operation, page: MaskPage): Promise<void> {
    // VS Code counts whatever happens during a save as saved, so edits wait for its end.
    await this.#saving.get(document);
    const problem = document.problemOf(operation);
    if (problem !== undefined) return page.say(problem);
    const before = document.timeline.savedPosition;
    const edit = document.edit(operation);
    if (edit === undefined) return page.say('Nothing changes.');
    this.#changes.fire({ document, label: labelOf(operation), undo: () => document.undo(edit), redo: () => document.redo(edit) });
    // The saved state lay among the undone edits and is gone. VS Code, which counts edits, would take the new one for it.
    if (before !== undefined && document.timeline.savedPosition === undefined) this.#markDirty(document);
  }

  /** Tells VS Code that the content is that of no file, whatever its count of edits says. */
  #markDirty(document: MaskDocument): void {
    if (document.problem !== undefined || document.timeline.savedPosition !== undefined) return;
    // SAFETY: VS Code takes an event without undo and redo as a change of content; the interface asks for one kind or the other.
    this.#changes.fire({ document } as EditEvent);
  }

  async saveCustomDocument(document: MaskDocument): Promise<void> {
    const saving = this.#save(document);
    this.#saving.set(document, saving.catch(() => undefined));
    try {
      await saving;
    } finally {
      this.#saving.delete(document);
    }
  }

  async #save(document: MaskDocument): Promise<void> {
    const { uri, timeline, style } = document;
    const there = await bytesIfThere(uri);
    if (there !== undefined && document.base !== undefined && fingerprint(there) !== document.base) await this.#askToOverwrite(uri);
    const bytes = await this.#tools.files.encode(nameOf(uri), timeline.matrix, style);
    await writeBytes(uri, bytes);
    document.markSaved(fingerprint(bytes), style);
  }

  async #askToOverwrite(uri: vscode.Uri): Promise<void> {
    const choice = await vscode.window.showWarningMessage(`${nameOf(uri)} has changed on disk since it was opened here.`, { modal: true, detail: 'Saving replaces what another program has written.' }, 'Overwrite');
    if (choice !== 'Overwrite') throw new vscode.CancellationError();
  }

  async saveCustomDocumentAs(document: MaskDocument, destination: vscode.Uri): Promise<void> {
    const bytes = await this.#tools.files.encode(nameOf(destination), document.timeline.matrix, document.style);
    await writeBytes(destination, bytes);
    if (destination.toString() === document.uri.toString()) document.markSaved(fingerprint(bytes), document.style);
  }

  async revertCustomDocument(document: MaskDocument): Promise<void> {
    const bytes = await readBytes(document.uri);
    document.revert(await this.#tools.files.read(nameOf(document.uri), bytes), fingerprint(bytes));
  }

  async backupCustomDocument(document: MaskDocument, { destination }: vscode.CustomDocumentBackupContext): Promise<vscode.CustomDocumentBackup> {
    await vscode.workspace.fs.writeFile(destination, encodeBackup({ matrix: document.timeline.matrix, recipes: document.recipes, base: document.base }));
    this.#tools.log(`${nameOf(document.uri)}: what is not saved is kept as a backup`);
    return { id: destination.toString(), delete: () => void vscode.workspace.fs.delete(destination).then(undefined, () => undefined) };
  }

  async #revertInFront(document: MaskDocument): Promise<void> {
    const page = [...this.#pages].find((candidate) => candidate.document === document);
    page?.panel.reveal();
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
}
