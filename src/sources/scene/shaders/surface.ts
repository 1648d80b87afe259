/** The shader of every surface: road users, and what stands still in its many paints. */
import { LIGHT, PLACE } from './common.ts';

export const SURFACE_VERTEX = /* glsl */ `
  precision highp float;
  ${PLACE}
  in vec3 color;
  in float paint;
  #ifdef ACTOR
  in vec3 tintA;
  in vec3 tintB;
  in vec3 tintC;
  #endif
  uniform mat4 viewProjection;
  uniform mat4 sunProjection;
  out vec3 vColor;
  out vec3 vNormal;
  out vec3 vWorld;
  out vec3 vSun;
  flat out float vPaint;
  flat out vec3 vExtra;
  flat out float vNumber;
  void main() {
    vec4 world = placed();
    vWorld = world.xyz;
    vNormal = turned();
    vColor = color;
    vPaint = paint;
    #ifdef ACTOR
    if (paint == 1.0) vColor *= tintA;
    if (paint == 2.0) vColor *= tintB;
    if (paint == 3.0) vColor *= tintC;
    vExtra = vec3(state.w, 0.0, 0.0);
    vNumber = state.z;
    #else
    vExtra = joint;
    vNumber = 0.0;
    #endif
    vec4 sun = sunProjection * vec4(world.xyz + vNormal * 0.06, 1.0);
    vSun = sun.xyz * 0.5 + 0.5;
    gl_Position = viewProjection * world;
  }
`;

/** Number of street lamps that the surface shader can add up. */
export const MAX_LAMPS = 6;

/**
 * Software renderers run every branch of a shader, so what can be decided before is: ACTOR or else PAINT (the one
 * paint of a mesh), SUN when it shines, LAMPS when they are lit.
 */
