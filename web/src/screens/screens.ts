import type { Component } from 'svelte';
import type { ScreenName } from '../lib/route/route';
import type { SignName } from '../lib/ui/icon-paths';

export interface SideScreen {
  readonly load: () => Promise<{ readonly default: Component }>;
  readonly sign: SignName;
  /** Takes the whole window; otherwise the map stays beside it. */
  readonly whole: boolean;
}

/** What the menu leads to, in its order. Each is fetched when first opened. */
export const screens: Readonly<Record<ScreenName, SideScreen>> = {
  worklist: { load: () => import('./worklist/Worklist.svelte'), sign: 'flag', whole: false },
  wall: { load: () => import('./wall/Wall.svelte'), sign: 'board', whole: true },
  scan: { load: () => import('./scan/Scan.svelte'), sign: 'scan', whole: false },
  registry: { load: () => import('./registry/Registry.svelte'), sign: 'list', whole: false },
  operations: { load: () => import('./operations/Operations.svelte'), sign: 'pulse', whole: true },
  edit: { load: () => import('./registry/EditAsset.svelte'), sign: 'list', whole: false },
  pair: { load: () => import('./registry/PairTag.svelte'), sign: 'list', whole: false },
  import: { load: () => import('./registry/ImportCsv.svelte'), sign: 'list', whole: false },
  labels: { load: () => import('./registry/Labels.svelte'), sign: 'list', whole: true },
};
