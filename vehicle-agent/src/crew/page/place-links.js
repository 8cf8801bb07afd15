// A place as links that map programs open, to be driven to by another map than ours. Each says that the place is in
// WGS-84, as a receiver gives it, so that the program converts it into its own system.

/** Pairs of a word's key and a link, for a place in WGS-84 degrees. */
export function placeLinks({ lon, lat }, name) {
  // Marks in an address would be marks of the link.
  const words = encodeURIComponent(name.replace(/[^\p{L}\p{N}]+/gu, ' ').trim());
  const [east, north] = [lon.toFixed(6), lat.toFixed(6)];
  return [
    ['map_system', `geo:${north},${east}?q=${north},${east}(${words})`],
    ['map_amap', `https://uri.amap.com/marker?position=${east},${north}&name=${words}&coordinate=wgs84&callnative=1`],
    [
      'map_baidu',
      `https://api.map.baidu.com/marker?location=${north},${east}&title=${words}&content=${words}&coord_type=wgs84&output=html`,
    ],
    [
      'map_tencent',
      `https://apis.map.qq.com/uri/v1/marker?marker=coord:${north},${east};title:${words}&coord_type=1&referer=helan`,
    ],
  ];
}
