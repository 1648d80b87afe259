/** What several shaders share: placing actors, sky and exposure. */

/** Moves a vertex of an actor about its joint and into the world; mirrored in projection.ts. */
export const PLACE = /* glsl */ `
  in vec3 position;
  in vec3 normal;
  in vec3 joint;
  #ifdef ACTOR
  in mat4 instanceMatrix;
  in vec4 state; // phase, gait, number / 255, lights: 0 off, 1 on, 2 braking
  vec3 swung(vec3 v, vec3 about, float angle) {
    vec2 d = v.xy - about.xy;
    float c = cos(angle), s = sin(angle);
    return vec3(about.xy + vec2(d.x * c - d.y * s, d.x * s + d.y * c), v.z);
  }
  vec4 placed() {
    float angle = joint.z * sin(state.x) * state.y;
    return instanceMatrix * vec4(swung(position, joint, angle), 1.0);
  }
  vec3 turned() { return normalize(mat3(instanceMatrix) * normal); }
  #else
  vec4 placed() { return vec4(position, 1.0); }
  vec3 turned() { return normal; }
  #endif
`;

/** Sky, and what the camera makes of radiance. */
export const LIGHT = /* glsl */ `
  uniform vec3 eye;
  uniform vec3 sunDirection;
  uniform vec3 sun;
  uniform vec3 skyAbove;
  uniform vec3 skyHorizon;
  uniform float haze;
  uniform float exposure;
  uniform sampler2D grain;
  vec3 sky(vec3 ray) {
    float up = clamp(ray.y, 0.0, 1.0);
    vec3 c = mix(skyHorizon, skyAbove, pow(up, 0.55));
    vec2 at = ray.xz / (ray.y + 0.18);
    float cloud = texture(grain, at * 0.045).b * 0.65 + texture(grain, at * 0.16).g * 0.35;
    return mix(c, skyHorizon * 1.15, smoothstep(0.5, 0.72, cloud) * smoothstep(0.0, 0.12, ray.y) * 0.75);
  }
  vec3 developed(vec3 radiance) {
    vec3 x = radiance * exposure;
    vec3 film = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14);
    return pow(clamp(film, 0.0, 1.0), vec3(1.0 / 2.2));
  }
`;
