import { expect, it } from 'vitest';
import { namesFromFile, namesFromJson, namesFromYaml } from './classNames.ts';

it('reads the metadata.yaml of ultralytics', () => {
  const text =
    "description: x\nstride: 32\nnames:\n  0: person\n  1: 'traffic light'\n  2: car\nimgsz:\n- 640\n";
  expect(namesFromYaml(text)).toEqual(['person', 'traffic light', 'car']);
});

it('reads lists in yaml', () => {
  expect(namesFromYaml('nc: 2\nnames:\n- cat\n- dog\n')).toEqual(['cat', 'dog']);
  expect(namesFromYaml('names: [\'cat\', "dog"]')).toEqual(['cat', 'dog']);
});

it('finds no names where there are none, or some are missing', () => {
  expect(namesFromYaml('stride: 32\n')).toBeNull();
  expect(namesFromYaml('names:\n  1: a\n  2: b\n')).toBeNull();
  expect(namesFromJson(null)).toBeNull();
  expect(namesFromJson({ names: 3 })).toBeNull();
  expect(namesFromJson({ signature: {} })).toBeNull();
});

it('reads JSON of every form', () => {
  expect(namesFromJson(['a', 'b'])).toEqual(['a', 'b']);
  expect(namesFromJson({ 1: 'b', 0: 'a' })).toEqual(['a', 'b']);
  expect(namesFromJson({ names: { 0: 'a' } })).toEqual(['a']);
  expect(namesFromJson({ labels: ['x'], other: 1 })).toEqual(['x']);
});

it('tells files of names by what they are called', () => {
  expect(namesFromFile('labels.txt', 'cat\r\n dog \n\n')).toEqual(['cat', 'dog']);
  expect(namesFromFile('coco.names', 'cat\ndog')).toEqual(['cat', 'dog']);
  expect(namesFromFile('obj_classes.txt', 'cat')).toEqual(['cat']);
  expect(namesFromFile('data.yaml', 'names: [cat]')).toEqual(['cat']);
  expect(namesFromFile('labels.json', '["cat"]')).toEqual(['cat']);
  expect(namesFromFile('README.txt', 'Install it first.')).toBeNull();
  expect(namesFromFile('mine.txt', 'cat', true)).toEqual(['cat']);
  expect(namesFromFile('labels.txt', '')).toBeNull();
  expect(namesFromFile('labels.json', 'cat')).toBeNull();
});
