/** The layers of a frame apart from surfaces: backdrop, depth from the sun, sky, soft spots. */
import { LIGHT, PLACE } from './common.ts';

/** Lays out what stands still, drawn before, tile by tile, and lets the actors' shadows fall on it where SHADOWED says so. */
export const BACKDROP_VERTEX = /* glsl */ `
  precision highp float;
  in vec3 position; // tiles from the bottom left
  uniform vec2 tileGrid;
  void main() { gl_Position = vec4(position.xy / tileGrid * 2.0 - 1.0, 0.0, 1.0); }
`;
export const BACKDROP_FRAGMENT = /* glsl */ `
  precision highp float;
  precision highp sampler2DShadow;
  layout(location = 0) out vec4 outColor;
  layout(location = 1) out vec4 outNumber;
  uniform sampler2D fixedLit;
  uniform sampler2D fixedShaded;
  uniform sampler2D fixedDepth;
  uniform sampler2DShadow sunActors;
  uniform mat4 screenToSun;
  uniform vec3 sun;
  void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    float depth = texelFetch(fixedDepth, pixel, 0).r;
    vec3 color = texelFetch(fixedLit, pixel, 0).rgb;
    #if defined(SUN) && defined(SHADOWED)
      vec2 place = gl_FragCoord.xy / vec2(textureSize(fixedDepth, 0));
      vec4 at = screenToSun * vec4(vec3(place, depth) * 2.0 - 1.0, 1.0);
      vec3 inSun = at.xyz / at.w * 0.5 + 0.5 - vec3(0.0, 0.0, 0.0006);
      bool inside = all(greaterThan(inSun, vec3(0.0))) && all(lessThan(inSun, vec3(1.0)));
      if (inside) color = mix(texelFetch(fixedShaded, pixel, 0).rgb, color, texture(sunActors, inSun));
    #endif
    outColor = vec4(color, 1.0);
    outNumber = vec4(0.0, 0.0, 0.0, 1.0);
    gl_FragDepth = depth;
  }
`;

/** Only depth, seen from the sun. */
export const SUN_VERTEX = /* glsl */ `
  precision highp float;
  ${PLACE}
  uniform mat4 sunProjection;
  void main() { gl_Position = sunProjection * placed(); }
`;
export const SUN_FRAGMENT = /* glsl */ `
  precision highp float;
  out vec4 outColor;
  void main() { outColor = vec4(1.0); }
`;

/** The sky fills what nothing else covers. */
export const SKY_VERTEX = /* glsl */ `
  precision highp float;
  in vec3 position;
  uniform mat4 inverseViewProjection;
  out vec3 vRay;
  uniform vec3 eye;
  void main() {
    vec4 far = inverseViewProjection * vec4(position.xy, 1.0, 1.0);
    vRay = far.xyz / far.w - eye;
    gl_Position = vec4(position.xy, 1.0, 1.0);
  }
`;
export const SKY_FRAGMENT = /* glsl */ `
  precision highp float;
  in vec3 vRay;
  layout(location = 0) out vec4 outColor;
  layout(location = 1) out vec4 outShaded;
  ${LIGHT}
  void main() {
    outColor = vec4(developed(sky(normalize(vRay))), 1.0);
    outShaded = outColor;
  }
`;

/**
 * Soft spots that are added to the picture (or, as contact shadows, taken from it): they lie on the ground where
 * `flatness` is 1 and face the camera where it is 0.
 */
export const SPOT_VERTEX = /* glsl */ `
  precision highp float;
  in vec3 position;
  in mat4 instanceMatrix;
  in vec4 spot; // red, green, blue, flatness
  uniform mat4 viewProjection;
  uniform vec3 right;
  uniform vec3 eye;
  out vec2 vAt;
  flat out vec3 vColor;
  void main() {
    vAt = position.xz;
    vColor = spot.rgb;
    if (spot.a > 0.5) {
      gl_Position = viewProjection * (instanceMatrix * vec4(position, 1.0));
      return;
    }
    vec3 centre = instanceMatrix[3].xyz;
    float width = instanceMatrix[0].x;
    float height = instanceMatrix[1].y;
    vec3 world = centre + right * position.x * width + vec3(0.0, 1.0, 0.0) * position.z * height;
    // Drawn a little nearer than it is, so that the ground under a reflection does not cover it.
    world += normalize(eye - world) * (0.4 + height);
    gl_Position = viewProjection * vec4(world, 1.0);
  }
`;
export const SPOT_FRAGMENT = /* glsl */ `
  precision highp float;
  in vec2 vAt;
  flat in vec3 vColor;
  layout(location = 0) out vec4 outColor;
  layout(location = 1) out vec4 outNumber;
  void main() {
    float edge = clamp(1.0 - dot(vAt, vAt), 0.0, 1.0);
    #ifdef DARKEN
    outColor = vec4(vec3(1.0 - vColor.r * smoothstep(0.0, 0.75, edge)), 1.0);
    outNumber = vec4(1.0);
    #else
    outColor = vec4(vColor * edge * edge, 0.0);
    outNumber = vec4(0.0);
    #endif
  }
`;
