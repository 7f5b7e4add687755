/** The parts of the page, and what each message changes of them. */
import type { Look, NetLook } from '../../../kernel/model/look/look.js';
import type { PanelPage, PanelRequest } from '../../../kernel/model/look/panel-page.js';
import type { KernelView } from '../../../kernel/model/views/kernel-view.js';
import type { MaskView } from '../../../kernel/model/views/mask-view.js';
import { KERNEL_MIME, MASK_MIME } from '../../../kernel/model/views/media-types.js';
import { kernelDrawer, maskDrawer } from '../drawers.js';
import { make } from '../dom.js';
import { Slot } from '../mount.js';
import { matrixAnalysis, netAnalysis } from './analysis.js';
import { STYLES } from './styles.js';

const drawers = new Map([
  [MASK_MIME, maskDrawer],
  [KERNEL_MIME, kernelDrawer],
]);

export class PanelElement {
  readonly #main = make('main');
  readonly #title = make('h1');
  readonly #standing = make('p');
  readonly #bar = make('div');
  readonly #save: HTMLButtonElement;
  readonly #layers = make('select');
  readonly #layersLabel = make('label', {}, 'Layer ');
  readonly #what = make('p');
  readonly #drawn = make('div');
  readonly #analysis = make('section');
  #shown: { readonly mime: string; readonly slot: Slot<MaskView | KernelView> } | undefined;
  /** What the analysis and the choice of layers were made of, as text: they are made anew only when it changes, so that focus stays. */
  #analysed = '';
  #offered = '';

  constructor(body: HTMLElement, post: (request: PanelRequest) => void) {
    this.#standing.className = 'standing';
    this.#standing.setAttribute('role', 'status');
    this.#bar.className = 'bar';
    this.#what.className = 'note';
    this.#drawn.className = 'drawn';
    this.#analysis.setAttribute('aria-label', 'Analysis');
    this.#save = button('Save As…', 'Save as a picture (PNG, SVG) or as a mask file (CSV, MTX, NPY, NPZ, JSON)', () => post({ type: 'save' }));
    this.#layers.addEventListener('change', () => post({ type: 'choose', layer: this.#layers.value }));
    this.#layersLabel.append(this.#layers);
    this.#bar.append(this.#layersLabel, button('Refresh', 'Look again', () => post({ type: 'refresh' })), this.#save);
    this.#main.append(this.#title, this.#standing, this.#bar, this.#what, this.#drawn, this.#analysis);
    body.replaceChildren(make('style', {}, STYLES), this.#main);
    this.#showLook(undefined);
  }

  show({ title, standing, words, look }: PanelPage): void {
    this.#title.textContent = title;
    this.#standing.dataset.standing = standing;
    // A screen reader speaks what changes, so what has not changed is not written again.
    if (this.#standing.textContent !== words) this.#standing.textContent = words;
    this.#main.classList.toggle('outdated', standing !== 'current');
    this.#showLook(look);
  }

  #showLook(look: Look | undefined): void {
    for (const element of [this.#save, this.#what, this.#drawn, this.#analysis]) element.hidden = look === undefined;
    this.#offer(look?.net);
    if (look === undefined) return;
    const { matrix, net } = look;
    this.#what.textContent = [`Drawn is ${net === undefined ? matrix.what : `one layer of ${net.what}: ${matrix.what}`}.`, matrix.note].filter((part) => part !== undefined).join(' ');
    this.#draw(matrix.mime, matrix.payload);
    const key = JSON.stringify([matrix.analysis, net?.report, net?.reportProblem]);
    if (key === this.#analysed) return;
    this.#analysed = key;
    this.#analysis.replaceChildren(...matrixAnalysis(matrix.analysis), ...(net === undefined ? [] : netAnalysis(net)));
  }

  #offer(net: NetLook | undefined): void {
    this.#layersLabel.hidden = net === undefined;
    if (net === undefined) return;
    const offered = JSON.stringify(net.layers);
    if (offered !== this.#offered) {
      this.#offered = offered;
      this.#layers.replaceChildren(
        ...net.layers.map(({ key, label }) => {
          const option = make('option', {}, label);
          option.value = key;
          return option;
        }),
      );
    }
    this.#layers.value = net.layer;
  }

  /** In place while it is the same kind of view: place and zoom stay. */
  #draw(mime: string, payload: unknown): void {
    const drawer = drawers.get(mime);
    if (this.#shown?.mime !== mime) {
      this.#shown?.slot.dispose();
      this.#shown = undefined;
    }
    if (drawer === undefined) return this.#drawn.replaceChildren(make('p', {}, `This panel draws masks and kernels, not ${mime}.`));
    this.#shown ??= { mime, slot: new Slot(drawer, this.#drawn) };
    this.#shown.slot.show(() => payload);
  }
}

function button(text: string, title: string, act: () => void): HTMLButtonElement {
  const found = make('button', {}, text);
  found.type = 'button';
  found.title = title;
  found.addEventListener('click', act);
  return found;
}
