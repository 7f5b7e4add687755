/** Bundles on their way out: to the kernel's host, or to the console of a plain script. */
import { randomUUID } from 'node:crypto';
import type { MimeBundle } from '../../protocol/messages.js';
import { currentHost } from './host.js';
import { pictureOf } from './picture-of.js';

export const newDisplayId = (): string => `patchbay-${randomUUID()}`;

export interface PublishOptions {
  readonly displayId?: string;
  readonly update?: boolean;
  /** False leaves out the PNG: for the many states between the first and the last of a live view. Default true. */
  readonly picture?: boolean;
}

/** Shows a bundle. Without a kernel its sentence is printed. An empty bundle shows nothing. */
export function publish(bundle: MimeBundle, { displayId, update, picture = true }: PublishOptions = {}): void {
  if (Object.keys(bundle).length === 0) return;
  const host = currentHost();
  if (!host) {
    console.log(sentenceOf(bundle));
    return;
  }
  const svg = picture && !('image/png' in bundle) ? pictureOf(bundle) : undefined;
  host.display(bundle, {
    ...(displayId !== undefined && { displayId }),
    ...(update !== undefined && { update }),
    ...(svg !== undefined && { picture: svg }),
  });
}

/** What a console can show of a bundle: its text, else its source, else what it is. */
export function sentenceOf(bundle: MimeBundle): string {
  for (const type of ['text/plain', 'text/markdown', 'text/latex', 'text/html']) {
    const text = bundle[type];
    if (typeof text === 'string') return text;
  }
  const [type = '', data] = Object.entries(bundle)[0] ?? [];
  return type.endsWith('json') ? JSON.stringify(data) : `<${type}>`;
}
