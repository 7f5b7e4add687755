/** Chromium, and the errors that its console shows. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { environment } from './environment.js';
import { MARK } from './processes.js';

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--font-render-hinting=none', '--force-color-profile=srgb',
];

/** What VS Code's web build prints by itself when it runs from this server: files it lacks, services it cannot reach. */
const NOT_OURS = [
  /vsda(_bg)?\.(js|wasm)/,
  /serviceWorker\.js/,
  /service ?worker.* registration/i,
  /^A bad HTTP response code \(404\) was received when fetching the script/, // the service worker, too
  /ListenerLeakError: potential listener LEAK/, // VS Code counts its own cells' listeners
  /\/update\/check/,
  /Timed out waiting for authentication provider 'github' to register/, // after a minute; that extension is left out
];

export function launchBrowser(mark: string): Promise<Browser> {
  const { path, env } = environment().browser;
  return chromium.launch({
    executablePath: path,
    args: ARGUMENTS,
    env: { ...process.env, ...env, [MARK]: mark },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

export interface ConsoleWatch {
  /** Everything the page printed, for the evidence of a failed test. */
  readonly lines: readonly string[];
  /** Errors that VS Code does not print by itself. */
  errors(): string[];
}

export function watchConsole(page: Page): ConsoleWatch {
  const lines: string[] = [];
  const errors: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    const text = `${message.text()}${url === '' ? '' : ` (${url})`}`;
    lines.push(`${message.type()}: ${text}`);
    if (message.type() === 'error' && !NOT_OURS.some((pattern) => pattern.test(text))) errors.push(text);
  });
  page.on('pageerror', (error) => {
    lines.push(`uncaught: ${error.stack ?? error.message}`);
    errors.push(`uncaught: ${error.message}`);
  });
  return { lines, errors: () => [...errors] };
}
