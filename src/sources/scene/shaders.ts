/** The shaders of the scene, one group a file (GLSL ES 3). */
export * from './shaders/camera.ts';
export * from './shaders/layers.ts';
export * from './shaders/surface.ts';
