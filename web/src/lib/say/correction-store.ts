import type { Correction } from './correction';
import type { CorrectionStore } from './outbox';

const databaseName = 'whereabouts';
const storeName = 'corrections';

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('The outbox cannot be used', { cause: request.error }));
  });

/** Kept in IndexedDB: it outlives the page and the browser. */
class StoredCorrections implements CorrectionStore {
  constructor(private readonly database: IDBDatabase) {}

  async put(correction: Correction): Promise<void> {
    await done(this.#store('readwrite').put(correction));
  }

  async remove(id: string): Promise<void> {
    await done(this.#store('readwrite').delete(id));
  }

  async all(): Promise<readonly Correction[]> {
    const rows: unknown[] = await done(this.#store('readonly').getAll());
    return rows.filter(isCorrection);
  }

  #store(mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(storeName, mode).objectStore(storeName);
  }
}

/** Kept while the page is open: for browsers that refuse to store anything. */
export class HeldCorrections implements CorrectionStore {
  readonly #byId = new Map<string, Correction>();

  put(correction: Correction): Promise<void> {
    this.#byId.set(correction.id, correction);
    return Promise.resolve();
  }

  remove(id: string): Promise<void> {
    this.#byId.delete(id);
    return Promise.resolve();
  }

  all(): Promise<readonly Correction[]> {
    return Promise.resolve([...this.#byId.values()]);
  }
}

export async function openCorrections(): Promise<CorrectionStore> {
  try {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { keyPath: 'id' });
    return new StoredCorrections(await done(opening));
  } catch (error) {
    console.warn('Corrections are kept only while this page is open', error);
    return new HeldCorrections();
  }
}

function isCorrection(row: unknown): row is Correction {
  if (typeof row !== 'object' || row === null) return false;
  const { id, assetId, code, saidAt } = row as Partial<Record<keyof Correction, unknown>>;
  return [id, assetId, code].every((text) => typeof text === 'string') && typeof saidAt === 'number';
}
