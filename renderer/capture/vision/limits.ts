/** Every threshold of what the camera sees. Lengths in pixels of the picture named. */
export const VISION = {
  /** Width of the picture in which blur is looked for: what a page of A4 needs to be read. */
  LOOK_WIDTH: 1280,
  /** Width, about, of the small picture in which the sheet is found. */
  FIND_WIDTH: 320,
  /** Grey levels between sheet and tray; less is no sheet. */
  MIN_CONTRAST: 24,
  /**
   * Grey levels a pixel, in the small picture, of the line around a sheet on a light tray: the
   * sharpest is looked for first, so that the sheet is found and not its shadow.
   */
  EDGE_STEPS: [16, 8, 4],
  /** Share of the picture that a sheet covers at least; a smaller one is too far to be read. */
  MIN_SHARE: 0.08,
  READABLE_SHARE: 0.16,
  /** Share of its four-sided outline that a lone sheet fills; a hand on it takes some away. */
  MIN_FILL: 0.9,
  /** Pixels of the small picture's edge that a sheet may touch before it counts as cut off. */
  MAX_TOUCHING: 6,
  /** Share of the small picture's edge that a light patch touches if it is the tray, not a sheet. */
  TRAY_TOUCHING: 0.6,
  /** How far from its place a side is looked for, in pixels of the small picture, by what found it. */
  REACH: { light: 2, edges: 6 },
  /** On a light tray a hand is what is darker than this share of white, and covers this share. */
  HAND_LEVEL: 0.5,
  HAND_SHARE: 0.15,
  /** White of a sheet that is too dark to be read. */
  DARK_WHITE: 80,
  /** A mirroring patch is this white while the sheet itself is darker, and covers this share. */
  GLARE_LEVEL: 250,
  GLARE_SHEET_MAX: 240,
  GLARE_SHARE: 0.006,
  /** Side of the squares in which edges are measured; a square has writing if it varies so much. */
  TILE: 32,
  TILE_MIN_RANGE: 40,
  /** Squares with writing; a sheet with fewer is blank. */
  MIN_TILES: 4,
  /** Steepness of writing, 1 for a step within one pixel; below this it is blurred. */
  MIN_SHARPNESS: 0.5,
  /** A corner may move by this share of the diagonal and still be still. */
  STILL_SHARE: 0.008,
  /** So long it must be good and still before it is captured by itself. */
  STILL_MS: 700,
  /** Moves of a corner that mean another sheet lies there. */
  CHANGED_SHARE: 0.05,
  /** Share of its half size that is cut off all around. */
  INSET: 0.006,
  /** Long side of A4 at 150 dpi; more is not kept. */
  PAGE_MAX_SIDE: 1754,
  /** A sheet within this share of A4's shape is A4. */
  A4_TOLERANCE: 0.12,
  /** Of libjpeg, 1..100. */
  JPEG_QUALITY: 70,
} as const
