/** Searches made lately and those kept, on this device only and cleared by one tap. */
const storageKey = 'whereabouts.searches';
const mostRecent = 6;
const mostKept = 12;

interface Stored {
  readonly recent: readonly string[];
  readonly kept: readonly string[];
}

class Searches {
  #stored = $state.raw<Stored>(read());

  get recent(): readonly string[] {
    return this.#stored.recent.filter((q) => !this.isKept(q));
  }

  get kept(): readonly string[] {
    return this.#stored.kept;
  }

  isKept(q: string): boolean {
    return this.#stored.kept.includes(q.trim());
  }

  /** Called when a search led to something, not at every letter. */
  note(q: string): void {
    const text = q.trim();
    if (text.length < 2) return;
    const recent = [text, ...this.#stored.recent.filter((one) => one !== text)].slice(0, mostRecent);
    this.#write({ ...this.#stored, recent });
  }

  toggleKept(q: string): void {
    const text = q.trim();
    const { kept } = this.#stored;
    this.#write({
      ...this.#stored,
      kept: this.isKept(text) ? kept.filter((one) => one !== text) : [text, ...kept].slice(0, mostKept),
    });
  }

  clear(): void {
    this.#stored = { recent: [], kept: [] };
    localStorage.removeItem(storageKey);
  }

  #write(stored: Stored): void {
    this.#stored = stored;
    localStorage.setItem(storageKey, JSON.stringify(stored));
  }
}

function read(): Stored {
  const isTexts = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'string');
  try {
    const { recent, kept } = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Stored>;
    return { recent: isTexts(recent) ? recent : [], kept: isTexts(kept) ? kept : [] };
  } catch {
    // Something else wrote under this key: as good as nothing.
    return { recent: [], kept: [] };
  }
}

export const searches = new Searches();
