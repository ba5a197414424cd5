import type { SignName } from './icon-paths';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly sign: SignName;
  readonly tone: 'plain' | 'warning';
  readonly actions: readonly { readonly label: string; readonly run: () => void }[];
  /** Stays until it is dismissed: something to decide. */
  readonly stays: boolean;
}

type Said = Pick<Toast, 'text' | 'sign'> & Partial<Omit<Toast, 'id'>>;

const showMs = 12_000;
const most = 3;

/** Short news at the edge of the screen. They wait while a finger or the keyboard is on them. */
class Toasts {
  current = $state.raw<readonly Toast[]>([]);
  held = $state(false);
  #next = 1;
  readonly #due = new Map<number, number>();

  constructor() {
    setInterval(() => this.#tidy(), 500);
  }

  show(said: Said): number {
    const id = this.#next++;
    this.current = [...this.current, { tone: 'plain', actions: [], stays: false, ...said, id } as const].slice(-most);
    this.#due.set(id, performance.now() + showMs);
    return id;
  }

  dismiss(id: number): void {
    this.current = this.current.filter((toast) => toast.id !== id);
    this.#due.delete(id);
  }

  /** What is held gets its whole time again. */
  #tidy(): void {
    const now = performance.now();
    for (const { id, stays } of this.current) {
      if (this.held) this.#due.set(id, now + showMs / 2);
      else if (!stays && now > (this.#due.get(id) ?? 0)) this.dismiss(id);
    }
  }
}

export const toasts = new Toasts();
