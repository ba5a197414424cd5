const names = [
  'outside',
  'floor',
  'room',
  'core',
  'wall',
  'outline',
  'door',
  'fixture',
  'fixture-line',
  'text',
  'text-soft',
  'halo',
  'accent',
  'route',
  'here',
  'marker-line',
] as const;
const statuses = ['free', 'in-use', 'needs-cleaning', 'out-of-service', 'unknown'] as const;
export const sectionTints = 8;

/** What the map paints with: the tokens of the theme in use, as the stylesheet has them now. */
export interface MapColours {
  readonly map: Readonly<Record<(typeof names)[number], string>>;
  readonly status: Readonly<Record<(typeof statuses)[number], string>>;
  readonly sections: readonly string[];
}

export function readMapColours(element: Element = document.documentElement): MapColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const each = <K extends string>(keys: readonly K[], prefix: string): Record<K, string> => {
    const colours: Partial<Record<K, string>> = {};
    for (const key of keys) colours[key] = token(prefix + key);
    return colours as Record<K, string>;
  };
  return {
    map: each(names, 'map-'),
    status: each(statuses, ''),
    sections: Array.from({ length: sectionTints }, (_, i) => token(`map-section-${i + 1}`)),
  };
}
