import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl';
import { VEHICLE_STATES } from '../api/types';
import { FLOATS, type Drawn } from './markers';
import { mercatorX, mercatorY, worldPixels } from './mercator';
import { FRAGMENT, VERTEX } from './shaders';
import { STATE_COLOUR, STATE_LETTER } from './states';

const LETTER_PIXELS = 64;

// All vehicles in one draw call. Between two ticks the card itself moves each from where it was shown to where
// it was last measured, never further. The map is kept north up and flat, so a place on it is one scale and shift.
export class VehicleLayer implements CustomLayerInterface {
  readonly id = 'vehicles';
  readonly type = 'custom' as const;
  private map: MapLibre | null = null;
  private gl: WebGL2RenderingContext | null = null;
  private program: WebGLProgram | null = null;
  private buffer: WebGLBuffer | null = null;
  private array: WebGLVertexArrayObject | null = null;
  private texture: WebGLTexture | null = null;
  private count = 0;
  private startedAt = 0;
  private lastsMillis = 1;

  constructor(private readonly origin: readonly [number, number]) {}

  onAdd(map: MapLibre, context: WebGLRenderingContext | WebGL2RenderingContext): void {
    const gl = context as WebGL2RenderingContext;
    this.map = map;
    this.gl = gl;
    this.program = link(gl);
    this.buffer = gl.createBuffer();
    this.array = gl.createVertexArray();
    this.texture = letters(gl);
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    let offset = 0;
    for (const [index, floats] of [2, 2, 1, 2, 2].entries()) {
      gl.enableVertexAttribArray(index);
      gl.vertexAttribPointer(index, floats, gl.FLOAT, false, FLOATS * 4, offset * 4);
      offset += floats;
    }
    gl.bindVertexArray(null);
  }

  take({ rows, vehicles }: Drawn, lastsMillis: number): void {
    if (!this.gl) return;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, rows, this.gl.DYNAMIC_DRAW);
    this.count = vehicles.length;
    this.startedAt = performance.now();
    this.lastsMillis = Math.max(1, lastsMillis);
  }

  // 0 where vehicles were, 1 where they were last measured.
  progress(): number {
    return Math.min(1, (performance.now() - this.startedAt) / this.lastsMillis);
  }

  size(): number {
    const zoom = this.map?.getZoom() ?? 0;
    if (zoom < 8) return this.count > 1000 ? 12 : 24;
    return zoom < 11 ? 26 : 32;
  }

  // Parked vehicles stand in rows below their station, once there is room to show them.
  spread(): number {
    const zoom = this.map?.getZoom() ?? 0;
    return zoom < 10.5 ? 0 : this.size() * 0.66;
  }

  render(gl: WebGL2RenderingContext): void {
    if (!this.map || !this.program || this.count === 0) return;
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const centre = this.map.getCenter();
    const world = worldPixels(this.map.getZoom());
    const scale = [(2 * world) / clientWidth, (-2 * world) / clientHeight] as const;
    const ratio = gl.drawingBufferWidth / clientWidth;
    gl.useProgram(this.program);
    const at = (name: string) => gl.getUniformLocation(this.program as WebGLProgram, name);
    gl.uniform2f(at('scale'), ...scale);
    gl.uniform2f(
      at('shift'),
      (this.origin[0] - mercatorX(centre.lng)) * scale[0],
      (this.origin[1] - mercatorY(centre.lat)) * scale[1],
    );
    gl.uniform2f(at('pixel'), 2 / clientWidth, -2 / clientHeight);
    gl.uniform1f(at('progress'), this.progress());
    gl.uniform1f(at('size'), this.size() * ratio);
    gl.uniform1f(at('spread'), this.spread());
    gl.uniform1f(at('ratio'), ratio);
    gl.uniform3fv(
      at('colours'),
      VEHICLE_STATES.flatMap((state) => rgb(STATE_COLOUR[state])),
    );
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.uniform1i(at('letters'), 0);
    gl.bindVertexArray(this.array);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.drawArrays(gl.POINTS, 0, this.count);
    gl.bindVertexArray(null);
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('the graphics card gives no shader');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'link failed');
  return program;
}

function letters(gl: WebGL2RenderingContext): WebGLTexture {
  const canvas = document.createElement('canvas');
  canvas.width = LETTER_PIXELS * VEHICLE_STATES.length;
  canvas.height = LETTER_PIXELS;
  const c = canvas.getContext('2d');
  if (c) {
    c.font = `bold ${LETTER_PIXELS * 0.78}px "Noto Sans CJK SC", "Microsoft YaHei", sans-serif`;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    VEHICLE_STATES.forEach((state, index) =>
      c.fillText(STATE_LETTER[state], (index + 0.5) * LETTER_PIXELS, LETTER_PIXELS * 0.54),
    );
  }
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
}

function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
