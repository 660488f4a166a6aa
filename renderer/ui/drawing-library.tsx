import { memo } from 'react'

/**
 * Every drawing and glyph as one `<symbol>`, placed once at the root of the page. Classes: `t` thin
 * stroke, `a` the flat block of colour, `f` filled with the ink, `p` filled with the paper.
 */
export const DrawingLibrary = memo(function DrawingLibrary() {
  return (
    <svg className="library" aria-hidden="true">
      <symbol id="away" viewBox="0 0 96 96">
        <path className="a" d="M31 52h14v28H31z" />
        <path d="M4 42c13-3 24-11 31-24 7 13 18 21 31 24" />
        <path d="M13 40v40h44V62" />
        <path className="t" d="M28 80V52h14v28" />
        <path d="M56 58h34M76 44l14 14-14 14" />
      </symbol>
      <symbol id="birthnote" viewBox="0 0 96 96">
        <path className="a" d="M32 53h34c0 11-7 17-17 17s-17-6-17-17z" />
        <path d="M16 6h46l18 18v66H16z" />
        <path className="t" d="M62 6v18h18M27 22h24M27 32h34" />
        <path
          className="t"
          d="M30 50h36c0 11-8 17-18 17S30 61 30 50zM66 50c2-10-5-15-13-14M32 76c10 4 22 4 32 0"
        />
      </symbol>
      <symbol id="bowl" viewBox="0 0 96 96">
        <path className="a" d="M31 34c3-17 34-17 38 0z" />
        <path d="M24 36h48c0 16-10 25-24 25S24 52 24 36z" />
        <path className="t" d="M31 36c3-16 31-16 34 0M41 13c-3-4 3-6 0-10M53 13c-3-4 3-6 0-10" />
        <path d="M7 48c1 22 14 37 35 37M89 48c-1 22-14 37-35 37" />
        <path d="M7 48c5-3 9 1 11 8l7 13M89 48c-5-3-9 1-11 8l-7 13" />
        <path className="t" d="M42 85v8M54 85v8" />
      </symbol>
      <symbol id="calendar" viewBox="0 0 96 96">
        <path className="a" d="M18 14h66v18H18z" />
        <path d="M14 18h68v70H14z" />
        <path d="M14 36h68" />
        <path d="M31 10v14M65 10v14" />
        <path className="t" d="M26 50h8M44 50h8M62 50h8M26 62h8M44 62h8M62 62h8M26 74h8" />
        <path d="M42 73l5 5 11-12" />
      </symbol>
      <symbol id="camera" viewBox="0 0 96 96">
        <path className="a" d="M25 69h42l13 21H13z" />
        <path d="M20 65h42l13 21H7z" />
        <path className="t" d="M27 72h29M23 79h37" />
        <path d="M86 89V22c0-6-4-10-10-10H54" />
        <path d="M32 6h22v13H32z" />
        <circle className="t" cx="43" cy="23" r="4" />
        <path className="t dash" d="M37 29L23 60M49 29l11 31" />
      </symbol>
      <symbol id="card" viewBox="0 0 96 96">
        <rect className="a" x="31" y="14" width="46" height="30" rx="3" />
        <path d="M13 66h70l7 21H6z" />
        <path className="t" d="M31 72h34l3.5 9H27.5z" />
        <rect x="25" y="9" width="46" height="30" rx="3" />
        <circle className="t" cx="37" cy="20" r="4.5" />
        <path className="t" d="M30 33c1-5 4-6.5 7-6.5s6 1.5 7 6.5" />
        <path className="t" d="M51 18h13M51 25h13M51 32h8" />
        <path d="M48 46v12m-6-6 6 6 6-6" />
      </symbol>
      <symbol id="check" viewBox="0 0 96 96">
        <path className="a" d="M25 14h54v76H25z" />
        <path d="M18 8h60v80H18z" />
        <path d="M28 26l5 5 8-9M28 47l5 5 8-9M28 68l5 5 8-9" />
        <path className="t" d="M50 28h18M50 49h18M50 70h18" />
      </symbol>
      <symbol id="cloud" viewBox="0 0 96 96">
        <path
          className="a"
          d="M33 71c-11 0-18-7-18-16 0-8 6-15 14-16 2-13 12-21 24-21 13 0 22 8 24 19 9 0 15 8 15 17 0 10-7 17-17 17z"
        />
        <path d="M28 66c-11 0-18-7-18-16 0-8 6-15 14-16 2-13 12-21 24-21 13 0 22 8 24 19 9 0 15 8 15 17 0 10-7 17-17 17z" />
        <path d="M41 34v19M55 34v19" />
        <path className="t dash" d="M48 73v14" />
      </symbol>
      <symbol id="coin" viewBox="0 0 96 96">
        <circle className="a" cx="52" cy="52" r="36" />
        <circle cx="47" cy="47" r="38" />
        <path className="t" d="M36 36h22v22H36z" />
        <circle className="t" cx="47" cy="47" r="30" />
      </symbol>
      <symbol id="counter" viewBox="0 0 96 96">
        <path className="a" d="M14 62h76v28H14z" />
        <path d="M6 58h84v30H6z" />
        <path d="M2 58h92" />
        <circle cx="34" cy="24" r="12" />
        <path d="M14 58c0-14 7-20 20-20s20 6 20 20" />
        <path className="t" d="M27 40l7 8 7-8" />
        <path className="t" d="M64 58V40h20v18M68 46h12M68 51h8" />
      </symbol>
      <symbol id="cradle" viewBox="0 0 96 96">
        <path className="a" d="M25 52h57c0 17-12 27-29 27S25 69 25 52z" />
        <path d="M18 47h60c0 18-13 27-30 27S18 65 18 47z" />
        <path d="M78 47c3-20-10-31-27-30" />
        <path className="t" d="M78 47C71 34 62 24 51 17" />
        <path className="t" d="M26.5 46c-4-9 1-16 7.5-16s11 7 8 16" />
        <path className="t" d="M42 44c7-5 15-4 21 3" />
        <path d="M16 84c20 8 44 8 64 0" />
        <path className="t" d="M33 72l-4 15M63 72l4 15" />
      </symbol>
      <symbol id="elders" viewBox="0 0 96 96">
        <path className="a" d="M36 93c0-10 5-15 13-15s13 5 13 15z" />
        <circle cx="26" cy="27" r="14" />
        <path className="t" d="M13 22c3-1 4-4 4-7M39 22c-3-1-4-4-4-7" />
        <path className="t" d="M20 40c1 13 11 13 12 0" />
        <path d="M4 90c0-23 6-37 22-37 6 0 10 2 14 6" />
        <circle cx="70" cy="31" r="14" />
        <circle cx="70" cy="11" r="6" />
        <path className="t" d="M56.5 28c8 0 12-4 13.5-10 1.5 6 5.5 10 13.5 10" />
        <path d="M92 90c0-22-6-34-22-34-6 0-10 1-14 5" />
        <circle cx="48" cy="67" r="8" />
        <path d="M31 90c1-10 6-15 17-15s16 5 17 15" />
      </symbol>
      <symbol id="father" viewBox="0 0 96 96">
        <path className="a" d="M52 92c0-13 6-20 16-20s16 7 16 20z" />
        <circle cx="40" cy="27" r="16" />
        <path d="M24.5 23c8 1 14-2 17-8 3 5 7 7 13 7" />
        <path d="M10 90c0-25 11-39 30-39 8 0 14 2 19 6" />
        <path className="t" d="M31 53l9 9 9-9" />
        <circle cx="67" cy="64" r="8.5" />
        <path d="M47 90c1-11 8-17 20-17s19 6 20 17" />
      </symbol>
      <symbol id="file" viewBox="0 0 96 96">
        <path className="a" d="M34 15h28l10 10v30H34z" />
        <path d="M29 54V10h27l12 12v32" />
        <path className="t" d="M56 10v12h12M38 30h20M38 39h20" />
        <path d="M10 54h21c0 8 6 13 17 13s17-5 17-13h21v33H10z" />
      </symbol>
      <symbol id="g-back" viewBox="0 0 24 24">
        <path d="M20 12H4m7-7-7 7 7 7" />
      </symbol>
      <symbol id="g-cross" viewBox="0 0 24 24">
        <path d="M6 6l12 12M18 6 6 18" />
      </symbol>
      <symbol id="g-delete" viewBox="0 0 24 24">
        <path d="M8 5h14v14H8l-6-7zM12 9.5l5 5M17 9.5l-5 5" />
      </symbol>
      <symbol id="g-done" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="9.5" />
        <path d="M7.5 12.5l3 3 6-7" />
      </symbol>
      <symbol id="g-erase" viewBox="0 0 24 24">
        <path d="M8 20h13M14.5 4l6 6-9 9H7l-3.5-3.5zM9 9.5l6 6" />
      </symbol>
      <symbol id="g-help" viewBox="0 0 24 24">
        <path d="M6 13V6.5a1.7 1.7 0 0 1 3.4 0V11m0-.500V4.2a1.7 1.7 0 0 1 3.4 0V11m0-.500V5a1.7 1.7 0 0 1 3.4 0v7m0-3.5a1.7 1.7 0 0 1 3.4 0V15c0 4-2.5 6.5-6.4 6.5-3.6 0-5-1.5-6.8-4.5l-3-5c-.7-1.5 1.5-2.8 2.6-1.5L6 13" />
      </symbol>
      <symbol id="g-hold" viewBox="0 0 24 24">
        <path d="M6 2.5h12M6 21.5h12M7.5 2.5c0 6 9 6 9 9.5s-9 3.5-9 9.5M16.5 2.5c0 6-9 6-9 9.5s9 3.5 9 9.5" />
      </symbol>
      <symbol id="g-lock" viewBox="0 0 24 24">
        <path d="M5 11h14v10H5zM8 11V7.5a4 4 0 0 1 8 0V11M12 15v2.5" />
      </symbol>
      <symbol id="g-lower" viewBox="0 0 24 24">
        <path d="M6 2.5h12v19H6zM12 6v11m-3.5-3.5L12 17l3.5-3.5" />
      </symbol>
      <symbol id="g-next" viewBox="0 0 24 24">
        <path d="M4 12h16m-7-7 7 7-7 7" />
      </symbol>
      <symbol id="g-pen" viewBox="0 0 24 24">
        <path d="M15 4l5 5L9 20l-6 1 1-6zM12 7l5 5" />
      </symbol>
      <symbol id="g-print" viewBox="0 0 24 24">
        <path d="M7 8V3h10v5M7 17H3V8h18v9h-4M7 13.5h10V21H7z" />
      </symbol>
      <symbol id="g-search" viewBox="0 0 24 24">
        <circle cx="10.5" cy="10.5" r="7" />
        <path d="M16 16l5.5 5.5" />
      </symbol>
      <symbol id="g-skip" viewBox="0 0 24 24">
        <path d="M3.5 4.5 11 12l-7.5 7.5M12.5 4.5 20 12l-7.5 7.5" />
      </symbol>
      <symbol id="g-size" viewBox="0 0 24 24">
        <path d="M2 19 8 5l6 14M4 14.5h8M15 19l3.7-9L22.5 19M16.3 16h5" />
      </symbol>
      <symbol id="g-space" viewBox="0 0 24 24">
        <path d="M3 10v5h18v-5" />
      </symbol>
      <symbol id="g-stop" viewBox="0 0 24 24">
        <path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zM12 7v6.5" />
        <circle className="f" cx="12" cy="17" r="1.3" />
      </symbol>
      <symbol id="g-thumb" viewBox="0 0 24 24">
        <path d="M4.5 17v-5a7.5 7.5 0 0 1 15 0v5M8.2 20.5V12a3.8 3.8 0 0 1 7.6 0v8.5M12 11.5V22" />
      </symbol>
      <symbol id="g-tick" viewBox="0 0 24 24">
        <path d="M5 12.5l5 5L19.5 7" />
      </symbol>
      <symbol id="g-wait" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="9.5" />
        <path d="M9.5 8.5v7M14.5 8.5v7" />
      </symbol>
      <symbol id="g-warn" viewBox="0 0 24 24">
        <path d="M12 3 22 20.5H2zM12 9.5v5" />
        <circle className="f" cx="12" cy="17.5" r="1.2" />
      </symbol>
      <symbol id="house" viewBox="0 0 96 96">
        <path className="a" d="M43 56h19v32H43z" />
        <path d="M6 47c17-4 32-15 42-33 10 18 25 29 42 33" />
        <path d="M19 45v41h58V45" />
        <path className="t" d="M40 86V54h17v32M40 54l-10 5v32l10-5" />
        <path className="t" d="M64 56h8v11h-8zM33 39h30M41 30h14" />
      </symbol>
      <symbol id="idcard" viewBox="0 0 96 96">
        <rect className="a" x="9" y="26" width="84" height="54" rx="5" />
        <rect x="5" y="20" width="84" height="54" rx="5" />
        <circle className="t" cx="26" cy="40" r="8" />
        <path className="t" d="M13 64c1-9 6-12 13-12s12 3 13 12" />
        <path className="t" d="M50 34h29M50 44h29M50 54h18" />
        <path className="t" d="M70 60h10v7H70z" />
      </symbol>
      <symbol id="lamp" viewBox="0 0 96 96">
        <path className="a" d="M51 34c8 9 9 19 0 23-9-4-8-14 0-23z" />
        <path d="M28 64h40c0 8-8 12-20 12s-20-4-20-12z" />
        <path d="M48 76v9M32 88h32" />
        <path d="M37 64C27 50 40 40 40 12h16c0 28 13 38 3 52" />
        <path className="t" d="M48 36c6 8 6 15 0 19-6-4-6-11 0-19zM48 55v9" />
        <path className="t" d="M68 69h8" />
      </symbol>
      <symbol id="learn" viewBox="0 0 96 96">
        <path className="a" d="M52 29c12-7 24-8 37-3v56c-13-5-25-4-37 3z" />
        <path d="M48 25c-11-8-26-9-40-4v57c14-5 29-4 40 4 11-8 26-9 40-4V21c-14-5-29-4-40 4z" />
        <path className="t" d="M48 25v57" />
        <path
          className="t"
          d="M18 36c7-2 14-1 20 2M18 47c7-2 14-1 20 2M18 58c7-2 14-1 20 2M58 38c6-3 13-4 20-2M58 49c6-3 13-4 20-2M58 60c6-3 13-4 20-2"
        />
      </symbol>
      <symbol id="mother" viewBox="0 0 96 96">
        <path className="a" d="M52 92c0-13 6-20 16-20s16 7 16 20z" />
        <circle cx="40" cy="29" r="15" />
        <path d="M25 47c-5-9-5-36 15-36s20 27 15 36" />
        <path className="t" d="M26 26c8-1 13-4 15-10 2 6 6 9 13 10" />
        <path d="M10 90c0-25 11-38 30-38 8 0 14 2 19 6" />
        <path className="t" d="M33 53c2 6 12 6 14 0" />
        <circle cx="67" cy="64" r="8.5" />
        <path d="M47 90c1-11 8-17 20-17s19 6 20 17" />
      </symbol>
      <symbol id="name" viewBox="0 0 96 96">
        <path className="a" d="M62 20l14 14-36 36-17 4 3-18z" />
        <path d="M60 14l16 16-38 38-20 5 5-20z" />
        <path className="t" d="M51 23l16 16M23 53l15 15" />
        <path d="M10 90h76" />
        <path className="t" d="M56 78c6-8 9-8 10-2 1 5 5 4 8-1 2-3 5-4 8-1" />
      </symbol>
      <symbol id="officer" viewBox="0 0 96 96">
        <path className="a" d="M10 92c0-22 9-34 25-34s25 12 25 34z" />
        <circle cx="32" cy="28" r="14" />
        <path className="t" d="M18 26c7 0 12-3 15-9 3 6 7 8 13 8" />
        <path d="M6 89c0-24 9-38 26-38 14 0 22 8 25 23" />
        <path className="t" d="M24 52l8 12 8-12M32 64v25" />
        <path className="t" d="M40 68h8v6h-8z" />
        <path d="M56 47l18-18 18 18z" />
        <path className="t" d="M65 48c-1 13 19 13 18 0" />
        <path d="M57 74c4-8 9-11 17-11 10 0 17 9 18 26" />
        <path className="t" d="M57 74l11 8M62 89c0-4 2-7 6-7h6" />
      </symbol>
      <symbol id="other" viewBox="0 0 96 96">
        <path className="a" d="M28 18h50v64H28z" />
        <path d="M22 22V10h52v66H62" />
        <path d="M10 22h52v66H10z" />
        <path d="M28 44c0-12 17-12 17 0 0 7-8.5 7-8.5 15" />
        <circle className="f" cx="36.5" cy="70" r="3" />
      </symbol>
      <symbol id="printer" viewBox="0 0 96 96">
        <path className="a" d="M36 62h30v26l-5-4-5 4-5-4-5 4-5-4-5 4z" />
        <path className="t dash" d="M30 32V5h36v27" />
        <path className="t" d="M42 13l12 12M54 13L42 25" />
        <path d="M26 66H16c-2 0-4-2-4-4V38c0-2 2-4 4-4h64c2 0 4 2 4 4v24c0 2-2 4-4 4H70" />
        <path d="M24 56h48" />
        <path className="t" d="M33 56v28l5-4 5 4 5-4 5 4 5-4 5 4V56" />
        <path className="t" d="M40 65h16M40 72h10" />
        <circle className="f" cx="74" cy="44" r="2.5" />
      </symbol>
      <symbol id="relatives" viewBox="0 0 96 96">
        <path className="a" d="M52 92c0-22 6-33 19-33s19 11 19 33z" />
        <circle cx="29" cy="29" r="14" />
        <path className="t" d="M15.5 26c7 0 12-3 14-8 3 5 6 7 12 7" />
        <path d="M6 90c0-24 7-37 23-37 11 0 18 6 21 18" />
        <circle cx="67" cy="33" r="14" />
        <path d="M53 44c-3-10-2-27 14-27s17 17 14 27" />
        <path d="M46 90c0-22 6-33 21-33s21 11 21 33" />
        <path className="t" d="M22 56l7 8 7-8M60 59c2 5 12 5 14 0" />
      </symbol>
      <symbol id="result" viewBox="0 0 96 96">
        <circle className="a" cx="62" cy="68" r="14" />
        <path d="M14 8h64v40M14 8v80h30" />
        <path className="t" d="M25 22h42M25 33h42M25 44h24M25 55h14" />
        <circle cx="60" cy="66" r="15" />
        <path className="t" d="M53 66l5 5 9-10" />
      </symbol>
      <symbol id="rings" viewBox="0 0 96 96">
        <path className="a" d="M51 6c8 8 8 17 0 25-8-8-8-17 0-25z" />
        <circle cx="34" cy="63" r="22" />
        <circle cx="62" cy="63" r="22" />
        <path className="t" d="M34 47a16 16 0 1 0 8 30M62 79a16 16 0 1 0-8-30" />
        <path className="t" d="M48 4c8 8 8 17 0 25-8-8-8-17 0-25z" />
        <path
          className="t"
          d="M43 27c-9 1-16-4-18-12 7-1 12 1 16 5M53 27c9 1 16-4 18-12-7-1-12 1-16 5"
        />
      </symbol>
      <symbol id="shop" viewBox="0 0 96 96">
        <path className="a" d="M29 17h18v27c-2 8-16 8-18 0zM61 17h14l6 23v4c-2 8-18 8-20 0z" />
        <path d="M19 13h58l9 26H10z" />
        <path d="M10 39c0 9 15 9 15.2 0 0 9 15.2 9 15.2 0 0 9 15.2 9 15.2 0 0 9 15.2 9 15.2 0 0 9 15.2 9 15.2 0" />
        <path d="M16 48v38h64V48" />
        <path className="t" d="M16 68h38v18M62 86V57h12v29" />
        <path className="t" d="M23 68v-6h8v6M37 68c0-9 10-9 10 0" />
      </symbol>
      <symbol id="slip" viewBox="0 0 96 96">
        <path className="a" d="M28 50h46v38l-5.7-5-5.7 5-5.7-5-5.7 5-5.7-5-5.7 5-5.7-5-5.7 5z" />
        <path d="M18 44h-4c-3 0-5-2-5-5V18c0-3 2-5 5-5h68c3 0 5 2 5 5v21c0 3-2 5-5 5h-4" />
        <path d="M18 34h60" />
        <path d="M25 34v50l5.75-5 5.75 5 5.75-5 5.75 5 5.75-5 5.75 5 5.75-5 5.75 5V34" />
        <path className="t" d="M34 46h28M34 55h28M34 64h16" />
      </symbol>
      <symbol id="split" viewBox="0 0 96 96">
        <path className="a" d="M62 64h12v22H62z" />
        <path d="M4 34c9-2 17-9 22-20 5 11 13 18 22 20" />
        <path d="M10 33v30h32V33" />
        <path className="t" d="M21 63V43h10v20" />
        <path d="M48 58c9-2 15-8 20-18 5 10 13 16 22 18" />
        <path d="M54 57v29h30V57" />
        <path className="t" d="M64 86V67h9v19" />
        <path className="t" d="M56 14c8 0 12 4 13 12M64 21l5 6 5-6" />
      </symbol>
      <symbol id="stamp" viewBox="0 0 96 96">
        <circle className="a" cx="37" cy="70" r="12" />
        <path d="M46 26H14v62h56V60" />
        <path className="t" d="M23 37h17M23 46h13" />
        <circle className="t" cx="34" cy="67" r="12" />
        <path className="t" d="M28 67l4.5 4.5L41 63" />
        <path d="M65 8c7 0 11 5 11 10 0 7-6 9-6 19H60c0-10-6-12-6-19 0-5 4-10 11-10z" />
        <path d="M48 37h34v11H48z" />
      </symbol>
      <symbol id="stay" viewBox="0 0 96 96">
        <path className="a" d="M30 44h15v28H30z" />
        <path d="M4 38c14-3 27-13 34-28 7 15 20 25 34 28" />
        <path d="M14 36v36h30" />
        <path className="t" d="M27 72V44h14v28" />
        <path d="M52 50h38v38H52z" />
        <path d="M62 44v11M80 44v11" />
        <path className="t" d="M52 62h38M60 70h7M75 70h7M60 79h7" />
      </symbol>
      <symbol id="term-half" viewBox="0 0 96 96">
        <path className="a" d="M18 10h66v14H18z" />
        <path d="M14 14h68v74H14z" />
        <path d="M14 28h68M31 6v14M65 6v14" />
        <circle cx="48" cy="58" r="20" />
        <path className="f" d="M48 38a20 20 0 0 0 0 40z" />
      </symbol>
      <symbol id="term-one" viewBox="0 0 96 96">
        <path className="a" d="M18 10h66v14H18z" />
        <path d="M14 14h68v74H14z" />
        <path d="M14 28h68M31 6v14M65 6v14" />
        <circle className="f" cx="48" cy="58" r="20" />
      </symbol>
      <symbol id="term-two" viewBox="0 0 96 96">
        <path className="a" d="M18 10h66v14H18z" />
        <path d="M14 14h68v74H14z" />
        <path d="M14 28h68M31 6v14M65 6v14" />
        <circle className="f" cx="32" cy="58" r="13" />
        <circle className="f" cx="64" cy="58" r="13" />
      </symbol>
      <symbol id="thumb" viewBox="0 0 96 96">
        <path className="a" d="M34 40h32v44H34z" />
        <path d="M26 90V40c0-18 8-30 22-30s22 12 22 30v50" />
        <path className="t" d="M36 82V42c0-11 4-19 12-19s12 8 12 19v40" />
        <path className="t" d="M44 78V46c0-5 1-9 4-9s4 4 4 9v32" />
      </symbol>
      <symbol id="ticket" viewBox="0 0 96 96">
        <path
          className="a"
          d="M27 15h53v71l-6.6-5-6.6 5-6.6-5-6.6 5-6.6-5-6.6 5-6.6-5-6.6 5-6.6-5z"
        />
        <path d="M21 9h54v75l-6.75-6-6.75 6-6.75-6-6.75 6-6.75-6-6.75 6-6.75-6-6.75 6z" />
        <path d="M33 38c0-11 15-11 15 0 0 7-15 10-15 20h15M54 31h12l-7 27" />
        <path className="t" d="M31 19h34M31 67h34" />
      </symbol>
      <symbol id="track" viewBox="0 0 96 96">
        <circle className="a" cx="45" cy="44" r="26" />
        <circle cx="40" cy="40" r="28" />
        <path d="M61 61l26 26" />
        <path className="t" d="M27 26h26v30H27zM33 34h14M33 41h14M33 48h8" />
      </symbol>
      <symbol id="translation" viewBox="0 0 96 96">
        <path className="a" d="M14 14h40v30H14z" />
        <path d="M8 8h40v52H8z" />
        <path className="t" d="M16 20h24M16 30h24M16 40h14" />
        <path d="M58 36h30v52H46V70" />
        <path className="t" d="M58 50h20M58 60h20M56 76h12" />
        <path d="M60 10c14 0 20 4 22 16M74 20l8 8 8-8" />
      </symbol>
      <symbol id="waiting" viewBox="0 0 96 96">
        <path className="a" d="M51 51V17a34 34 0 0 1 32 45z" />
        <circle cx="48" cy="48" r="38" />
        <path d="M48 24v24l17 10" />
        <path className="t" d="M48 10v5M86 48h-5M48 86v-5M10 48h5" />
      </symbol>
      <symbol id="wedcert" viewBox="0 0 96 96">
        <circle className="a" cx="60" cy="56" r="12" />
        <path d="M6 16h84v64H6z" />
        <path className="t" d="M48 16v64M15 28h24M15 37h24M15 46h16M57 28h24" />
        <circle className="t" cx="63" cy="54" r="10" />
        <circle className="t" cx="74" cy="54" r="10" />
        <path className="t" d="M57 72h22" />
      </symbol>
      <symbol id="boat" viewBox="0 0 96 96">
        <path className="a" d="M14 64h80l-12 20H26z" />
        <path d="M6 60h82L76 82H20z" />
        <path d="M26 60V42c0-8 42-8 42 0v18" />
        <path className="t" d="M26 50h42M40 60V46M54 60V46" />
        <path className="t" d="M6 91c7-5 13-5 20 0s13 5 20 0 13-5 20 0 13 5 20 0" />
      </symbol>
      <symbol id="boy" viewBox="0 0 96 96">
        <path className="a" d="M22 92c0-17 11-26 26-26s26 9 26 26z" />
        <circle cx="48" cy="38" r="22" />
        <path d="M26 34c12 1 20-4 24-13 4 8 10 12 20 13" />
        <path d="M18 90c0-19 11-29 30-29s30 10 30 29" />
        <path className="t" d="M39 48c3 5 15 5 18 0" />
        <path className="t" d="M40 62v27M56 62v27" />
      </symbol>
      <symbol id="ear" viewBox="0 0 96 96">
        <path
          className="a"
          d="M38 88c-7-4-7-14-10-23-3-9-6-15-6-25 0-17 13-28 29-28s29 11 29 27c0 14-10 18-15 26-6 8-4 19-14 23-5 2-10 2-13 0z"
        />
        <path d="M34 84c-7-4-7-14-10-23-3-9-6-15-6-25C18 19 31 8 47 8s29 11 29 27c0 14-10 18-15 26-6 8-4 19-14 23-5 2-10 2-13 0z" />
        <path className="t" d="M32 38c0-10 6-16 15-16s15 6 15 14c0 9-9 10-12 18-2 5-7 6-10 3" />
      </symbol>
      <symbol id="eye" viewBox="0 0 96 96">
        <circle className="a" cx="52" cy="52" r="14" />
        <path d="M6 48c12-18 26-26 42-26s30 8 42 26c-12 18-26 26-42 26S18 66 6 48z" />
        <circle cx="48" cy="48" r="14" />
        <circle className="f" cx="48" cy="48" r="4" />
        <path className="t" d="M20 22l5 6M48 12v7M76 22l-5 6" />
      </symbol>
      <symbol id="girl" viewBox="0 0 96 96">
        <path className="a" d="M20 92c0-17 12-26 28-26s28 9 28 26z" />
        <circle cx="48" cy="38" r="20" />
        <path d="M28 42c0-24 8-30 20-30s20 6 20 30" />
        <path className="t" d="M30 34c9 0 15-4 18-11 3 7 9 11 18 11" />
        <path d="M28 34c-12 2-16 10-13 22M68 34c12 2 16 10 13 22" />
        <path d="M16 90c0-19 13-29 32-29s32 10 32 29" />
        <path className="t" d="M40 48c3 5 13 5 16 0" />
      </symbol>
      <symbol id="ill" viewBox="0 0 96 96">
        <path className="a" d="M40 48h44c4 0 6 3 6 8v14H40z" />
        <path d="M6 34v50M6 68h84v16M90 68V54c0-6-4-10-10-10H36v24" />
        <circle cx="22" cy="54" r="10" />
        <path className="t" d="M10 68c2-3 22-3 26 0M48 54h30M48 60h22" />
        <path className="t" d="M62 12v20M52 22h20" />
      </symbol>
      <symbol id="listen" viewBox="0 0 96 96">
        <path className="a" d="M14 42v18h14l18 16V26L28 42z" />
        <path d="M8 38v20h14l20 18V20L22 38z" />
        <path d="M54 36c6 7 6 17 0 24M65 27c12 12 12 30 0 42" />
        <path className="t" d="M76 18c18 18 18 42 0 60" />
      </symbol>
      <symbol id="man" viewBox="0 0 96 96">
        <path className="a" d="M22 92c0-24 10-36 28-36s28 12 28 36z" />
        <circle cx="48" cy="29" r="17" />
        <path d="M31.500 24c9 1 15-2 18-9 4 6 8 8 15 9" />
        <path d="M16 90c0-26 11-40 32-40s32 14 32 40" />
        <path className="t" d="M38 52l10 11 10-11M48 63v27" />
      </symbol>
      <symbol id="no" viewBox="0 0 96 96">
        <path className="a" d="M28 16h50v70H28z" />
        <path d="M22 10h50v74H22z" />
        <path d="M35 34l24 26M59 34L35 60" />
      </symbol>
      <symbol id="wheelchair" viewBox="0 0 96 96">
        <circle className="a" cx="46" cy="68" r="20" />
        <circle cx="36" cy="14" r="9" />
        <path d="M36 28v26h24l12 26h12" />
        <path d="M30 44c-9 4-14 11-14 20 0 13 10 22 22 22s21-8 22-19" />
        <path className="t" d="M36 38h20" />
      </symbol>
      <symbol id="woman" viewBox="0 0 96 96">
        <path className="a" d="M20 92c0-24 11-36 28-36s28 12 28 36z" />
        <circle cx="48" cy="31" r="16" />
        <path d="M32 52c-7-12-5-40 16-40s23 28 16 40" />
        <path className="t" d="M33 27c9-1 14-4 16-10 2 6 6 9 14 10" />
        <path d="M16 90c0-26 11-38 32-38s32 12 32 38" />
        <path className="t" d="M40 54c2 7 14 7 16 0" />
      </symbol>
      <symbol id="yes" viewBox="0 0 96 96">
        <path className="a" d="M28 16h50v70H28z" />
        <path d="M22 10h50v74H22z" />
        <path d="M33 46l11 13 18-25" />
      </symbol>
      <symbol id="hall" viewBox="0 0 240 106">
        <path className="a" d="M112 50h36v46h-36z" />
        <path className="a" d="M112 96h36l15 8H97z" />
        <path d="M46 40c28-3 44-13 51-28h66c7 15 23 25 51 28z" />
        <path d="M97 12c-4 0-7-3-8-7M163 12c4 0 7-3 8-7M46 40c-5 0-8-2-10-6M214 40c5 0 8-2 10-6" />
        <path className="t" d="M91 20h78M82 28h96M69 34.5h122" />
        <path d="M60 40v56M200 40v56M88 40v56M172 40v56" />
        <path className="t" d="M64 40v56M196 40v56M92 40v56M168 40v56" />
        <path d="M109 96V47h42v49" />
        <path className="t" d="M112 50l-13 5v47l13-6M148 50l13 5v47l-13-6" />
        <path className="t" d="M101 40v7M159 40v7" />
        <path
          className="t"
          d="M66 62h18v20H66zM75 62v20M66 72h18M176 62h18v20h-18zM185 62v20M176 72h18"
        />
        <path d="M2 96h107M151 96h87" />
        <path className="t" d="M97 104h66" />
        <path d="M18 96c3-24 2-42 4-62M25 96c1-24 0-42 1-62" />
        <path d="M24 33c-4-11-12-15-20-12M24 33c-8-5-16-3-20 6M24 33c3-12 10-17 19-15M24 33c8-6 16-4 20 5M24 33c-1-9 1-16 6-20" />
        <path className="t" d="M19 66l7-1M19 54l7-1M20 78l7-1" />
        <path d="M120 71l10-9 10 9z" />
        <path className="t" d="M124 72c0 8 12 8 12 0" />
        <path d="M120 102c0-13 1-22 10-22s10 9 10 22" />
        <path className="t" d="M134 88h9v11h-9z" />
        <path d="M212 96V84h24v12" />
        <path className="t" d="M210 84h28" />
      </symbol>
      <symbol id="mark" viewBox="0 0 40 40">
        <path d="M3 37h34" />
        <path d="M7 37V5h26v32" />
        <path className="t" d="M13 37V12h14v25" />
        <path className="a" d="M14 13h12v24H14z" />
        <path className="p" d="M13 12 20 16.5V40L13 37z" />
      </symbol>
      <symbol id="g-again" viewBox="0 0 24 24">
        <path d="M4 12a8 8 0 1 0 3-6.2M4 3.5v5h5" />
      </symbol>
      <symbol id="g-bin" viewBox="0 0 24 24">
        <path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14" />
      </symbol>
      <symbol id="g-camera" viewBox="0 0 24 24">
        <path d="M3 7h4l2-3h6l2 3h4v13H3z" />
        <circle cx="12" cy="13" r="4" />
      </symbol>
      <symbol id="g-plus" viewBox="0 0 24 24">
        <path d="M12 4v16M4 12h16" />
      </symbol>
      <symbol id="g-turn" viewBox="0 0 24 24">
        <path d="M20 12a8 8 0 1 1-3-6.2M20 3.5v5h-5" />
      </symbol>
      <symbol id="g-voice" viewBox="0 0 24 24">
        <path d="M4 9.5v5h4l5 4.5V5L8 9.5zM16.5 9a4 4 0 0 1 0 6M19 6a8 8 0 0 1 0 12" />
      </symbol>
      <symbol id="g-mic" viewBox="0 0 24 24">
        <path d="M9 6a3 3 0 0 1 6 0v6a3 3 0 0 1-6 0zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3.5M8.5 21.5h7" />
      </symbol>
      <symbol id="g-contrast" viewBox="0 0 24 24">
        <circle cx="12" cy="12" r="9.5" />
        <path className="f" d="M12 2.5a9.5 9.5 0 0 1 0 19z" />
      </symbol>
      <symbol id="g-up" viewBox="0 0 24 24">
        <path d="M12 20V4m-7 7 7-7 7 7" />
      </symbol>
      <symbol id="g-down" viewBox="0 0 24 24">
        <path d="M12 4v16m-7-7 7 7 7-7" />
      </symbol>
    </svg>
  )
})