export const SURFACE_FRAGMENT = /* glsl */ `
  precision highp float;
  precision highp sampler2DShadow;
  in vec3 vColor;
  in vec3 vNormal;
  in vec3 vWorld;
  in vec3 vSun;
  flat in float vPaint;
  #ifdef ACTOR
  #define OF_ACTOR true
  #define COVER vPaint
  #else
  #define OF_ACTOR false
  #define COVER float(PAINT)
  #endif
  flat in vec3 vExtra;
  flat in float vNumber;
  layout(location = 0) out vec4 outColor;
  #ifdef ACTOR
  layout(location = 1) out vec4 outNumber;
  #else
  layout(location = 1) out vec4 outShaded; // the same where an actor keeps the sun away
  #endif
  ${LIGHT}
  uniform vec3 bounce;
  uniform float lampLight;
  uniform float wetness;
  uniform vec3 lampPositions[${MAX_LAMPS}];
  uniform sampler2DShadow sunFixed;
  uniform sampler2DShadow sunActors;

  float hash(vec2 p) {
    uvec2 q = uvec2(ivec2(floor(p)) + 32768);
    uint h = q.x * 0x85ebca6bu ^ (q.y * 0xc2b2ae35u + 0x27d4eb2fu);
    h = (h ^ (h >> 15)) * 0x2c1b3c6du;
    h = (h ^ (h >> 12)) * 0x297a2d39u;
    return float((h ^ (h >> 15)) >> 8) / 16777216.0;
  }
  float sunShare() {
    if (any(lessThan(vSun, vec3(0.0))) || any(greaterThan(vSun, vec3(1.0)))) return 1.0;
    #ifdef ACTOR
    return min(texture(sunFixed, vSun), texture(sunActors, vSun));
    #else
    return texture(sunFixed, vSun);
    #endif
  }

  void main() {
    vec3 n = normalize(vNormal);
    vec3 toEye = eye - vWorld;
    float range = length(toEye);
    toEye /= range;
    vec3 albedo = vColor;
    vec3 glow = vec3(0.0);
    float gloss = 0.0;
    float puddle = 0.0;
    vec2 flatAt = vWorld.xz;
    if (COVER < 3.5) {
      if (COVER > 0.5 && COVER < 2.5) gloss = 0.25;
      albedo *= 0.9 + 0.2 * texture(grain, vWorld.xy * 0.8 + vWorld.z * 0.7).r;
    } else if (COVER < 4.5) {
      gloss = 0.9;
    } else if (COVER < 5.5) {
      glow = vec3(1.0, 0.93, 0.8) * lampLight * 5.0 * step(0.5, vExtra.x);
    } else if (COVER < 6.5) {
      glow = vec3(1.0, 0.05, 0.03) * (lampLight * 0.9 * step(0.5, vExtra.x) + 1.2 * step(1.5, vExtra.x));
    } else if (OF_ACTOR) {
    } else if (COVER < 10.5) {
      vec4 fine = texture(grain, flatAt * 0.41);
      vec4 coarse = texture(grain, flatAt * 0.037);
      float speck = texture(grain, flatAt * 1.7).r;
      albedo *= 0.62 + 0.5 * speck * fine.a + 0.35 * fine.g + 0.34 * (coarse.g - 0.5) + 0.35 * (coarse.b - 0.5);
      float crack = abs(texture(grain, flatAt * 0.021).g - 0.5);
      albedo *= 1.0 - 0.4 * smoothstep(0.012, 0.0, crack);
      puddle = n.y > 0.5 ? smoothstep(0.42, 0.62, coarse.b * 0.7 + fine.g * 0.3) : 0.0;
    } else if (COVER < 11.5) {
      vec2 tile = flatAt / vec2(0.9, 0.6);
      tile.x += 0.5 * mod(floor(tile.y), 2.0);
      vec2 edge = abs(fract(tile) - 0.5);
      float seam = smoothstep(0.5, 0.455, max(edge.x, edge.y));
      float fade = exp(-range * 0.035);
      albedo *= 0.68 + 0.34 * texture(grain, flatAt * 0.9).r + 0.3 * texture(grain, flatAt * 0.06).g;
      albedo *= mix(1.0, (0.86 + 0.28 * hash(tile)) * (0.6 + 0.4 * seam), fade);
      puddle = smoothstep(0.5, 0.7, texture(grain, flatAt * 0.05).g) * 0.7;
    } else if (COVER < 12.5) {
      float u = abs(n.x) > 0.5 ? vWorld.z : vWorld.x;
      vec2 cell = vec2(u / vExtra.y, vWorld.y / vExtra.x);
      vec2 id = floor(cell);
      vec2 in01 = fract(cell);
      float any01 = hash(id + vExtra.z * 7.0);
      bool shop = id.y < 0.5;
      vec2 low = shop ? vec2(0.08, 0.12) : vec2(0.26, 0.28);
      vec2 high = shop ? vec2(0.92, 0.8) : vec2(0.74, 0.82);
      bool inside = all(greaterThan(in01, low)) && all(lessThan(in01, high));
      float course = step(0.06, fract(vWorld.y * 6.0));
      albedo *= 0.74 + 0.3 * texture(grain, vec2(u, vWorld.y) * 0.35).r + 0.26 * texture(grain, vec2(u, vWorld.y) * 0.05).g;
      albedo *= mix(1.0, 0.86 + 0.14 * course, exp(-range * 0.03));
      if (inside) {
        vec2 mullion = abs(fract((in01 - low) / (high - low) * vec2(shop ? 1.0 : 2.0, 1.0)) - 0.5);
        if (mullion.x > 0.45) albedo = vec3(0.45, 0.44, 0.42);
        else {
          albedo = mix(vec3(0.02, 0.025, 0.03), vec3(0.4, 0.38, 0.34), (1.0 - step(0.45, any01)) * step(0.55, in01.y) * 0.6);
          gloss = 0.75;
          vec3 warm = mix(vec3(1.0, 0.66, 0.32), vec3(0.85, 0.9, 1.0), hash(id + 91.0));
          float lit = shop ? step(0.25, any01) * 0.5 : step(0.68, any01) * 0.3;
          glow = warm * lit * lampLight * (0.15 + 1.1 * texture(grain, vec2(u, vWorld.y) * 0.31).g * texture(grain, vec2(u, vWorld.y) * 0.9).g);
        }
      } else if (shop && in01.y > 0.84) {
        albedo = mix(albedo, vec3(hash(id + 5.0), hash(id + 6.0), hash(id + 7.0)) * 0.5, 0.8);
        glow = albedo * lampLight * 0.25;
      }
    } else if (COVER < 13.5) {
      vec2 at = vec2(vWorld.x + vWorld.y * 0.6, vWorld.z + vWorld.y * 0.8);
      float leaf = texture(grain, at * 0.9).r * 0.55 + texture(grain, at * 0.33).g * 0.6;
      albedo *= 0.25 + 1.35 * leaf * leaf + 0.2 * leaf;
      n = normalize(n + 0.9 * (texture(grain, at * 0.7).rga - 0.5));
    } else if (COVER < 14.5) {
      albedo *= 0.45 + 0.6 * texture(grain, flatAt * 0.8).r + 0.5 * texture(grain, flatAt * 0.09).g;
      albedo = mix(albedo, albedo * vec3(1.5, 1.2, 0.8), texture(grain, flatAt * 0.013).b);
    } else if (COVER < 15.5) {
      float wear = texture(grain, flatAt * 0.55).g * 0.7 + texture(grain, flatAt * 1.5).r * 0.3;
      albedo = mix(vec3(0.13), albedo, smoothstep(0.3, 0.46, wear));
      albedo *= 0.85 + 0.25 * texture(grain, flatAt * 0.9).r;
      puddle = 0.25;
    } else if (COVER < 16.5) {
      glow = vColor * lampLight * 6.0;
    } else {
      vec2 stone = flatAt / 0.24;
      stone.x += 0.5 * mod(floor(stone.y), 2.0);
      vec2 edge = abs(fract(stone) - 0.5);
      float fade = exp(-range * 0.05);
      float joints = smoothstep(0.5, 0.38, max(edge.x, edge.y));
      albedo *= mix(0.95, (0.75 + 0.45 * hash(stone)) * (0.55 + 0.45 * joints), fade);
      vec2 field = abs(fract(flatAt / 6.0) - 0.5);
      albedo *= 1.0 - 0.28 * step(0.47, max(field.x, field.y));
      albedo *= 0.66 + 0.3 * texture(grain, flatAt * 0.8).r + 0.32 * texture(grain, flatAt * 0.045).g;
      puddle = smoothstep(0.5, 0.7, texture(grain, flatAt * 0.04).g) * 0.6;
    }

    bool isGround = !OF_ACTOR && n.y > 0.9 && vWorld.y < 0.3;
    if (isGround) albedo *= 1.0 - 0.5 * wetness;
    float facing = max(dot(n, sunDirection), 0.0);
    vec3 ambient = mix(bounce, mix(skyHorizon, skyAbove, 0.5), 0.5 + 0.5 * n.y);
    vec3 light = ambient * 0.75;
    vec3 direct = vec3(0.0);
    float shade = 0.0;
    #ifdef SUN
    shade = sunShare();
    direct = sun * facing * shade;
    #endif
    vec3 mirrored = reflect(-toEye, n);
    vec3 shine = vec3(0.0);
    #ifdef LAMPS
      for (int i = 0; i < ${MAX_LAMPS}; i++) {
        vec3 to = lampPositions[i] - vWorld;
        float d2 = dot(to, to);
        vec3 l = to * inversesqrt(d2);
        float cone = smoothstep(0.25, 0.75, l.y);
        vec3 lamp = vec3(1.0, 0.74, 0.45) * (lampLight * cone * 26.0 / (d2 + 14.0));
        light += lamp * (0.25 + 0.75 * max(dot(n, l), 0.0));
        if (isGround) shine += lamp * pow(max(dot(normalize(mirrored + vec3(0.0, 0.12, 0.0)), l), 0.0), 40.0) * wetness;
      }
      light += vec3(0.05, 0.045, 0.045) * lampLight;
    #endif
    vec3 radiance = albedo * light + glow;
    vec3 sunlit = albedo * direct;
    float fresnel = 0.04 + 0.96 * pow(1.0 - max(dot(n, toEye), 0.0), 5.0);
    if (gloss > 0.0) {
      vec3 seen = mirrored.y > 0.0 ? mix(skyHorizon, skyAbove, mirrored.y) : skyHorizon * 0.25;
      radiance += seen * gloss * (fresnel + 0.08);
      sunlit += sun * shade * gloss * 2.0 * pow(max(dot(mirrored, sunDirection), 0.0), 60.0);
    }
    if (isGround) {
      float wet = wetness * (0.35 + 0.65 * puddle);
      radiance = mix(radiance, mix(skyHorizon, skyAbove, mirrored.y) * 0.6, wet * min(1.0, fresnel * 2.2));
      radiance += shine * (0.5 + puddle);
    }
    float clear = exp(-range * range * 1e-4 * haze - range * 0.002 * haze);
    outColor = vec4(developed(mix(skyHorizon, radiance + sunlit, clear)), 1.0);
    #ifdef ACTOR
    outNumber = vec4(vNumber, 0.0, 0.0, 1.0);
    #else
    outShaded = vec4(developed(mix(skyHorizon, radiance, clear)), 1.0);
    #endif
  }
`;
