/** The kinds of heads in words, and an empty one of each kind for a person to fill in. */
import type { DetectorCard } from '../../domain/card.ts';

export type Head = DetectorCard['head'];
export type HeadKind = Head['kind'];

export const HEAD_KINDS: Readonly<Record<HeadKind, { readonly label: string; readonly hint: string }>> = {
  boxes: {
    label: 'Boxes and scores (YOLO, SSD)',
    hint: 'Every cell has a box and a score for each class, as plain numbers, in one node or in two.',
  },
  dfl: {
    label: 'YOLOv8 to YOLO11, before decoding',
    hint: 'For each stride one node [1, rows, columns, 4·bins + classes] of logits. The picture may then have other sides.',
  },
  centernet: {
    label: 'CenterNet',
    hint: 'A heat map of centres for each class, and the distances of a box’s sides from them.',
  },
  gfl: {
    label: 'NanoDet',
    hint: 'For each stride scores [1, cells, classes] and box logits [1, cells, 4·bins], told apart by their shapes.',
  },
  grid: {
    label: 'One grid, as the lab’s own',
    hint: 'One output [1, height/stride, width/stride, classes + 4].',
  },
};

/** @param nodes that the model offers, the likeliest first */
export function emptyHead(kind: HeadKind, nodes: readonly string[]): Head {
  const [first = '', second = first] = nodes;
  switch (kind) {
    case 'boxes':
      return {
        ...{ kind, scores: [second], boxes: [first], layout: 'cellsFirst', firstClass: 0 },
        ...{ objectness: null, logits: false, firstBox: 0, coding: 'cxcywh', unit: 'pixel' },
      };
    case 'dfl':
      return { kind, nodes: nodes.slice(0, 3), strides: [8, 16, 32], bins: 16 };
    case 'centernet':
      return { kind, heat: first, size: second };
    case 'gfl':
      return { kind, strides: [8, 16, 32], bins: 8 };
    case 'grid':
      return { kind, stride: 8 };
    default:
      return kind satisfies never;
  }
}

/** "8, 16, 32" ⇄ [8, 16, 32]; what is no number becomes 0, which no card takes. */
export const numbersIn = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => (Number.isFinite(Number(part)) ? Number(part) : 0));

export const namesOfNodes = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '');
