/** Why a row, or a whole file, is refused: in both languages of the screens. */
export interface Refusal {
  readonly en: string;
  readonly fr: string;
}

/** Whether what was read is a reason why it cannot be. */
export const isRefusal = (read: object): read is Refusal => 'en' in read && 'fr' in read;
