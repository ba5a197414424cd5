import type { saying as english } from '../en/saying';

/** Les phrases pour réserver un équipement et dire comment il est, en français. */
export const saying: typeof english = {
  claim: {
    take: 'Je le prends',
    release: 'Je n’y vais plus',
    mine: 'Réservé pour vous. Les autres voient que vous arrivez.',
    others: (until) => `Une autre tablette est en route (réservé jusqu’à ${until})`,
    taken: 'Une autre tablette a été plus rapide : il est réservé pour elle. Voici le suivant.',
    failed: 'Non réservé : le service n’a pas répondu. Les autres ne voient pas que vous y allez.',
    releaseFailed: 'Ne peut pas être libéré maintenant. Il le sera de lui-même après ses dix minutes.',
    whenThere: 'Une fois sur place',
  },
  say: {
    title: 'Dire comment il est',
    codes: {
      'not-here': 'Pas ici',
      'in-use': 'Utilisé',
      dirty: 'Sale',
      broken: 'En panne',
      free: 'Libre',
      found: 'Trouvé',
      returned: 'Rapporté',
    },
    done: (name, said) => `${name} : « ${said} » est noté pour tous.`,
    kept: (name, said) => `${name} : « ${said} » est gardé sur cette tablette et sera envoyé une fois en ligne.`,
    superseded: (name, said, at, now) =>
      `${name} : votre « ${said} » de ${at} n’a pas été retenu, car quelqu’un a dit autre chose depuis. Maintenant : ${now}.`,
    insist: 'Le redire',
    refused: (name, why) => `${name} : non noté. ${why}`,
    undo: 'Annuler',
    takenBack: (name) => `${name} : annulé.`,
    undoFailed: (name) => `${name} : n’a pas pu être annulé. Réessayez.`,
    waits: (said) => `« ${said} » attend d’être envoyé`,
    saidAt: (said, at) => `Vous avez dit « ${said} » à ${at}`,
    faultTitle: (name) => `Signaler une panne : ${name}`,
    faultHint: 'Il est retiré du service pour tous, jusqu’à ce que quelqu’un le dise libre.',
    faultNote: 'Quel est le problème? (facultatif)',
    faultExample: 'Ne se recharge pas, loquet cassé…',
    reportFault: 'Signaler en panne',
  },
};
