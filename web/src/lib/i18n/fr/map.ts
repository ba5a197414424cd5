import type { map as english } from '../en/map';

/** Les phrases du plan, en français. */
export const map: typeof english = {
  map: {
    pane: 'Carte',
    label: 'Plan de l’étage',
    levels: 'Étages',
    level: (name, n) => `${name}, ${n} ${n <= 1 ? 'équipement' : 'équipements'}`,
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    whole: 'Montrer tout l’étage',
    legend: 'Légende',
    faded: 'Pâle : pas capté récemment',
    circle: 'Cercle : il y est 9 fois sur 10',
  },
};
