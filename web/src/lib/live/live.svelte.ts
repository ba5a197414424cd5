import type { AssetView, LevelSnapshot, LiveFix, MovedBatch } from '../../../../src/live/protocol';
import type { AssetStore } from '../assets/asset-store.svelte';
import { connectLive, type LinkState, LiveConnection, type LiveListener } from './connection';
import { NewestFixes } from './newest-fixes';
import { serverClock } from './server-clock.svelte';
import { throttle } from './throttle';

/** The more tags, the seldomer all of them are drawn anew; what is chosen glides in between. */
const many = 150;
const crowd = 1_000;
/** Milliseconds between two drawings of so many tags, at the least. */
const drawingGap = (tags: number): number => (tags > crowd ? 1_000 : tags > many ? 250 : 100);
/** A link lost for less is not worth alarming anybody. */
const patienceMs = 2_500;

/** The live level: newest fixes in a plain Map, published once a frame by raising `version`. */
export class Live implements LiveListener {
  readonly #newest = new NewestFixes();
  readonly #connection: LiveConnection;
  readonly #publish = throttle(
    () => (this.version += 1),
    () => drawingGap(this.#newest.byTag.size),
  );
  #patience: ReturnType<typeof setTimeout> | undefined;
  version = $state(0);
  link = $state<LinkState>('connecting');
  /** Server time of the last message: what is shown is as old as that. */
  lastHeardAt = $state<number | null>(null);

  constructor(
    private readonly assets: AssetStore,
    private readonly resume: () => void,
  ) {
    this.#connection = new LiveConnection(connectLive(), this);
  }

  showLevel(levelId: string): void {
    this.#connection.showLevel(levelId);
  }

  get levelId(): string | null {
    return this.#newest.levelId;
  }

  fixOf(tagId: string | null): LiveFix | undefined {
    return tagId === null ? undefined : this.#newest.byTag.get(tagId);
  }

  isSilent(tagId: string | null): boolean {
    return tagId !== null && this.#newest.silent.has(tagId);
  }

  state(state: LinkState): void {
    clearTimeout(this.#patience);
    if (state === 'offline' && this.link !== 'offline') {
      this.#patience = setTimeout(() => (this.link = 'offline'), patienceMs);
    } else this.link = state;
  }

  snapshot(snapshot: LevelSnapshot): void {
    this.#newest.reset(snapshot);
    this.#heard(snapshot.now);
    this.#publish.ask();
  }

  moved(batch: MovedBatch): void {
    this.#heard(batch.now);
    if (this.#newest.apply(batch)) this.#publish.ask();
  }

  assetsChanged(assets: readonly AssetView[], now: number): void {
    this.#heard(now);
    this.assets.change(assets);
    this.#publish.ask();
  }

  resumed(): void {
    this.resume();
  }

  close(): void {
    this.#publish.stop();
    this.#connection.close();
  }

  #heard(now: number): void {
    serverClock.hear(now);
    this.lastHeardAt = now;
  }
}
