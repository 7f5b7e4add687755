import { currentHost } from '../display/host.js';
import { formatSeconds } from '../display/progress.js';
import { newDisplayId, publish } from '../display/publish.js';

const UPDATE_MS = 250;

/** The one line that shows how far an installation is, updated in place; in a plain script, its end only. */
export class InstallLine {
  readonly what: string;
  readonly #folder: string;
  readonly #displayId = newDisplayId();
  readonly #started = performance.now();
  #fetched = 0;
  #shownAt: number | undefined;

  constructor(what: string, folder: string) {
    this.what = what;
    this.#folder = folder;
    this.tick();
  }

  fetched(): void {
    this.#fetched++;
  }

  warn(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  tick(): void {
    const now = performance.now();
    if (currentHost() === undefined || (this.#shownAt !== undefined && now - this.#shownAt < UPDATE_MS)) return;
    const fetched = this.#fetched === 0 ? '' : ` · ${this.#fetched} fetched`;
    this.#show(`${this.what} in ${this.#folder}${fetched} · ${formatSeconds((now - this.#started) / 1000)}`);
    this.#shownAt = now;
  }

  end(how: string): void {
    this.#show(`${this.what} in ${this.#folder}: ${how}`);
  }

  #show(text: string): void {
    publish({ 'text/plain': text }, { displayId: this.#displayId, update: this.#shownAt !== undefined });
  }
}
