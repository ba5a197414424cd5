import { language } from './i18n/language.svelte';
import { toasts } from './ui/toasts.svelte';

const askMs = 30 * 60_000;
/** Nobody has touched the screen for so long: a new version is taken without asking. */
const idleMs = 2 * 60_000;

/** Keeps the app on this device and takes new versions: at once when nobody is using it, else when told to. */
class AppUpdate {
  #registration: ServiceWorkerRegistration | null = null;
  #touchedAt = performance.now();
  #told = false;
  #taking = false;

  async start(): Promise<void> {
    reloadForMissingParts();
    const workers = workersOf(navigator);
    if (workers === undefined) return;
    for (const event of ['pointerdown', 'keydown'] as const)
      addEventListener(event, () => (this.#touchedAt = performance.now()), { passive: true });
    workers.addEventListener('controllerchange', () => this.#taking && location.reload());
    try {
      this.#registration = await workers.register('/sw.js');
    } catch (error) {
      // Private windows and managed browsers may refuse: the app then works with a connection only.
      console.warn('The app is not kept on this device', error);
      return;
    }
    this.#registration.addEventListener('updatefound', () => this.#watch(this.#registration?.installing ?? null));
    setInterval(() => void this.#registration?.update().catch(() => undefined), askMs);
    setInterval(() => this.#offer(), idleMs / 4);
    this.#offer();
  }

  #watch(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => this.#offer());
  }

  /** The first version ever has nothing to replace. */
  #offer(): void {
    const waiting = this.#registration?.waiting;
    if (waiting == null || navigator.serviceWorker.controller === null) return;
    if (document.hidden || performance.now() - this.#touchedAt > idleMs) this.#take(waiting);
    else if (!this.#told) this.#tell(waiting);
  }

  #tell(waiting: ServiceWorker): void {
    this.#told = true;
    const { t } = language;
    const actions = [{ label: t.update.now, run: () => this.#take(waiting) }];
    toasts.show({ sign: 'refresh', text: t.update.ready, stays: true, actions });
  }

  #take(waiting: ServiceWorker): void {
    this.#taking = true;
    waiting.postMessage('take-over');
  }
}

/** Missing on pages without TLS, and in the private windows of some browsers. */
const workersOf = (browser: { readonly serviceWorker?: ServiceWorkerContainer }): ServiceWorkerContainer | undefined =>
  browser.serviceWorker;

/** Without a service worker, a page older than the service may ask for a part that is gone: the new page has its own. */
function reloadForMissingParts(): void {
  const mark = 'whereabouts.reloaded';
  addEventListener('vite:preloadError', () => {
    if (sessionStorage.getItem(mark) === location.href) return;
    sessionStorage.setItem(mark, location.href);
    location.reload();
  });
}

export const appUpdate = new AppUpdate();
