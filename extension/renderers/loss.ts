import type { ActivationFunction } from 'vscode-notebook-renderer';
import { parseLossView } from '../../kernel/model/views/loss-payload.js';
import { LossElement } from './loss/loss-element.js';
import { notebookRenderer } from './notebook-renderer.js';

export const activate: ActivationFunction = (context) =>
  notebookRenderer({ parse: parseLossView, mount: (container, view, channels) => new LossElement(container, view, channels) }, context);
