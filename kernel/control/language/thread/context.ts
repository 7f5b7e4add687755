import type TS from 'typescript';
import type { CellPosition, CellRange, LineRange, Location } from '../../../protocol/language.js';
import type { TypeScript } from '../../load-typescript.js';
import { isBundled } from './bundled-types.js';
import type { LanguageHost } from './host.js';
import type { Cell, Notebook } from './notebook.js';
import { lineStarts, offsetAt, rangeAt } from './positions.js';

/** TypeScript's service over the cells of one notebook, and the way from places in cells to places in its files and back. */
export class LanguageContext {
  constructor(
    readonly ts: TypeScript,
    readonly service: TS.LanguageService,
    readonly host: LanguageHost,
    readonly notebook: Notebook,
    /** Of the notebook's files. */
    readonly name: string,
  ) {}

  /** @throws RangeError when there is no such cell */
  place({ cell: id, ...position }: CellPosition): Place {
    const cell = this.require(id);
    if (cell.source.isTooDeep) throw new RangeError(`cell ${id} is nested too deeply`);
    return this.placeAt(cell, offsetAt(cell.source.text, cell.source.starts, position));
  }

  placeAt(cell: Cell, offset: number): Place {
    return { cell, file: this.fileOf(cell), offset: cell.prefix.length + offset };
  }

  require(id: string): Cell {
    const cell = this.notebook.cell(id);
    if (cell === undefined) throw new RangeError(`there is no cell ${id}`);
    return cell;
  }

  fileOf(cell: Cell): string {
    return this.host.fileOf(this.name, cell.slot);
  }

  /** The part of a cell's own text that a span of its file covers; undefined when it lies in what we have added. */
  rangeIn(cell: Cell, { start, length }: TS.TextSpan): LineRange | undefined {
    const from = start - cell.prefix.length;
    const to = from + length;
    if (from < 0 || to > cell.source.text.length) return undefined;
    return rangeAt(cell.source.starts, from, to);
  }

  /** Where a span of any file is for the user; undefined for generated text. */
  location(file: string, span: TS.TextSpan): Location | undefined {
    const found = this.host.cellOf(file);
    if (found !== undefined) return found.notebook === this.notebook ? this.cellRange(found.cell, span) : undefined;
    if (this.host.isGenerated(file)) return undefined;
    const text = this.host.readFile(file);
    if (text === undefined) return undefined;
    return { file, isBundled: isBundled(file), range: rangeAt(lineStarts(text), span.start, span.start + span.length) };
  }

  cellRange(cell: Cell, span: TS.TextSpan): CellRange | undefined {
    const range = this.rangeIn(cell, span);
    return range === undefined ? undefined : { cell: cell.id, range };
  }

  cellAt(slot: number): Cell | undefined {
    return this.notebook.file(slot)?.cell;
  }
}

/** A place in the file of a cell. */
export interface Place {
  readonly cell: Cell;
  readonly file: string;
  readonly offset: number;
}
