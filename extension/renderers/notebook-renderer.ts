/** What VS Code asks of a notebook renderer, for any view. */
import type { OutputItem, RendererApi } from 'vscode-notebook-renderer';
import { kernelChannels, type Messaging } from './kernel-channel.js';
import { Slot, type Drawer } from './mount.js';

interface Held<View extends object> {
  readonly element: HTMLElement;
  readonly slot: Slot<View>;
}

/** An output that is rendered again in the same element keeps its view, which updates in place. */
export function notebookRenderer<View extends object>(drawer: Drawer<View>, messaging: Messaging = {}): RendererApi {
  const channels = kernelChannels(messaging);
  const outputs = new Map<string, Held<View>>();
  const dispose = (id: string): void => {
    outputs.get(id)?.slot.dispose();
    outputs.delete(id);
  };
  return {
    renderOutputItem(item: OutputItem, element: HTMLElement): void {
      let held = outputs.get(item.id);
      if (held && (held.element !== element || !element.hasChildNodes())) {
        dispose(item.id);
        held = undefined;
      }
      held ??= { element, slot: new Slot(drawer, element, channels) };
      outputs.set(item.id, held);
      held.slot.show((): unknown => item.json());
    },
    disposeOutputItem(id?: string): void {
      for (const each of id === undefined ? [...outputs.keys()] : [id]) dispose(each);
    },
  };
}
