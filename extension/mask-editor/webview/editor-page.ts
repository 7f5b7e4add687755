/** The page of the mask editor: tools, matrix, status; gestures become operations that the extension is asked for. */
import { tileOfUnit, unitsOfTile } from '../../../kernel/model/views/matrix/axis.js';
import { modeCaption, type Place } from '../../../kernel/model/views/matrix/camera.js';
import { moveCell } from '../../../kernel/model/views/matrix/move-cell.js';
import { make } from '../../renderers/dom.js';
import { badgeParts } from '../document/badge.js';
import { BitSource } from '../document/bit-source.js';
import { areaOfTile, around, IDLE, step, type Board, type Gesture, type GestureEvent, type Tool } from '../document/gesture.js';
import { areaInWords } from '../document/label.js';
import type { Area, Operation } from '../document/operations.js';
import type { Cell } from '../document/trace.js';
import type { Badge, Change, FromPage, ToPage } from '../protocol/messages.js';
import { fromWire } from '../protocol/wire-matrix.js';
import { GridElement } from './grid-element.js';
import { MatrixStage } from './matrix-stage.js';
import { Speaker } from './speaker.js';
import { Toolbar, type Command } from './toolbar.js';

const TOOL_KEYS: Readonly<Record<string, Tool>> = { d: 'draw', x: 'rectangle', r: 'row', c: 'column' };

export class EditorPage {
  readonly root = make('main');
  readonly #send: (message: FromPage) => void;
  readonly #grid = new GridElement();
  readonly #speaker = new Speaker();
  readonly #toolbar: Toolbar;
  readonly #badgeElement = make('div');
  readonly #readout = make('div');
  readonly #stage: MatrixStage;
  readonly #name: string;
  #source: BitSource;
  #badge: Badge;
  #tool: Tool = 'draw';
  #gesture: Gesture = IDLE;
  #cursor: Place | undefined;
  /** An operation is on its way; what it will do stays drawn until it is done. */
  #isWaiting = false;

