import type { boards as english } from '../en/boards';

/** Les phrases des listes à traiter et du tableau mural, en français. */
export const boards: typeof english = {
  worklist: {
    department: 'Service',
    all: 'Tous les services',
    reasonsLabel: 'Montrer selon le problème',
    reasons: {
      'not-found': 'Introuvable',
      silent: 'Muet',
      'out-of-service': 'En panne',
      'needs-cleaning': 'À nettoyer',
      'away-from-home': 'Loin de sa place',
    },
    asOf: (at) => `Hors ligne : état de ${at}`,
    loading: 'Chargement de la liste…',
    failed: 'La liste n’a pas pu être chargée',
    nothing: 'Rien à traiter',
    nothingHint: 'Rien n’est introuvable, muet, en panne, sale ou loin de sa place.',
  },
  wall: {
    choose: 'Quel service?',
    change: 'Changer de service',
    unknownSection: 'Service inconnu',
    empty: 'Aucun matériel ici, et aucun qui soit d’ici',
    free: (n) => (n <= 1 ? 'libre' : 'libres'),
    probably: (n) => (n <= 1 ? `dont ${n} probable` : `dont ${n} probables`),
    counts: {
      'in-use': (n) => (n <= 1 ? 'utilisé' : 'utilisés'),
      'needs-cleaning': () => 'à nettoyer',
      'out-of-service': () => 'hors service',
      unknown: (n) => (n <= 1 ? 'inconnu' : 'inconnus'),
    },
    noneFree: 'Aucun libre ici',
    toDo: 'À nettoyer ou en panne, ici',
    nothingToDo: 'Rien à nettoyer, rien en panne',
    away: 'À nous, ailleurs',
    allHome: 'Tout est ici',
    more: (n) => `et ${n} de plus`,
  },
};
