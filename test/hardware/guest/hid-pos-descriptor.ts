/** The length of every input report of this scanner, without its id. */
export const HID_POS_PAYLOAD_BYTES = 63

/** The report descriptor of a HID-POS scanner (HID POS Usage Tables 1.02, page 8C, usage 02). */
export const hidPosDescriptor: Uint8Array = Buffer.from(
  [
    '058c 0902 a101', // a bar code scanner
    '1500 26ff00 7508', // of bytes
    '0912 a102 8502', // scanned data, input report 2:
    '0501 093b 9501 8102', // how many bytes,
    '058c 09fb 09fc 09fd 9503 8102', // the symbology in three,
    '09fe 9538 820201', // 56 bytes of data,
    '0666ff 0904 9502 8102', // two of the vendor,
    '058c 09ff 2501 7501 9501 8102', // and whether more follow
    '7507 9501 8103 c0',
    '0914 a102 8504', // the trigger, output report 4
    '0960 7501 9501 9102',
    '7507 9501 9103 c0',
    '0666ff 0905 85fe 26ff00 7508 9501 b102', // the vendor's switch, feature report 254
    'c0',
  ]
    .join('')
    .replaceAll(' ', ''),
  'hex',
)
