/** A card as a person edits it, and back. */
import { detectorCard, type DetectorCard } from '../../domain/card.ts';
import { count } from '../format.ts';

export interface CardForm {
  readonly label: string;
  readonly input: DetectorCard['input'];
  readonly head: DetectorCard['head'];
  readonly threshold: number;
  /** How many the model tells apart. */
  readonly classes: number;
  /** One a line, as typed; what is left out is numbered. */
  readonly names: string;
}

/** How a class is called that has no name. */
export const numbered = (index: number): string => `class ${index}`;

/** The names as a text without the numbered classes at its end, so that names can be pasted where there are none. */
function textOf(labels: readonly string[]): string {
  const last = labels.findLastIndex((label, i) => label !== numbered(i));
  return labels.slice(0, last + 1).join('\n');
}

export const formOf = ({ label, input, head, threshold, labels }: DetectorCard): CardForm => ({
  ...{ label, input, head, threshold, classes: labels.length },
  names: textOf(labels),
});

/** The lines of the text; empty ones at its end count for nothing. */
export const namesIn = (text: string): string[] =>
  text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line, _, all) => line !== '' || all.length > 1);

/** A name for every class. */
export function labelsOf({ classes, names }: Pick<CardForm, 'classes' | 'names'>): string[] {
  const lines = namesIn(names);
  return Array.from({ length: classes }, (_, i) => {
    const name = lines[i] ?? '';
    return name === '' ? numbered(i) : name;
  });
}

export type FromForm =
  { readonly card: DetectorCard; readonly problem: null } | { readonly card: null; readonly problem: string };

/** By the path of the field: what is wrong with it, as a person reads it. */
const PROBLEMS: readonly (readonly [path: RegExp, sentence: string])[] = [
  [/^head\.(scores|boxes|nodes)/, 'Name at least one node for each part of the head.'],
  [/^head\.strides/, 'Give the strides as whole numbers above 0, separated by commas.'],
  [/^head\.anchors/, 'Give each anchor as a stride and a number of boxes, both above 0.'],
  [/^input\.(mean|std)/, 'Mean and deviation are numbers, and no deviation is 0.'],
];

/**
 * @param base what the form does not show: licence, figures, the name where the label is as it was
 * @returns the card, or a full sentence on what has to be corrected first
 */
export function cardOf(form: CardForm, base: DetectorCard): FromForm {
  const names = namesIn(form.names).length;
  if (names > form.classes) {
    const problem = `There are ${count(names, 'name')} for ${form.classes} classes. Take lines away, or correct the number of classes.`;
    return { card: null, problem };
  }
  const label = form.label.trim();
  const { input, head, threshold } = form;
  const wanted = {
    ...base,
    ...(label === base.label || label === '' ? {} : { label, name: nameOf(label) }),
    ...{ input, head, threshold, labels: labelsOf(form) },
  };
  const parsed = detectorCard.safeParse(wanted);
  if (parsed.success) return { card: parsed.data, problem: null };
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'The card is not complete.' };
  const place = path.join('.');
  const known = PROBLEMS.find(([pattern]) => pattern.test(place))?.[1];
  return { card: null, problem: known ?? (place === 'head' ? message : `${place}: ${message}`) };
}

/** "Car parts, small" → "car-parts-small": how reports name the detector. */
export function nameOf(label: string): string {
  const name = label
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name === '' ? 'my-detector' : name;
}

/** Would a run of the one be that of the other? */
export const isSameCard = (a: DetectorCard, b: DetectorCard): boolean => {
  const essence = ({ label, input, head, labels, threshold }: DetectorCard): string =>
    JSON.stringify([label, sorted(input), sorted(head), labels, threshold]);
  return essence(a) === essence(b);
};

const sorted = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