  constructor(opened: Extract<ToPage, { type: 'open' }>, send: (message: FromPage) => void) {
    this.#send = send;
    this.#name = opened.name;
    this.#badge = opened.badge;
    this.#source = new BitSource(fromWire(opened.matrix));
    this.#toolbar = new Toolbar({
      onTool: (tool) => this.#choose(tool),
      onFill: (recipe) => this.#ask({ kind: 'fill', recipe, ...this.#scope }),
      onCommand: (command) => this.#command(command),
    });
    this.root.className = 'editor';
    this.root.dataset.patchbayView = 'mask-editor';
    const status = make('div');
    status.className = 'status';
    this.#badgeElement.className = 'badge';
    status.append(this.#badgeElement, this.#readout);
    this.root.append(this.#toolbar.bar, this.#toolbar.form, this.#grid.root, status, this.#speaker.element);
    document.body.replaceChildren(this.root);
    this.#stage = new MatrixStage(this.#grid.root, this.#source);
    this.#listen();
    this.#choose('draw');
    this.#describe();
    this.#stage.resize();
    this.#grid.root.focus();
  }

  change(changes: readonly Change[], badge: Badge, why: string): void {
    const shape = `${this.#source.inputs}×${this.#source.outputs}`;
    for (const change of changes) {
      if (change.kind === 'replace') this.#source = new BitSource(fromWire(change.matrix));
      else this.#source.update(change);
    }
    this.#badge = badge;
    this.#endGesture();
    const isReplaced = changes.some(({ kind }) => kind === 'replace') || shape !== `${this.#source.inputs}×${this.#source.outputs}`;
    if (isReplaced) {
      this.#cursor = this.#cursor && { row: Math.min(this.#cursor.row, this.#source.inputs - 1), column: Math.min(this.#cursor.column, this.#source.outputs - 1) };
      this.#stage.fit(this.#source);
      this.#stage.moveCursor(this.#cursor, true);
    } else this.#stage.refresh();
    const [connected = ''] = this.#describe();
    if (why !== '') this.#speaker.say(`${why}. ${connected}.`);
  }

  showBadge(badge: Badge): void {
    this.#badge = badge;
    this.#describe();
  }

  say(text: string): void {
    if (this.#isWaiting) this.#endGesture();
    this.#readout.textContent = text;
    this.#speaker.say(text);
  }

  get #board(): Board {
    const { rows, columns } = this.#stage.camera;
    return { inputs: this.#source.inputs, outputs: this.#source.outputs, down: rows.per, across: columns.per, hasConnection: (area) => this.#source.countIn(area) > 0 };
  }

  /** What fills, inversion and clearing are limited to. */
  get #scope(): { readonly area?: Area } {
    return this.#gesture.kind === 'selection' ? { area: around(this.#gesture.anchor, this.#gesture.head) } : {};
  }

  #listen(): void {
    const { root } = this.#grid;
    root.addEventListener('pointerdown', (event) => this.#press(event));
    root.addEventListener('pointermove', (event) => this.#move(event));
    root.addEventListener('pointerup', () => this.#do({ type: 'release' }));
    root.addEventListener('pointercancel', () => this.#do({ type: 'cancel' }));
    root.addEventListener('keydown', (event) => this.#key(event));
    root.addEventListener('focus', () => this.#stage.moveCursor((this.#cursor ??= { row: 0, column: 0 }), false));
    root.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  #choose(tool: Tool): void {
    this.#tool = tool;
    this.#toolbar.showTool(tool);
    this.#do({ type: 'cancel' });
  }

  #command(command: Command): void {
    switch (command) {
      case 'copyCode':
      case 'insertCell':
        return this.#send({ type: command });
      case 'zoomIn':
      case 'zoomOut':
      case 'fit':
        return this.#zoom(command === 'fit' ? 'all' : command === 'zoomIn' ? 'in' : 'out');
      case 'transpose':
        return this.#ask({ kind: command });
      case 'invert':
      case 'clear':
        return this.#ask({ kind: command, ...this.#scope });
    }
  }

  #zoom(direction: 'in' | 'out' | 'all'): void {
    if (this.#gesture.kind === 'stroke') return;
    this.#stage.zoom(direction);
    this.#readout.textContent = modeCaption(this.#stage.camera);
  }

  #ask(operation: Operation): void {
    this.#isWaiting = true;
    this.#send({ type: 'edit', operation });
  }

  #endGesture(): void {
    this.#isWaiting = false;
    this.#gesture = IDLE;
    this.#stage.showGesture(IDLE);
    this.#toolbar.showScope('Fills the whole mask.');
  }

  #do(event: GestureEvent): void {
    const before = this.#gesture;
    const { gesture, operation } = step(before, event, this.#tool, this.#board);
    this.#gesture = gesture;
    if (operation !== undefined) return this.#ask(operation);
    this.#stage.showGesture(gesture);
    const { area } = this.#scope;
    this.#toolbar.showScope(area === undefined ? 'Fills the whole mask.' : `Fills ${areaInWords(area)}.`);
    if (event.type === 'cancel' && before.kind !== 'idle') this.say('Cancelled.');
    if (gesture.kind === 'corner' && before.kind !== 'corner') this.say('First corner set. Choose the second with Space or a click; Escape cancels.');
  }

  #press(event: PointerEvent): void {
    const { root } = this.#grid;
    const target = this.#stage.at(event, false);
    if (event.button !== 0 || target === undefined) return;
    root.focus();
    root.setPointerCapture(event.pointerId);
    if (target.kind === 'cell') {
      this.#place(target.tile);
      return this.#do({ type: 'press', tile: target.tile, shift: event.shiftKey });
    }
    const { gesture, operation } = step(IDLE, { type: 'press', tile: target.tile, shift: false }, target.kind, this.#board);
    this.#gesture = gesture;
    if (operation !== undefined) this.#ask(operation);
  }

  #move(event: PointerEvent): void {
    if ((event.buttons & 4) !== 0) return this.#stage.pan(event.movementX, event.movementY);
    const isDragging = this.#gesture.kind === 'stroke' || this.#gesture.kind === 'rectangle';
    const samples = isDragging && event.getCoalescedEvents !== undefined ? event.getCoalescedEvents() : [event];
    for (const sample of samples.length > 0 ? samples : [event]) {
      const target = this.#stage.at(sample, isDragging);
      if (target?.kind !== 'cell') continue;
      this.#place(target.tile, isDragging);
      if (isDragging || this.#gesture.kind === 'corner') this.#do({ type: 'drag', tile: target.tile });
    }
  }

  /** Takes the pointer's cell for the cursor's, so that keys go on from there. */
  #place(tile: Cell, isHeld = true): void {
    const { rows, columns } = this.#stage.camera;
    const place = { row: unitsOfTile(rows, tile.row).first, column: unitsOfTile(columns, tile.column).first };
    this.#readout.textContent = this.#describeTile(tile);
    if (!isHeld) return;
    this.#cursor = place;
    this.#stage.moveCursor(place, false);
    this.#tellGrid();
  }

  #key(event: KeyboardEvent): void {
    const isCtrl = event.ctrlKey || event.metaKey;
    const isArrow = event.key.startsWith('Arrow') || ['Home', 'End', 'PageUp', 'PageDown'].includes(event.key);
    // Undo, redo, save and the like are VS Code's.
    if (event.altKey || (isCtrl && !isArrow) || !(isArrow ? this.#moveBy(event, isCtrl) : this.#pressKey(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #moveBy(event: KeyboardEvent, ctrl: boolean): boolean {
    const from = this.#cursor;
    const to = moveCell({ key: event.key, ctrl }, from, this.#stage.camera, this.#source);
    if (to === undefined) return false;
    this.#cursor = to;
    this.#stage.moveCursor(to, true);
    const tile = this.#tileOf(to);
    if (event.shiftKey && from !== undefined) this.#do({ type: 'extend', from: this.#tileOf(from), to: tile });
    else if (this.#gesture.kind === 'corner') this.#do({ type: 'drag', tile });
    else if (this.#gesture.kind === 'selection') this.#endGesture();
    const text = this.#describeTile(tile);
    this.#readout.textContent = text;
    this.#tellGrid();
    this.#speaker.say(this.#gesture.kind === 'selection' ? `Selected ${areaInWords(around(this.#gesture.anchor, this.#gesture.head))}` : text);
    return true;
  }

  #pressKey(key: string): boolean {
    const tool = TOOL_KEYS[key.toLowerCase()];
    if (key === ' ' || key === 'Enter') {
      this.#cursor ??= { row: 0, column: 0 };
      this.#do({ type: 'apply', tile: this.#tileOf(this.#cursor) });
    } else if (key === 'Escape' && this.#gesture.kind !== 'idle') this.#do({ type: 'cancel' });
    else if (key === '+' || key === '=') this.#zoom('in');
    else if (key === '-') this.#zoom('out');
    else if (key === '0') this.#zoom('all');
    else if (tool !== undefined) {
      this.#choose(tool);
      this.say(`Tool: ${tool}`);
    } else return false;
    return true;
  }

  #tileOf({ row, column }: Place): Cell {
    const { rows, columns } = this.#stage.camera;
    return { row: tileOfUnit(rows, row), column: tileOfUnit(columns, column) };
  }

  #describeTile(tile: Cell): string {
    const area = areaOfTile(tile, this.#board);
    const count = this.#source.countIn(area);
    const cells = (area.bottom - area.top + 1) * (area.right - area.left + 1);
    return `${areaInWords(area)}: ${cells === 1 ? (count === 1 ? 'connected' : 'not connected') : `${count} of ${cells} connected`}`;
  }

  #tellGrid(): void {
    if (this.#cursor === undefined) return;
    this.#grid.point(this.#cursor, this.#describeTile(this.#tileOf(this.#cursor)), this.#gesture.kind === 'selection');
  }

  /** Returns what the badge says, in parts. */
  #describe(): readonly string[] {
    const { inputs, outputs, nnz, outDegree, inDegree } = this.#source;
    this.#grid.describe(this.#name, inputs, outputs);
    const parts = badgeParts({ connections: nnz, rows: outDegree, columns: inDegree }, this.#badge.savedConnections);
    this.#badgeElement.replaceChildren(...[`${inputs}×${outputs}`, ...parts].map((part) => make('span', {}, part)));
    if (this.#cursor !== undefined) this.#readout.textContent = this.#describeTile(this.#tileOf(this.#cursor));
    this.#tellGrid();
    return parts;
  }
}
