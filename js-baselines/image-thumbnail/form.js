// What a thumbnail is, for all contenders.

/** Pixels. A picture that is not wider keeps its size. */
export const WIDTH = 512;
/** Quality of the JPEG on libjpeg's scale. */
export const QUALITY = 85;
