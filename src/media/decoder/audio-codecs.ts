/**
 * ffmpeg's decoders that may be used: those of the formats hark reads. ffmpeg has some 500, most of them for pictures and
 * for games of the last century; a file cannot choose one of those.
 */
export const AUDIO_CODECS: readonly string[] = [
  ...[
    'aac',
    'aac_fixed',
    'aac_latm',
    'ac3',
    'ac3_fixed',
    'eac3',
    'alac',
    'ape',
    'flac',
    'dca',
    'mlp',
    'truehd',
  ],
  ...['mp1', 'mp1float', 'mp2', 'mp2float', 'mp3', 'mp3float', 'opus', 'libopus', 'vorbis', 'libvorbis'],
  ...['speex', 'libspeex', 'wavpack', 'tta', 'wmav1', 'wmav2', 'wmapro', 'wmalossless', 'wmavoice'],
  // telephones and old cameras
  ...['amrnb', 'amrwb', 'libopencore_amrnb', 'libopencore_amrwb', 'gsm', 'gsm_ms', 'libgsm', 'libgsm_ms'],
  ...['g722', 'g723_1', 'g726', 'g726le', 'g729', 'ilbc', 'libilbc', 'nellymoser', 'qcelp', 'evrc'],
  ...['qdm2', 'qdmc', 'mace3', 'mace6', 's302m'],
  ...['adpcm_ms', 'adpcm_ima_wav', 'adpcm_ima_qt', 'adpcm_swf', 'adpcm_yamaha'],
  ...['pcm_alaw', 'pcm_mulaw', 'pcm_bluray', 'pcm_dvd', 'pcm_f16le', 'pcm_f24le', 'pcm_f32be', 'pcm_f32le'],
  ...['pcm_f64be', 'pcm_f64le', 'pcm_s8', 'pcm_s8_planar', 'pcm_u8', 'pcm_s64be', 'pcm_s64le'],
  ...['pcm_s16be', 'pcm_s16be_planar', 'pcm_s16le', 'pcm_s16le_planar', 'pcm_u16be', 'pcm_u16le'],
  ...['pcm_s24be', 'pcm_s24le', 'pcm_s24le_planar', 'pcm_u24be', 'pcm_u24le'],
  ...['pcm_s32be', 'pcm_s32le', 'pcm_s32le_planar', 'pcm_u32be', 'pcm_u32le'],
];
