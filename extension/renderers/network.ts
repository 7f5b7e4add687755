import type { ActivationFunction } from 'vscode-notebook-renderer';
import { parseNetworkView } from '../../kernel/model/views/network/network-payload.js';
import { notebookRenderer } from './notebook-renderer.js';
import { NetworkElement } from './units/network-element.js';

export const activate: ActivationFunction = () =>
  notebookRenderer({ parse: parseNetworkView, mount: (container, view) => new NetworkElement(container, view) });
