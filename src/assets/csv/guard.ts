/**
 * A cell that begins like a formula is run by spreadsheets, with whatever a stranger wrote in it. Such a cell is written
 * with an apostrophe before it, which spreadsheets take for "this is text"; so is one that begins with apostrophes and
 * then like a formula, so that reading takes off exactly what writing put on.
 */
const guarded = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const worn = /^'+[=+\-@\t\r\n＝＋－＠]/u;

export const guard = (text: string): string => (guarded.test(text) ? `'${text}` : text);
export const unguard = (text: string): string => (worn.test(text) ? text.slice(1) : text);
