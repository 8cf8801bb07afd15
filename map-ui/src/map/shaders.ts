export const VERTEX = `#version 300 es
layout(location = 0) in vec2 from;
layout(location = 1) in vec2 to;
layout(location = 2) in float heading;
layout(location = 3) in vec2 look;
layout(location = 4) in vec2 aside;
uniform vec2 scale;
uniform vec2 shift;
uniform vec2 pixel;
uniform float progress;
uniform float size;
uniform float spread;
out float turn;
flat out float wide;
flat out int state;
flat out int flags;
void main() {
  vec2 place = mix(from, to, progress) * scale + shift;
  gl_Position = vec4(place + aside * spread * pixel, 0.0, 1.0);
  turn = heading;
  state = int(look.x);
  flags = int(look.y);
  // Seen from afar, what is parked is a dot beside its station.
  bool dot = (flags & 16) != 0 && spread == 0.0;
  gl_PointSize = size * (((flags & 12) != 0) ? 1.35 : dot ? 0.5 : 1.0);
  wide = gl_PointSize;
}`;

export const FRAGMENT = `#version 300 es
precision mediump float;
uniform sampler2D letters;
uniform vec3 colours[10];
uniform float ratio;
in float turn;
flat in float wide;
flat in int state;
flat in int flags;
out vec4 colour;
const float DISC = 0.60;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float far = length(p);
  vec3 fill = colours[state];
  bool old = (flags & 1) != 0;
  if (old) {
    float stripe = step(0.5, fract((p.x + p.y) * 2.2));
    fill = mix(fill, vec3(0.42, 0.45, 0.49), mix(0.55, 1.0, stripe));
  }
  vec4 drawn = vec4(0.0);
  if (turn >= 0.0) {
    float a = radians(turn);
    vec2 q = vec2(p.x * cos(a) + p.y * sin(a), -p.x * sin(a) + p.y * cos(a));
    if (q.y < -0.45 && q.y > -0.98 && abs(q.x) < (0.98 + q.y) * 0.75) drawn = vec4(fill, 1.0);
  }
  if (far < DISC) {
    bool hollow = (flags & 2) != 0 && far > DISC - 0.13 && fract(atan(p.y, p.x) * 1.2732) > 0.5;
    drawn = vec4(hollow ? vec3(0.06) : fill, 1.0);
    if (far > DISC - 0.06) drawn.rgb = vec3(0.05, 0.07, 0.09);
    if (wide >= 20.0 * ratio) {
      vec2 cell = p / (DISC * 1.75) + 0.5;
      if (all(greaterThan(cell, vec2(0.0))) && all(lessThan(cell, vec2(1.0)))) {
        float ink = texture(letters, vec2((float(state) + cell.x) / 10.0, cell.y)).a;
        drawn.rgb = mix(drawn.rgb, vec3(0.04, 0.06, 0.08), ink);
      }
    }
  }
  if ((flags & 8) != 0 && far > 0.66 && far < 0.76) drawn = vec4(1.0);
  if ((flags & 4) != 0 && far > 0.80 && far < 0.98) drawn = vec4(1.0, 0.15, 0.15, 1.0);
  if (drawn.a == 0.0) discard;
  colour = drawn;
}`;
