/** The camera's own faults. */

export const CAMERA_VERTEX = /* glsl */ `
  precision highp float;
  in vec3 position;
  out vec2 vAt;
  void main() {
    // Upside down, so that the read-back begins with the top row.
    vAt = vec2(position.x, -position.y) * 0.5 + 0.5;
    gl_Position = vec4(position.xy, 0.0, 1.0);
  }
`;

/** Lens and sensor: softness and a little sharpening, vignette, rain before the lens, noise. */
export const CAMERA_FRAGMENT = /* glsl */ `
  precision highp float;
  in vec2 vAt;
  out vec4 outColor;
  uniform sampler2D picture;
  uniform sampler2D grain;
  uniform vec2 texel; // of the output
  uniform float noise; // grey levels
  uniform float rain;
  uniform float night;
  uniform uint frameKey;

  uint mixed(uint x) {
    x = (x ^ (x >> 16)) * 0x7feb352du;
    x = (x ^ (x >> 15)) * 0x846ca68bu;
    return x ^ (x >> 16);
  }
  vec3 tap(vec2 offset) { return texture(picture, vAt + offset * texel).rgb; }

  float streaks(vec2 pixel, float width, float height, float slant, uint salt) {
    vec2 p = vec2(pixel.x + pixel.y * slant, pixel.y) / vec2(width, height);
    uint column = uint(p.x) + salt;
    uint start = mixed(column ^ frameKey);
    float y = p.y + float(start >> 8) / 2396745.0;
    uint drop = mixed(start + uint(y));
    if (float(drop & 1023u) > rain * 430.0) return 0.0;
    float middle = 0.2 + float((drop >> 10) & 1023u) / 1705.0;
    float bright = 0.4 + float(drop >> 20) / 6826.0;
    float across = smoothstep(1.1, 0.0, abs(fract(p.x) - middle) * width);
    float t = fract(y);
    return across * smoothstep(0.0, 0.3, t) * smoothstep(1.0, 0.5, t) * bright;
  }

  void main() {
    vec3 c = (tap(vec2(0.42, 0.42)) + tap(vec2(-0.42, 0.42)) + tap(vec2(0.42, -0.42)) + tap(vec2(-0.42, -0.42))) * 0.25;
    uvec2 pixel = uvec2(gl_FragCoord.xy);
    #ifdef RAIN
      vec2 p = vec2(pixel);
      float fall = streaks(p, 5.0, 34.0, 0.12, 1000u) + 0.7 * streaks(p, 3.0, 20.0, 0.1, 2000u) + streaks(p, 13.0, 70.0, 0.15, 3000u);
      vec3 tone = mix(vec3(0.82), vec3(0.5, 0.48, 0.46), night);
      c = mix(c, tone, clamp(fall * 0.24, 0.0, 0.4));
      c = mix(c, tone * mix(0.75, 0.22, night), rain * 0.12);
    #endif
    vec2 off = vAt - 0.5;
    c *= 1.0 - 0.42 * dot(off, off);
    float level = dot(c, vec3(0.3, 0.59, 0.11));
    float amplitude = noise / 255.0 * (0.55 + 0.9 * sqrt(level) * (1.25 - level));
    uvec2 jump = uvec2(mixed(frameKey), mixed(frameKey + 1u));
    vec4 first = texelFetch(grain, ivec2((pixel + jump) & 255u), 0);
    vec4 second = texelFetch(grain, ivec2((pixel / 2u + (jump >> 8)) & 255u), 0);
    c += amplitude * ((first.r + first.a - 1.0) * 2.2 + vec3(second.ra, 1.0 - second.r) * 1.2 - 0.6);
    outColor = vec4(c, 1.0);
  }
`;
