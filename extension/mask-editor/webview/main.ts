/** The script of the mask editor's page: says that it is ready, then shows what the extension sends. */
import { make } from '../../renderers/dom.js';
import { Channel } from '../protocol/channel.js';
import type { FromPage, ToPage } from '../protocol/messages.js';
import { parseToPage } from '../protocol/parse.js';
import { EditorPage } from './editor-page.js';
import { refusedPage } from './refused-page.js';
import { STYLE } from './style.js';

interface VsCodeApi {
  postMessage(message: FromPage): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

const vscode = acquireVsCodeApi();
document.head.append(make('style', {}, STYLE));
let page: EditorPage | undefined;

const channel = new Channel<FromPage, ToPage>({
  post: (message) => vscode.postMessage(message),
  parse: parseToPage,
  handlers: {
    open: (message) => {
      page = new EditorPage(message, (answer) => channel.send(answer));
    },
    change: ({ changes, badge, why }) => page?.change(changes, badge, why),
    badge: ({ badge }) => page?.showBadge(badge),
    say: ({ text }) => page?.say(text),
    refused: ({ problem, isText }) => {
      page = undefined;
      document.body.replaceChildren(refusedPage(problem, isText, () => channel.send({ type: 'openOtherwise' })));
    },
  },
  onUnknown: (value) => console.error('The extension sent what is no message of the mask editor', value),
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => channel.receive(data));
channel.send({ type: 'ready' });
