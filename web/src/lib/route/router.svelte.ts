import { formatRoute, homeRoute, parseRoute, type Route } from './route';

/** The route of the address bar. `go` adds a page to the history, `amend` rewrites the current one (typing, levels). */
class Router {
  current = $state.raw<Route>(parseRoute(location.search));
  /** Pages of our own behind this one: only then is going back still inside the app. */
  #depth = 0;

  constructor() {
    addEventListener('popstate', () => {
      this.#depth = Math.max(0, this.#depth - 1);
      this.current = parseRoute(location.search);
    });
  }

  go(change: Partial<Route>): void {
    this.#set(change, (address) => {
      this.#depth += 1;
      history.pushState(null, '', address);
    });
  }

  amend(change: Partial<Route>): void {
    this.#set(change, (address) => history.replaceState(null, '', address));
  }

  /** One step back; from a shared link, where there is no step of ours, to home on the same level. */
  back(): void {
    if (this.#depth > 0) history.back();
    else this.amend({ ...homeRoute, level: this.current.level });
  }

  #set(change: Partial<Route>, write: (address: string) => void): void {
    const next = { ...this.current, ...change };
    const address = formatRoute(next);
    if (address === formatRoute(this.current)) return;
    this.current = next;
    write(address);
  }
}

export const router = new Router();
