import type { frame as english } from '../en/frame';

/** Les phrases de ce qui entoure chaque écran, en français. */
export const frame: typeof english = {
  app: {
    name: 'Whereabouts',
    settings: 'Réglages',
    menu: 'Menu',
    theme: 'Apparence',
    themes: { system: 'Automatique', light: 'Clair', dark: 'Sombre' },
    language: 'Langue',
    languages: { en: 'English', fr: 'Français' },
    staffDoors: 'Portes réservées au personnel',
    staffDoorsWays: { open: 'Je peux les ouvrir', closed: 'Pas moi' },
    version: (version) => `Version ${version}`,
    close: 'Fermer',
    back: 'Retour',
    retry: 'Réessayer',
    cancel: 'Annuler',
    skip: 'Aller à la liste',
  },
  link: {
    live: 'En direct',
    connecting: 'Connexion…',
    kept: (age) => `Connu ${age}…`,
    offline: (at, age) => `Hors ligne. Vous voyez ce qui était connu à ${at}, ${age}.`,
    offlineNew: 'Pas encore en ligne. Nouvel essai…',
    waiting: (n) => (n === 1 ? '1 correction attend d’être envoyée' : `${n} corrections attendent d’être envoyées`),
    reconnecting: 'Nouvel essai…',
  },
  update: {
    ready: 'Une nouvelle version est prête.',
    now: 'L’utiliser',
  },
  load: {
    loading: 'Chargement du plan…',
    screenFailed: 'Cet écran n’a pas pu être chargé',
    siteFailed: 'Le plan n’a pas pu être chargé',
    rowFailed: 'Cette ligne ne peut pas être affichée',
    planFailed: 'Cet étage n’a pas pu être chargé',
    assetsFailed: 'La liste du matériel n’a pas pu être chargée',
    engineFailed: 'Le plan ne peut pas être dessiné sur cet appareil. La liste fonctionne comme d’habitude.',
    tokenFailed: 'Le jeton de carte a été refusé; la carte intégrée est utilisée.',
  },
  screens: {
    worklist: 'À traiter',
    wall: 'Tableau mural',
    scan: 'Lire une étiquette',
    registry: 'Liste du matériel',
    operations: 'Exploitation',
    hints: {
      worklist: 'Introuvables, muets, en panne, à nettoyer, loin de leur place',
      wall: 'Le matériel d’un service en un coup d’œil',
      scan: 'Ouvre le matériel qui la porte',
      registry: 'Ajouter, modifier, associer, importer, exporter',
      operations: 'Marche du service, passerelles muettes',
    },
  },
};
