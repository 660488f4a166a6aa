import { memo } from 'react'

/**
 * Every drawing and glyph, placed once at the root of the page for `<use>`. One path for all that is
 * drawn alike: a screen copies a dozen drawings, and a weak processor pays for each element. Classes:
 * `t` thin stroke, `a` the flat block of colour, `f` filled with the ink, `p` filled with the paper.
 */
export const DrawingLibrary = memo(function DrawingLibrary() {
  return (
    <svg className="library" aria-hidden="true">
      <g id="away">
        <path className="a" d="M31 52h14v28H31z" />
        <path d="M4 42c13-3 24-11 31-24 7 13 18 21 31 24M13 40v40h44V62M56 58h34M76 44l14 14-14 14" />
        <path className="t" d="M28 80V52h14v28" />
      </g>
      <g id="birthnote">
        <path className="a" d="M32 53h34c0 11-7 17-17 17s-17-6-17-17z" />
        <path d="M16 6h46l18 18v66H16z" />
        <path
          className="t"
          d="M62 6v18h18M27 22h24M27 32h34M30 50h36c0 11-8 17-18 17S30 61 30 50zM66 50c2-10-5-15-13-14M32 76c10 4 22 4 32 0"
        />
      </g>
      <g id="bowl">
        <path className="a" d="M31 34c3-17 34-17 38 0z" />
        <path d="M24 36h48c0 16-10 25-24 25S24 52 24 36zM7 48c1 22 14 37 35 37M89 48c-1 22-14 37-35 37M7 48c5-3 9 1 11 8l7 13M89 48c-5-3-9 1-11 8l-7 13" />
        <path
          className="t"
          d="M31 36c3-16 31-16 34 0M41 13c-3-4 3-6 0-10M53 13c-3-4 3-6 0-10M42 85v8M54 85v8"
        />
      </g>
      <g id="calendar">
        <path className="a" d="M18 14h66v18H18z" />
        <path d="M14 18h68v70H14zM14 36h68M31 10v14M65 10v14M42 73l5 5 11-12" />
        <path className="t" d="M26 50h8M44 50h8M62 50h8M26 62h8M44 62h8M62 62h8M26 74h8" />
      </g>
      <g id="camera">
        <path className="a" d="M25 69h42l13 21H13z" />
        <path d="M20 65h42l13 21H7zM86 89V22c0-6-4-10-10-10H54M32 6h22v13H32z" />
        <path className="t" d="M27 72h29M23 79h37M39 23a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z" />
        <path className="t dash" d="M37 29L23 60M49 29l11 31" />
      </g>
      <g id="card">
        <path
          className="a"
          d="M34 14h40a3 3 0 0 1 3 3v24a3 3 0 0 1 -3 3h-40a3 3 0 0 1 -3 -3v-24a3 3 0 0 1 3 -3z"
        />
        <path d="M13 66h70l7 21H6zM28 9h40a3 3 0 0 1 3 3v24a3 3 0 0 1 -3 3h-40a3 3 0 0 1 -3 -3v-24a3 3 0 0 1 3 -3zM48 46v12m-6-6 6 6 6-6" />
        <path
          className="t"
          d="M31 72h34l3.5 9H27.5zM32.5 20a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0zM30 33c1-5 4-6.5 7-6.5s6 1.5 7 6.5M51 18h13M51 25h13M51 32h8"
        />
      </g>
      <g id="check">
        <path className="a" d="M25 14h54v76H25z" />
        <path d="M18 8h60v80H18zM28 26l5 5 8-9M28 47l5 5 8-9M28 68l5 5 8-9" />
        <path className="t" d="M50 28h18M50 49h18M50 70h18" />
      </g>
      <g id="cloud">
        <path
          className="a"
          d="M33 71c-11 0-18-7-18-16 0-8 6-15 14-16 2-13 12-21 24-21 13 0 22 8 24 19 9 0 15 8 15 17 0 10-7 17-17 17z"
        />
        <path d="M28 66c-11 0-18-7-18-16 0-8 6-15 14-16 2-13 12-21 24-21 13 0 22 8 24 19 9 0 15 8 15 17 0 10-7 17-17 17zM41 34v19M55 34v19" />
        <path className="t dash" d="M48 73v14" />
      </g>
      <g id="coin">
        <path className="a" d="M16 52a36 36 0 1 0 72 0a36 36 0 1 0 -72 0z" />
        <path d="M9 47a38 38 0 1 0 76 0a38 38 0 1 0 -76 0z" />
        <path className="t" d="M36 36h22v22H36zM17 47a30 30 0 1 0 60 0a30 30 0 1 0 -60 0z" />
      </g>
      <g id="counter">
        <path className="a" d="M14 62h76v28H14z" />
        <path d="M6 58h84v30H6zM2 58h92M22 24a12 12 0 1 0 24 0a12 12 0 1 0 -24 0zM14 58c0-14 7-20 20-20s20 6 20 20" />
        <path className="t" d="M27 40l7 8 7-8M64 58V40h20v18M68 46h12M68 51h8" />
      </g>
      <g id="cradle">
        <path className="a" d="M25 52h57c0 17-12 27-29 27S25 69 25 52z" />
        <path d="M18 47h60c0 18-13 27-30 27S18 65 18 47zM78 47c3-20-10-31-27-30M16 84c20 8 44 8 64 0" />
        <path
          className="t"
          d="M78 47C71 34 62 24 51 17M26.5 46c-4-9 1-16 7.5-16s11 7 8 16M42 44c7-5 15-4 21 3M33 72l-4 15M63 72l4 15"
        />
      </g>
      <g id="elders">
        <path className="a" d="M36 93c0-10 5-15 13-15s13 5 13 15z" />
        <path d="M12 27a14 14 0 1 0 28 0a14 14 0 1 0 -28 0zM4 90c0-23 6-37 22-37 6 0 10 2 14 6M56 31a14 14 0 1 0 28 0a14 14 0 1 0 -28 0zM64 11a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM92 90c0-22-6-34-22-34-6 0-10 1-14 5M40 67a8 8 0 1 0 16 0a8 8 0 1 0 -16 0zM31 90c1-10 6-15 17-15s16 5 17 15" />
        <path
          className="t"
          d="M13 22c3-1 4-4 4-7M39 22c-3-1-4-4-4-7M20 40c1 13 11 13 12 0M56.5 28c8 0 12-4 13.5-10 1.5 6 5.5 10 13.5 10"
        />
      </g>
      <g id="father">
        <path className="a" d="M52 92c0-13 6-20 16-20s16 7 16 20z" />
        <path d="M24 27a16 16 0 1 0 32 0a16 16 0 1 0 -32 0zM24.5 23c8 1 14-2 17-8 3 5 7 7 13 7M10 90c0-25 11-39 30-39 8 0 14 2 19 6M58.5 64a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM47 90c1-11 8-17 20-17s19 6 20 17" />
        <path className="t" d="M31 53l9 9 9-9" />
      </g>
      <g id="file">
        <path className="a" d="M34 15h28l10 10v30H34z" />
        <path d="M29 54V10h27l12 12v32M10 54h21c0 8 6 13 17 13s17-5 17-13h21v33H10z" />
        <path className="t" d="M56 10v12h12M38 30h20M38 39h20" />
      </g>
      <path id="g-back" d="M20 12H4m7-7-7 7 7 7" />
      <path id="g-cross" d="M6 6l12 12M18 6 6 18" />
      <path id="g-delete" d="M8 5h14v14H8l-6-7zM12 9.5l5 5M17 9.5l-5 5" />
      <path id="g-done" d="M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0 -19 0zM7.5 12.5l3 3 6-7" />
      <path id="g-erase" d="M8 20h13M14.5 4l6 6-9 9H7l-3.5-3.5zM9 9.5l6 6" />
      <path
        id="g-help"
        d="M6 13V6.5a1.7 1.7 0 0 1 3.4 0V11m0-.500V4.2a1.7 1.7 0 0 1 3.4 0V11m0-.500V5a1.7 1.7 0 0 1 3.4 0v7m0-3.5a1.7 1.7 0 0 1 3.4 0V15c0 4-2.5 6.5-6.4 6.5-3.6 0-5-1.5-6.8-4.5l-3-5c-.7-1.5 1.5-2.8 2.6-1.5L6 13"
      />
      <path
        id="g-hold"
        d="M6 2.5h12M6 21.5h12M7.5 2.5c0 6 9 6 9 9.5s-9 3.5-9 9.5M16.5 2.5c0 6-9 6-9 9.5s9 3.5 9 9.5"
      />
      <path id="g-lock" d="M5 11h14v10H5zM8 11V7.5a4 4 0 0 1 8 0V11M12 15v2.5" />
      <path id="g-lower" d="M6 2.5h12v19H6zM12 6v11m-3.5-3.5L12 17l3.5-3.5" />
      <path id="g-next" d="M4 12h16m-7-7 7 7-7 7" />
      <path id="g-pen" d="M15 4l5 5L9 20l-6 1 1-6zM12 7l5 5" />
      <path id="g-print" d="M7 8V3h10v5M7 17H3V8h18v9h-4M7 13.5h10V21H7z" />
      <path id="g-search" d="M3.5 10.5a7 7 0 1 0 14 0a7 7 0 1 0 -14 0zM16 16l5.5 5.5" />
      <path id="g-skip" d="M3.5 4.5 11 12l-7.5 7.5M12.5 4.5 20 12l-7.5 7.5" />
      <path id="g-size" d="M2 19 8 5l6 14M4 14.5h8M15 19l3.7-9L22.5 19M16.3 16h5" />
      <path id="g-space" d="M3 10v5h18v-5" />
      <g id="g-stop">
        <path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zM12 7v6.5" />
        <path className="f" d="M10.7 17a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0z" />
      </g>
      <path
        id="g-thumb"
        d="M4.5 17v-5a7.5 7.5 0 0 1 15 0v5M8.2 20.5V12a3.8 3.8 0 0 1 7.6 0v8.5M12 11.5V22"
      />
      <path id="g-tick" d="M5 12.5l5 5L19.5 7" />
      <path id="g-wait" d="M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0 -19 0zM9.5 8.5v7M14.5 8.5v7" />
      <g id="g-warn">
        <path d="M12 3 22 20.5H2zM12 9.5v5" />
        <path className="f" d="M10.8 17.5a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0 -2.4 0z" />
      </g>
      <g id="house">
        <path className="a" d="M43 56h19v32H43z" />
        <path d="M6 47c17-4 32-15 42-33 10 18 25 29 42 33M19 45v41h58V45" />
        <path
          className="t"
          d="M40 86V54h17v32M40 54l-10 5v32l10-5M64 56h8v11h-8zM33 39h30M41 30h14"
        />
      </g>
      <g id="idcard">
        <path
          className="a"
          d="M14 26h74a5 5 0 0 1 5 5v44a5 5 0 0 1 -5 5h-74a5 5 0 0 1 -5 -5v-44a5 5 0 0 1 5 -5z"
        />
        <path d="M10 20h74a5 5 0 0 1 5 5v44a5 5 0 0 1 -5 5h-74a5 5 0 0 1 -5 -5v-44a5 5 0 0 1 5 -5z" />
        <path
          className="t"
          d="M18 40a8 8 0 1 0 16 0a8 8 0 1 0 -16 0zM13 64c1-9 6-12 13-12s12 3 13 12M50 34h29M50 44h29M50 54h18M70 60h10v7H70z"
        />
      </g>
      <g id="lamp">
        <path className="a" d="M51 34c8 9 9 19 0 23-9-4-8-14 0-23z" />
        <path d="M28 64h40c0 8-8 12-20 12s-20-4-20-12zM48 76v9M32 88h32M37 64C27 50 40 40 40 12h16c0 28 13 38 3 52" />
        <path className="t" d="M48 36c6 8 6 15 0 19-6-4-6-11 0-19zM48 55v9M68 69h8" />
      </g>
      <g id="learn">
        <path className="a" d="M52 29c12-7 24-8 37-3v56c-13-5-25-4-37 3z" />
        <path d="M48 25c-11-8-26-9-40-4v57c14-5 29-4 40 4 11-8 26-9 40-4V21c-14-5-29-4-40 4z" />
        <path
          className="t"
          d="M48 25v57M18 36c7-2 14-1 20 2M18 47c7-2 14-1 20 2M18 58c7-2 14-1 20 2M58 38c6-3 13-4 20-2M58 49c6-3 13-4 20-2M58 60c6-3 13-4 20-2"
        />
      </g>
      <g id="mother">
        <path className="a" d="M52 92c0-13 6-20 16-20s16 7 16 20z" />
        <path d="M25 29a15 15 0 1 0 30 0a15 15 0 1 0 -30 0zM25 47c-5-9-5-36 15-36s20 27 15 36M10 90c0-25 11-38 30-38 8 0 14 2 19 6M58.5 64a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM47 90c1-11 8-17 20-17s19 6 20 17" />
        <path className="t" d="M26 26c8-1 13-4 15-10 2 6 6 9 13 10M33 53c2 6 12 6 14 0" />
      </g>
      <g id="name">
        <path className="a" d="M62 20l14 14-36 36-17 4 3-18z" />
        <path d="M60 14l16 16-38 38-20 5 5-20zM10 90h76" />
        <path
          className="t"
          d="M51 23l16 16M23 53l15 15M56 78c6-8 9-8 10-2 1 5 5 4 8-1 2-3 5-4 8-1"
        />
      </g>
      <g id="officer">
        <path className="a" d="M10 92c0-22 9-34 25-34s25 12 25 34z" />
        <path d="M18 28a14 14 0 1 0 28 0a14 14 0 1 0 -28 0zM6 89c0-24 9-38 26-38 14 0 22 8 25 23M56 47l18-18 18 18zM57 74c4-8 9-11 17-11 10 0 17 9 18 26" />
        <path
          className="t"
          d="M18 26c7 0 12-3 15-9 3 6 7 8 13 8M24 52l8 12 8-12M32 64v25M40 68h8v6h-8zM65 48c-1 13 19 13 18 0M57 74l11 8M62 89c0-4 2-7 6-7h6"
        />
      </g>
      <g id="other">
        <path className="a" d="M28 18h50v64H28z" />
        <path d="M22 22V10h52v66H62M10 22h52v66H10zM28 44c0-12 17-12 17 0 0 7-8.5 7-8.5 15" />
        <path className="f" d="M33.5 70a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z" />
      </g>
      <g id="printer">
        <path className="a" d="M36 62h30v26l-5-4-5 4-5-4-5 4-5-4-5 4z" />
        <path className="t dash" d="M30 32V5h36v27" />
        <path
          className="t"
          d="M42 13l12 12M54 13L42 25M33 56v28l5-4 5 4 5-4 5 4 5-4 5 4V56M40 65h16M40 72h10"
        />
        <path d="M26 66H16c-2 0-4-2-4-4V38c0-2 2-4 4-4h64c2 0 4 2 4 4v24c0 2-2 4-4 4H70M24 56h48" />
        <path className="f" d="M71.5 44a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z" />
      </g>
      <g id="relatives">
        <path className="a" d="M52 92c0-22 6-33 19-33s19 11 19 33z" />
        <path d="M15 29a14 14 0 1 0 28 0a14 14 0 1 0 -28 0zM6 90c0-24 7-37 23-37 11 0 18 6 21 18M53 33a14 14 0 1 0 28 0a14 14 0 1 0 -28 0zM53 44c-3-10-2-27 14-27s17 17 14 27M46 90c0-22 6-33 21-33s21 11 21 33" />
        <path
          className="t"
          d="M15.5 26c7 0 12-3 14-8 3 5 6 7 12 7M22 56l7 8 7-8M60 59c2 5 12 5 14 0"
        />
      </g>
      <g id="result">
        <path className="a" d="M48 68a14 14 0 1 0 28 0a14 14 0 1 0 -28 0z" />
        <path d="M14 8h64v40M14 8v80h30M45 66a15 15 0 1 0 30 0a15 15 0 1 0 -30 0z" />
        <path className="t" d="M25 22h42M25 33h42M25 44h24M25 55h14M53 66l5 5 9-10" />
      </g>
      <g id="rings">
        <path className="a" d="M51 6c8 8 8 17 0 25-8-8-8-17 0-25z" />
        <path d="M12 63a22 22 0 1 0 44 0a22 22 0 1 0 -44 0zM40 63a22 22 0 1 0 44 0a22 22 0 1 0 -44 0z" />
        <path
          className="t"
          d="M34 47a16 16 0 1 0 8 30M62 79a16 16 0 1 0-8-30M48 4c8 8 8 17 0 25-8-8-8-17 0-25zM43 27c-9 1-16-4-18-12 7-1 12 1 16 5M53 27c9 1 16-4 18-12-7-1-12 1-16 5"
        />
      </g>
      <g id="shop">
        <path className="a" d="M29 17h18v27c-2 8-16 8-18 0zM61 17h14l6 23v4c-2 8-18 8-20 0z" />
        <path d="M19 13h58l9 26H10zM10 39c0 9 15 9 15.2 0 0 9 15.2 9 15.2 0 0 9 15.2 9 15.2 0 0 9 15.2 9 15.2 0 0 9 15.2 9 15.2 0M16 48v38h64V48" />
        <path className="t" d="M16 68h38v18M62 86V57h12v29M23 68v-6h8v6M37 68c0-9 10-9 10 0" />
      </g>
      <g id="slip">
        <path className="a" d="M28 50h46v38l-5.7-5-5.7 5-5.7-5-5.7 5-5.7-5-5.7 5-5.7-5-5.7 5z" />
        <path d="M18 44h-4c-3 0-5-2-5-5V18c0-3 2-5 5-5h68c3 0 5 2 5 5v21c0 3-2 5-5 5h-4M18 34h60M25 34v50l5.75-5 5.75 5 5.75-5 5.75 5 5.75-5 5.75 5 5.75-5 5.75 5V34" />
        <path className="t" d="M34 46h28M34 55h28M34 64h16" />
      </g>
      <g id="split">
        <path className="a" d="M62 64h12v22H62z" />
        <path d="M4 34c9-2 17-9 22-20 5 11 13 18 22 20M10 33v30h32V33M48 58c9-2 15-8 20-18 5 10 13 16 22 18M54 57v29h30V57" />
        <path className="t" d="M21 63V43h10v20M64 86V67h9v19M56 14c8 0 12 4 13 12M64 21l5 6 5-6" />
      </g>
      <g id="stamp">
        <path className="a" d="M25 70a12 12 0 1 0 24 0a12 12 0 1 0 -24 0z" />
        <path d="M46 26H14v62h56V60M65 8c7 0 11 5 11 10 0 7-6 9-6 19H60c0-10-6-12-6-19 0-5 4-10 11-10zM48 37h34v11H48z" />
        <path
          className="t"
          d="M23 37h17M23 46h13M22 67a12 12 0 1 0 24 0a12 12 0 1 0 -24 0zM28 67l4.5 4.5L41 63"
        />
      </g>
      <g id="stay">
        <path className="a" d="M30 44h15v28H30z" />
        <path d="M4 38c14-3 27-13 34-28 7 15 20 25 34 28M14 36v36h30M52 50h38v38H52zM62 44v11M80 44v11" />
        <path className="t" d="M27 72V44h14v28M52 62h38M60 70h7M75 70h7M60 79h7" />
      </g>
      <g id="term-half">
        <path className="a" d="M18 10h66v14H18z" />
        <path d="M14 14h68v74H14zM14 28h68M31 6v14M65 6v14M28 58a20 20 0 1 0 40 0a20 20 0 1 0 -40 0z" />
        <path className="f" d="M48 38a20 20 0 0 0 0 40z" />
      </g>
      <g id="term-one">
        <path className="a" d="M18 10h66v14H18z" />
        <path d="M14 14h68v74H14zM14 28h68M31 6v14M65 6v14" />
        <path className="f" d="M28 58a20 20 0 1 0 40 0a20 20 0 1 0 -40 0z" />
      </g>
      <g id="term-two">
        <path className="a" d="M18 10h66v14H18z" />
        <path d="M14 14h68v74H14zM14 28h68M31 6v14M65 6v14" />
        <path
          className="f"
          d="M19 58a13 13 0 1 0 26 0a13 13 0 1 0 -26 0zM51 58a13 13 0 1 0 26 0a13 13 0 1 0 -26 0z"
        />
      </g>
      <g id="thumb">
        <path className="a" d="M34 40h32v44H34z" />
        <path d="M26 90V40c0-18 8-30 22-30s22 12 22 30v50" />
        <path
          className="t"
          d="M36 82V42c0-11 4-19 12-19s12 8 12 19v40M44 78V46c0-5 1-9 4-9s4 4 4 9v32"
        />
      </g>
      <g id="ticket">
        <path
          className="a"
          d="M27 15h53v71l-6.6-5-6.6 5-6.6-5-6.6 5-6.6-5-6.6 5-6.6-5-6.6 5-6.6-5z"
        />
        <path d="M21 9h54v75l-6.75-6-6.75 6-6.75-6-6.75 6-6.75-6-6.75 6-6.75-6-6.75 6zM33 38c0-11 15-11 15 0 0 7-15 10-15 20h15M54 31h12l-7 27" />
        <path className="t" d="M31 19h34M31 67h34" />
      </g>
      <g id="track">
        <path className="a" d="M19 44a26 26 0 1 0 52 0a26 26 0 1 0 -52 0z" />
        <path d="M12 40a28 28 0 1 0 56 0a28 28 0 1 0 -56 0zM61 61l26 26" />
        <path className="t" d="M27 26h26v30H27zM33 34h14M33 41h14M33 48h8" />
      </g>
      <g id="translation">
        <path className="a" d="M14 14h40v30H14z" />
        <path d="M8 8h40v52H8zM58 36h30v52H46V70M60 10c14 0 20 4 22 16M74 20l8 8 8-8" />
        <path className="t" d="M16 20h24M16 30h24M16 40h14M58 50h20M58 60h20M56 76h12" />
      </g>
      <g id="waiting">
        <path className="a" d="M51 51V17a34 34 0 0 1 32 45z" />
        <path d="M10 48a38 38 0 1 0 76 0a38 38 0 1 0 -76 0zM48 24v24l17 10" />
        <path className="t" d="M48 10v5M86 48h-5M48 86v-5M10 48h5" />
      </g>
      <g id="wedcert">
        <path className="a" d="M48 56a12 12 0 1 0 24 0a12 12 0 1 0 -24 0z" />
        <path d="M6 16h84v64H6z" />
        <path
          className="t"
          d="M48 16v64M15 28h24M15 37h24M15 46h16M57 28h24M53 54a10 10 0 1 0 20 0a10 10 0 1 0 -20 0zM64 54a10 10 0 1 0 20 0a10 10 0 1 0 -20 0zM57 72h22"
        />
      </g>
      <g id="boat">
        <path className="a" d="M14 64h80l-12 20H26z" />
        <path d="M6 60h82L76 82H20zM26 60V42c0-8 42-8 42 0v18" />
        <path
          className="t"
          d="M26 50h42M40 60V46M54 60V46M6 91c7-5 13-5 20 0s13 5 20 0 13-5 20 0 13 5 20 0"
        />
      </g>
      <g id="boy">
        <path className="a" d="M22 92c0-17 11-26 26-26s26 9 26 26z" />
        <path d="M26 38a22 22 0 1 0 44 0a22 22 0 1 0 -44 0zM26 34c12 1 20-4 24-13 4 8 10 12 20 13M18 90c0-19 11-29 30-29s30 10 30 29" />
        <path className="t" d="M39 48c3 5 15 5 18 0M40 62v27M56 62v27" />
      </g>
      <g id="ear">
        <path
          className="a"
          d="M38 88c-7-4-7-14-10-23-3-9-6-15-6-25 0-17 13-28 29-28s29 11 29 27c0 14-10 18-15 26-6 8-4 19-14 23-5 2-10 2-13 0z"
        />
        <path d="M34 84c-7-4-7-14-10-23-3-9-6-15-6-25C18 19 31 8 47 8s29 11 29 27c0 14-10 18-15 26-6 8-4 19-14 23-5 2-10 2-13 0z" />
        <path className="t" d="M32 38c0-10 6-16 15-16s15 6 15 14c0 9-9 10-12 18-2 5-7 6-10 3" />
      </g>
      <g id="eye">
        <path className="a" d="M38 52a14 14 0 1 0 28 0a14 14 0 1 0 -28 0z" />
        <path d="M6 48c12-18 26-26 42-26s30 8 42 26c-12 18-26 26-42 26S18 66 6 48zM34 48a14 14 0 1 0 28 0a14 14 0 1 0 -28 0z" />
        <path className="f" d="M44 48a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z" />
        <path className="t" d="M20 22l5 6M48 12v7M76 22l-5 6" />
      </g>
      <g id="girl">
        <path className="a" d="M20 92c0-17 12-26 28-26s28 9 28 26z" />
        <path d="M28 38a20 20 0 1 0 40 0a20 20 0 1 0 -40 0zM28 42c0-24 8-30 20-30s20 6 20 30M28 34c-12 2-16 10-13 22M68 34c12 2 16 10 13 22M16 90c0-19 13-29 32-29s32 10 32 29" />
        <path className="t" d="M30 34c9 0 15-4 18-11 3 7 9 11 18 11M40 48c3 5 13 5 16 0" />
      </g>
      <g id="ill">
        <path className="a" d="M40 48h44c4 0 6 3 6 8v14H40z" />
        <path d="M6 34v50M6 68h84v16M90 68V54c0-6-4-10-10-10H36v24M12 54a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z" />
        <path className="t" d="M10 68c2-3 22-3 26 0M48 54h30M48 60h22M62 12v20M52 22h20" />
      </g>
      <g id="listen">
        <path className="a" d="M14 42v18h14l18 16V26L28 42z" />
        <path d="M8 38v20h14l20 18V20L22 38zM54 36c6 7 6 17 0 24M65 27c12 12 12 30 0 42" />
        <path className="t" d="M76 18c18 18 18 42 0 60" />
      </g>
      <g id="man">
        <path className="a" d="M22 92c0-24 10-36 28-36s28 12 28 36z" />
        <path d="M31 29a17 17 0 1 0 34 0a17 17 0 1 0 -34 0zM31.500 24c9 1 15-2 18-9 4 6 8 8 15 9M16 90c0-26 11-40 32-40s32 14 32 40" />
        <path className="t" d="M38 52l10 11 10-11M48 63v27" />
      </g>
      <g id="no">
        <path className="a" d="M28 16h50v70H28z" />
        <path d="M22 10h50v74H22zM35 34l24 26M59 34L35 60" />
      </g>
      <g id="wheelchair">
        <path className="a" d="M26 68a20 20 0 1 0 40 0a20 20 0 1 0 -40 0z" />
        <path d="M27 14a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM36 28v26h24l12 26h12M30 44c-9 4-14 11-14 20 0 13 10 22 22 22s21-8 22-19" />
        <path className="t" d="M36 38h20" />
      </g>
      <g id="woman">
        <path className="a" d="M20 92c0-24 11-36 28-36s28 12 28 36z" />
        <path d="M32 31a16 16 0 1 0 32 0a16 16 0 1 0 -32 0zM32 52c-7-12-5-40 16-40s23 28 16 40M16 90c0-26 11-38 32-38s32 12 32 38" />
        <path className="t" d="M33 27c9-1 14-4 16-10 2 6 6 9 14 10M40 54c2 7 14 7 16 0" />
      </g>
      <g id="yes">
        <path className="a" d="M28 16h50v70H28z" />
        <path d="M22 10h50v74H22zM33 46l11 13 18-25" />
      </g>
      <g id="hall">
        <path className="a" d="M112 50h36v46h-36zM112 96h36l15 8H97z" />
        <path d="M46 40c28-3 44-13 51-28h66c7 15 23 25 51 28zM97 12c-4 0-7-3-8-7M163 12c4 0 7-3 8-7M46 40c-5 0-8-2-10-6M214 40c5 0 8-2 10-6M60 40v56M200 40v56M88 40v56M172 40v56M109 96V47h42v49M2 96h107M151 96h87M18 96c3-24 2-42 4-62M25 96c1-24 0-42 1-62M24 33c-4-11-12-15-20-12M24 33c-8-5-16-3-20 6M24 33c3-12 10-17 19-15M24 33c8-6 16-4 20 5M24 33c-1-9 1-16 6-20M120 71l10-9 10 9zM120 102c0-13 1-22 10-22s10 9 10 22M212 96V84h24v12" />
        <path
          className="t"
          d="M91 20h78M82 28h96M69 34.5h122M64 40v56M196 40v56M92 40v56M168 40v56M112 50l-13 5v47l13-6M148 50l13 5v47l-13-6M101 40v7M159 40v7M66 62h18v20H66zM75 62v20M66 72h18M176 62h18v20h-18zM185 62v20M176 72h18M97 104h66M19 66l7-1M19 54l7-1M20 78l7-1M124 72c0 8 12 8 12 0M134 88h9v11h-9zM210 84h28"
        />
      </g>
      <g id="mark">
        <path d="M3 37h34M7 37V5h26v32" />
        <path className="t" d="M13 37V12h14v25" />
        <path className="a" d="M14 13h12v24H14z" />
        <path className="p" d="M13 12 20 16.5V40L13 37z" />
      </g>
      <path id="g-again" d="M4 12a8 8 0 1 0 3-6.2M4 3.5v5h5" />
      <path id="g-bin" d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14" />
      <path id="g-camera" d="M3 7h4l2-3h6l2 3h4v13H3zM8 13a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z" />
      <path id="g-plus" d="M12 4v16M4 12h16" />
      <path id="g-turn" d="M20 12a8 8 0 1 1-3-6.2M20 3.5v5h-5" />
      <path id="g-voice" d="M4 9.5v5h4l5 4.5V5L8 9.5zM16.5 9a4 4 0 0 1 0 6M19 6a8 8 0 0 1 0 12" />
      <path
        id="g-mic"
        d="M9 6a3 3 0 0 1 6 0v6a3 3 0 0 1-6 0zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3.5M8.5 21.5h7"
      />
      <g id="g-contrast">
        <path d="M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0 -19 0z" />
        <path className="f" d="M12 2.5a9.5 9.5 0 0 1 0 19z" />
      </g>
      <path id="g-up" d="M12 20V4m-7 7 7-7 7 7" />
      <path id="g-down" d="M12 4v16m-7-7 7 7 7-7" />
    </svg>
  )
})
