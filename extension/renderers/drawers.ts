/** The matrix views: how they are read and drawn. */
import { parseKernelView, type KernelView } from '../../kernel/model/views/kernel-view.js';
import { parseMaskView, type MaskView } from '../../kernel/model/views/mask-view.js';
import { MatrixElement } from './matrix-element.js';
import type { Drawer } from './mount.js';

const mount = (container: HTMLElement, view: MaskView | KernelView): MatrixElement => new MatrixElement(container, view);

export const maskDrawer: Drawer<MaskView | KernelView> = { parse: parseMaskView, mount };
export const kernelDrawer: Drawer<MaskView | KernelView> = { parse: parseKernelView, mount };
