/** The built-in street scene. */
export { DEFAULT_SCENE_SIZE, openScene, type Scene, type SceneOptions } from './scene.ts';
