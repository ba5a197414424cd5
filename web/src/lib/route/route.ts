import type { AvailabilityStatus } from '../../../../src/live/protocol';

/** Screens beside finding; each is fetched when first opened. */
export const menuScreens = ['worklist', 'wall', 'scan', 'registry', 'operations'] as const;
/** What those lead to. */
export const innerScreens = ['edit', 'pair', 'import', 'labels'] as const;
export type MenuScreen = (typeof menuScreens)[number];
export type ScreenName = MenuScreen | (typeof innerScreens)[number];
const screenNames: readonly ScreenName[] = [...menuScreens, ...innerScreens];

/** All that a link says: what is on screen follows from it and from nothing else. */
export interface Route {
  readonly level: string | null;
  /** A screen of its own; null while finding. */
  readonly screen: ScreenName | null;
  /** Ward or department that screen is about; null is all of them. */
  readonly section: string | null;
  /** Asset that screen is about; null is a new one, or none. */
  readonly item: string | null;
  /** Asset whose detail is open. */
  readonly asset: string | null;
  /** Text in the search box. */
  readonly q: string;
  /** Kind whose nearest free one is sought. */
  readonly find: string | null;
  /** Room around which the nearest is sought; null is where one is. */
  readonly near: string | null;
  /** Only assets of this availability. */
  readonly status: AvailabilityStatus | null;
  /** Assets on top of each other that were tapped together. */
  readonly spot: readonly string[];
  /** The room one is in is being chosen. */
  readonly choosing: boolean;
}

export const homeRoute: Route = {
  level: null,
  screen: null,
  section: null,
  item: null,
  asset: null,
  q: '',
  find: null,
  near: null,
  status: null,
  spot: [],
  choosing: false,
};

const statuses: readonly string[] = ['free', 'in-use', 'needs-cleaning', 'out-of-service', 'unknown'];
const isStatus = (text: string | null): text is AvailabilityStatus => text !== null && statuses.includes(text);

const isScreen = (text: string | null): text is ScreenName => screenNames.some((name) => name === text);

/** Reads the search part of an address; what it does not know it leaves out. */
export function parseRoute(search: string): Route {
  const params = new URLSearchParams(search);
  const status = params.get('status');
  const screen = params.get('screen');
  return {
    level: params.get('level'),
    screen: isScreen(screen) ? screen : null,
    section: params.get('section'),
    item: params.get('item'),
    asset: params.get('asset'),
    q: params.get('q') ?? '',
    find: params.get('find'),
    near: params.get('near'),
    status: isStatus(status) ? status : null,
    spot: params.getAll('spot'),
    choosing: params.get('here') === 'choose',
  };
}

/** The address of a route: `?level=L3&asset=pump-12`, or `/` for home. Its own inverse with parseRoute. */
export function formatRoute(route: Route): string {
  const params = new URLSearchParams();
  if (route.screen !== null) params.set('screen', route.screen);
  if (route.section !== null) params.set('section', route.section);
  if (route.level !== null) params.set('level', route.level);
  if (route.find !== null) params.set('find', route.find);
  if (route.near !== null) params.set('near', route.near);
  if (route.item !== null) params.set('item', route.item);
  if (route.asset !== null) params.set('asset', route.asset);
  if (route.q !== '') params.set('q', route.q);
  if (route.status !== null) params.set('status', route.status);
  for (const id of route.spot) params.append('spot', id);
  if (route.choosing) params.set('here', 'choose');
  const search = params.toString();
  return search === '' ? '/' : `/?${search}`;
}
