/** The matrix views: how they are read and drawn. */
import { parseKernelView, type KernelView } from '../../kernel/model/views/kernel-view.js';
import { parseMaskView, type MaskView } from '../../kernel/model/views/mask-view.js';
import { MatrixElement } from './matrix/matrix-element.js';
import type { Channels } from './kernel-channel.js';
import type { Drawer } from './mount.js';

const mount = (container: HTMLElement, view: MaskView | KernelView, channels?: Channels): MatrixElement => new MatrixElement(container, view, channels);

export const maskDrawer: Drawer<MaskView | KernelView> = { parse: parseMaskView, mount };
export const kernelDrawer: Drawer<MaskView | KernelView> = { parse: parseKernelView, mount };
