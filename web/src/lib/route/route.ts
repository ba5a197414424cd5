import type { AvailabilityStatus } from '../../../../src/live/protocol';

/** Screens beside finding; each is fetched when first opened. */
export const screenNames = ['worklist', 'wall'] as const;
export type ScreenName = (typeof screenNames)[number];

/** All that a link says: what is on screen follows from it and from nothing else. */
export interface Route {
  readonly level: string | null;
  /** A screen of its own; null while finding. */
  readonly screen: ScreenName | null;
  /** Ward or department that screen is about; null is all of them. */
  readonly section: string | null;
  /** Asset whose detail is open. */
  readonly asset: string | null;
  /** Text in the search box. */
  readonly q: string;
  /** Kind whose nearest free one is sought. */
  readonly find: string | null;
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
  asset: null,
  q: '',
  find: null,
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
    asset: params.get('asset'),
    q: params.get('q') ?? '',
    find: params.get('find'),
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
  if (route.asset !== null) params.set('asset', route.asset);
  if (route.q !== '') params.set('q', route.q);
  if (route.status !== null) params.set('status', route.status);
  for (const id of route.spot) params.append('spot', id);
  if (route.choosing) params.set('here', 'choose');
  const search = params.toString();
  return search === '' ? '/' : `/?${search}`;
}
