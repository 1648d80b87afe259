/** Every term of the page in one sentence, with its formula where it has one (OneAdapt, SoCC 2023, section 4). */
export interface Entry {
  readonly title: string;
  readonly text: string;
  readonly formula?: string;
}

export const GLOSSARY = {
  interval: {
    title: 'Interval',
    text: 'One second of video. The configuration is fixed within it and may change from one to the next.',
  },
  reference: {
    title: 'Reference',
    text: 'What the same detector finds on the most expensive configuration. Accuracy is agreement with it; making it is the instrument’s work and is not charged.',
  },
  accuracy: {
    title: 'Accuracy',
    text: 'F1 of the boxes found against the reference boxes, mean over all captured frames. A frame that was not sent reuses the last result. Where a live run cannot keep up, only the frames that it analysed are measured.',
    formula: 'F1 = 2·matches / (found + reference),  IoU > 0.5, same class',
  },
  accuracyTruth: {
    title: 'Accuracy against the exact boxes',
    text: 'The same F1, against the boxes that the scene knows exactly. Only the built-in scene has them.',
  },
  utility: {
    title: 'Utility U',
    text: 'A smooth count of confident detections. It needs no labels and has a gradient, so it stands in for accuracy.',
    formula: 'U = Σₑ σ( slope·(scoreₑ − threshold) ),  over candidate detections e',
  },
  utilitySlope: {
    title: 'Slope of the utility',
    text: 'How sharply U tells a confident detection from none. The authors’ value is 20, at a threshold of 0.5; 8 still sees detections that are not yet near the threshold. The threshold is the detector’s own.',
    formula: 'U = Σₑ σ( slope·(scoreₑ − threshold) )',
  },
  dnnGrad: {
    title: 'DNNGrad',
    text: 'How much each pixel moves the detector’s output: one backward pass on the interval’s last frame. The map shows its size, summed over colour.',
    formula: 'DNNGrad = ∂U / ∂pixels',
  },
  inputGrad: {
    title: 'InputGrad',
    text: 'How a knob moves the pixels: the sensor encodes the frame again with the knob one step away and subtracts. No detector is needed. The map shows the size of that difference, summed over colour, before it is divided by δ.',
    formula: 'InputGradᵢ = ( pixels(kᵢ + δ) − pixels(k) ) / δ',
  },
  product: {
    title: 'Product',
    text: 'DNNGrad times InputGrad at each pixel, towards more quality. Orange: more quality there helps the detector; blue: it hurts. Its sum over the pixels, divided by δ, is the signed estimate of AccGrad.',
    formula: 'DNNGrad ⊙ InputGradᵢ',
  },
  accGrad: {
    title: 'AccGrad',
    text: 'How much accuracy, in F1, would change if the knob went up its whole ladder, as seen from here. Without calibration, as published, it is utility per candidate detection: that compares knobs with each other, not with F1. The estimator says how DNNGrad and InputGrad are brought together; the policy steers by a smoothed value.',
    formula: 'AccGradᵢ ≈ ∂U / ∂kᵢ  from DNNGrad and InputGradᵢ',
  },
  price: {
    title: 'Price',
    text: 'The budget’s Lagrange multiplier: what spending the whole budget once more would have to buy, in the unit of AccGrad. It is stepped until the use that is predicted for the next interval meets the budget, less a margin for surprises, so it may fall after an interval that was over, if the next one is predicted to fit. Zero while the budget is slack. Adam, the published rule, takes one step an interval on the use that was measured.',
    formula: 'λ ← max(0, λ + η·(use − budget) / budget), repeated',
  },
  pricePull: {
    title: 'Price pull',
    text: 'What the budgets take away from a knob’s AccGrad: the price of each resource times how fast the knob spends it.',
    formula: '−Σ λᵣ · ResourceGradᵣ,ᵢ',
  },
  net: {
    title: 'Net move',
    text: 'AccGrad minus priced resources: the knob climbs where it is positive and comes down where it is negative.',
    formula: 'AccGradᵢ − Σ λᵣ · ResourceGradᵣ,ᵢ',
  },
  bandwidth: {
    title: 'Bandwidth',
    text: 'Bytes of the encoder’s real output on the link. 1 kbps is 1000 bit a second.',
  },
  gpu: {
    title: 'Detector time',
    text: 'Milliseconds that the detector works for one second of video: counts of forward and backward passes times the cost of one pass, measured at the start.',
  },
  budget: {
    title: 'Budget',
    text: 'What the run may spend in a second. Drag it at any time: the price answers, and the knobs answer the price.',
  },
  resolution: {
    title: 'Resolution',
    text: 'The size at which frames are encoded and sent. The server scales them to the detector’s input.',
  },
  quantizer: {
    title: 'Quantizer',
    text: 'How coarsely the encoder rounds each block. A small number keeps fine detail and costs many bytes.',
  },
  frameRate: {
    title: 'Frame rate',
    text: 'Frames sent in a second, of the ten captured. A frame that is not sent reuses the last detections.',
  },
  keyFrameInterval: {
    title: 'Key frames',
    text: 'Seconds from one key frame, which stands alone, to the next; the frames between them only say what has changed. Fewer key frames cost fewer bytes and hardly change the picture. Budgets are held on average over that time: a second with a key frame may take more, the others take less.',
    formula: 'bytes/s = key / interval + (frames − 1 / interval) · delta',
  },
  codec: {
    title: 'Codec',
    text: 'The format of the encoded frames. A change of codec starts a new stream with a key frame, so the policy does not run two codecs in turn.',
  },
  colour: {
    title: 'Colour',
    text: 'With colour, or in grey: then the chroma is taken out before the encoder, which has only brightness to spend bytes on.',
  },
  pixelFilter: {
    title: 'Pixel filter',
    text: 'A frame whose turn it is by the frame rate is sent only if more than this share of its pixels has changed by more than 21 of 255 grey levels since the last frame that was sent. A frame that is not sent costs no bytes and no inference and reuses the last detections. 0 % sends all. With several filters a frame has to pass each; the first frame of a second is always sent. The policy tries all thresholds, with every frame rate where that may move too, on the second that just ran and takes those that are worth most.',
    formula:
      'AccGrad = ( loss(higher threshold) − loss(lower) ) / δ,  loss = mean over captures t of Σ G₁₆ · Σ_c |V_t − V_shown(t)|',
  },
  areaFilter: {
    title: 'Area filter',
    text: 'As the pixel filter, but what has changed must be one connected region of more than this share of the frame, after a blur: grain and small flicker do not count.',
  },
  edgeFilter: {
    title: 'Edge filter',
    text: 'As the pixel filter, but by the share of pixels where an edge (Canny) has come or gone: light that changes evenly does not count.',
  },
  inputSize: {
    title: 'Input size',
    text: 'The size at which the detector sees the decoded frame. Its work grows with the pixels, and no byte on the link changes. The gradient’s InputGrad is what is lost when the frame is seen at the smaller of two sizes.',
  },
  member: {
    title: 'Member',
    text: 'Which detector of the lab’s family looks at the frames: nano, small, default, large. The ladder ends at the detector of the experiment, because accuracy is agreement with it. No pixel moves with this knob, so there is no heat map: the neighbouring member looks at one frame of each second instead, which is charged, and AccGrad is what it sees differently.',
    formula: '½ (1 − F1) + ½ (confidence gained), on one frame / δ',
  },
  enhancement: {
    title: 'Enhancement',
    text: 'What is done to a decoded frame before the detector sees it: nothing, or a light unsharp mask on the brightness. Accuracy is measured against frames that are not enhanced. The distortion estimate asks whether sharpening brings the frame nearer to the captured one.',
  },
  tiles: {
    title: 'Tiles',
    text: 'Share of the frame’s tiles that keep full quality. The others have a coarser quantizer (by 48 of 255). A browser’s encoder has none per block, so each frame is encoded in two passes, in each of which the other’s tiles stand still and cost next to nothing. At quantizers above 144, where still coarser ones show next to nothing, the others lose detail before the encoder instead. Which tiles, the last interval says: those whose coarseness the detector would feel most. Above 10 % a tile is only given up where that saves enough bytes for its error beside what a coarser quantizer would, and none unless all of them save 12 % of the interval’s bytes more than that, and what would have been given up a second earlier still 6 %. So more or all may stay. Beside quantizer or resolution OneAdapt holds the share at 20 %, or at 100 % where bytes have no budget and cost next to nothing: it is the tiles that are chosen. OneAdapt 2023 climbs it.',
    formula:
      'kept: the top share by tile value, and where saved bytes ≤ a · value · quantizer’s bytes per error;  a = 0 up to 10 %, ⅓ at 20 %, 4⁄3 at 50 %',
  },
  tileValue: {
    title: 'Tile value',
    text: 'What a tile’s full quality is worth to the detector: how much more weighted error it would have if it were given up. Negative where the coarse tile is nearer to the captured frame than the encoded one. Dark tiles are given up. Click a tile to pin it: always full (ring), always low (cross), or by its value again.',
    formula: 'Σ over the tile of G16 · (error when low − error when full)',
  },
  tuned: {
    title: 'Tuned knobs',
    text: 'The policy moves these and each second shows their gradients. A knob that is not tuned stays where it stands, can still be set by hand, and costs no extra encode; in the folded line only those are named that do not stand at rest, which is their most expensive value, and without enhancement.',
  },
  position: {
    title: 'Position',
    text: 'A knob’s continuous place on its ladder, 0 cheapest to 1 most expensive. The policy moves this; the encoder runs a value beside it, or where a budget binds one a little further off, whichever fits and loses least. Where a change itself costs (codec, colour, key frames), what runs holds on until the position is three quarters of a rung away.',
    formula: 'δ = 1 / (n − 1) between neighbours',
  },
  estimator: {
    title: 'Estimator',
    text: 'How AccGrad is computed from DNNGrad and InputGrad. All three are computed; the chosen one steers.',
  },
  towardSource: {
    title: 'Toward source',
    text: 'T = Σ DNNGrad · (captured − decoded) is the utility that all quality together would win back; a knob is credited with the share of the weighted error that its step removes. It is signed: where the captured pixels would lower the utility it says that knobs should fall.',
    formula: 'T · (1 − rec(hq) / rec(lq)) / δ',
  },
  signedEstimate: {
    title: 'Signed',
    text: 'The literal chain rule: the signed product, summed at full resolution.',
    formula: 'Σ DNNGrad · (pixels_hq − pixels_lq) / δ',
  },
  distortion: {
    title: 'Distortion',
    text: 'What the authors shipped: |DNNGrad| pooled in 16 × 16 blocks weighs the error that is left. It rarely believes that cheaper is better, and it is an upper bound: as if every error hurt. The authors take the error against the decoded best configuration; here it is against the captured frame.',
    formula: '( rec(lq) − rec(hq) ) / δ,  rec(k) = Σ G₁₆ · Σ_c |V_k − captured|',
  },
  trueChange: {
    title: 'True change',
    text: 'What one step of one knob really changes: the interval’s frames are encoded, decoded and detected again with that knob one step away, against the same reference. Of a live run only the frames that were measured count. It is the instrument’s work: charged to nobody, unknown to the policy.',
    formula: 'F1(kᵢ ± δ) − F1(k)',
  },
  chargedProbe: {
    title: 'Charged probe',
    text: 'Estimates without a gradient that a policy would pay for: the interval is encoded at the neighbour and sent, and the detector looks at three of its frames. The forward probe compares them with what is shown now; the profiled probe, as Chameleon profiles, holds both against the same frames at the most expensive configuration, which is sent as well; the combined probe is the mean of the two. They see three of ten frames: a sample of the truth, not the truth.',
    formula: 'profiled = mean of F1(hq, reference) − F1(lq, reference) on the probed frames',
  },
  scaledEstimate: {
    title: 'Estimate on the truth’s scale',
    text: 'Estimators count in units of their own, so each is brought to the size of the truth by one factor over all measured steps. Signs and proportions stay as the estimator has them. The number behind the @ is the slope of the utility; “as steered” is the distortion form with the DNNGrad that the run went on with, which may be some intervals old.',
    formula: 'factor = Σ |estimate·truth| / Σ estimate²',
  },
  pearson: {
    title: 'Pearson’s r',
    text: 'How nearly estimates and true changes lie on a line: 1 on a rising one, 0 without relation, −1 on a falling one. One far-off step can decide it. Steps up and down are both taken as gains towards more quality, so that nothing is earned by knowing which way is up.',
    formula: 'r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)²·Σ(y − ȳ)²)',
  },
  spearman: {
    title: 'Spearman’s ρ',
    text: 'Pearson’s r of the ranks: 1 where a larger estimate always goes with a larger true change, however large. Far-off steps weigh no more than others.',
  },
  signAgreement: {
    title: 'Signs right',
    text: 'Share of the steps with a true change of which the estimate has the right sign. Quality mostly helps, so whoever always says so is right often: an estimator has to beat that constant.',
  },
  learningRate: {
    title: 'Learning rate',
    text: 'The largest share of a ladder that a knob moves in one interval. The authors’ value is 0.5.',
  },
  beta: {
    title: 'β, momentum',
    text: 'How long the past is remembered: Adam’s β₁ and β₂, or on the surface how much of an interval’s weight the next one leaves it.',
  },
  priceRate: {
    title: 'η, price rate',
    text: 'How fast Adam’s prices answer a budget that is exceeded or slack. On the surface they are found at once.',
  },
  rule: {
    title: 'Step rule',
    text: 'Surface: what all AccGrads so far have told of the loss along each ladder is climbed to where gains and charges meet. Adam: the authors’ rule, one step an interval, each knob by itself.',
  },
  rounding: {
    title: 'Rounding',
    text: 'What runs between two values of a ladder: always the more expensive one, or both in turn so that their mean is the position.',
  },
  backwardShare: {
    title: 'Backward passes',
    text: 'A backward pass costs about two forward passes more than the frame’s own. Every interval, as published, or only as often as this share of the inferences’ time allows: in between the last DNNGrad weighs the new pictures, unless the content has changed. The first pass is on credit, later ones are saved up for.',
  },
  lag: {
    title: 'Lag',
    text: 'When a choice takes effect. Next interval, as published: what was seen chooses for the second that follows. Zero: the second that is there is encoded first, again where it does not fit, and then sent; what goes out is known, but every frame waits for its second’s end, every second starts with a key frame, and every encode is charged.',
  },
  calibrated: {
    title: 'Calibrated',
    text: 'Whether the estimates of different knobs are brought to one unit, F1, before they are weighed against each other. The distortion form is joined with the level of loss and the place on the ladder, by a fit on other runs (src/gradients/calibrated.ts); without that it overrates the quantizer against the resolution by about two, and cannot tell which of two contents suffers more.',
  },
  bandwidthPrice: {
    title: 'Fixed price, bandwidth',
    text: 'Without a bandwidth budget: the F1 that a megabit a second has to be worth. Each content then takes the bytes that pay in it, instead of the same rate everywhere. Off: without a budget bandwidth costs nothing.',
  },
  gpuPrice: {
    title: 'Fixed price, detector time',
    text: 'Without a budget of detector time: the F1 that a second of it each second has to be worth. Frames are then sent where they pay, more in a second that moves and fewer in a still one. Off: without a budget detector time costs nothing.',
  },
  tokenBucket: {
    title: 'Token bucket',
    text: 'The budget as a network enforces it: tokens come in at the budget’s rate, two seconds’ worth at most are kept, and an interval that sends more than there are violates it.',
  },
  delay: {
    title: 'Delay',
    text: 'Mean time from capture to arrival at the server: the link, and with zero lag the wait for the second’s end.',
  },
  slowMotion: {
    title: 'Slow motion',
    text: 'Holds each stage of an interval long enough to be read, and names it.',
  },
  budgetEdge: {
    title: 'Budget edge',
    text: 'Where the resource would meet its budget, predicted from the last interval. The hatched side costs more than the budget.',
    formula: 'log b(x) = log b + Σ sᵢ (xᵢ − x₀ᵢ),  sᵢ = gradᵢ·budget / b',
  },
  staticPolicy: {
    title: 'Static',
    text: 'One configuration for the whole run, set by you on the ladders.',
  },
  oneadapt: {
    title: 'OneAdapt',
    text: 'Gradient ascent on accuracy against priced resources: every second each knob moves towards where its AccGrad and what it costs meet. A backward pass serves as long as the content holds.',
  },
  publishedOneAdapt: {
    title: 'OneAdapt, as published',
    text: 'The same gradient with the authors’ values: a backward pass every interval, Adam with a learning rate of 0.5, a utility slope of 20, and always the more expensive of two neighbouring values (Du et al., SoCC 2023, and their code).',
  },
  chameleon: {
    title: 'Chameleon',
    text: 'Every few seconds each knob is profiled alone, on the video itself, and the best configurations that follow are tried again in between (Jiang et al., SIGCOMM 2018).',
  },
  awstream: {
    title: 'AWStream',
    text: 'Climbs a profile of configurations while the queue before the link is empty, and falls back when it is congested (Zhang et al., SIGCOMM 2018).',
  },
  reducto: {
    title: 'Reducto',
    text: 'Drops frames that hardly differ from the last one sent; how little is too little, a table says that is made of the first seconds (Li et al., SIGCOMM 2020).',
  },
  eaar: {
    title: 'EAAR',
    text: 'Tiles on which the detector saw something a frame ago keep full quality, the others do not (Liu et al., MobiCom 2019).',
  },
  accmpeg: {
    title: 'AccMPEG',
    text: 'A small net on the sensor says once a second which tiles matter to the detector; they keep full quality, the others do not (Du et al., MLSys 2022).',
  },
  dds: {
    title: 'DDS',
    text: 'Every frame is sent in low quality, and what the detector is not sure of is sent again in high quality, for a second look (Du et al., SIGCOMM 2020).',
  },
  lockstep: {
    title: 'Comparison',
    text: 'Every second is captured once, and each policy encodes, sends and looks at those same frames for itself, in virtual time, with the same budget. What two of them send alike is looked at once and charged to each.',
  },
  extraBytes: {
    title: 'Extra bytes',
    text: 'Bytes that a policy sends beside each frame once: video in full quality to profile on, or a second round. They are part of what it sent.',
  },
  inferences: {
    title: 'Inferences',
    text: 'Forward passes of the detector that a policy is charged for, a second of video. Extra are those beside one for each sent frame: of profiling, or of a second round.',
  },
  backwardPasses: {
    title: 'Backward passes',
    text: 'Passes from the detector’s output back to the pixels, a second of video. Each costs about two forward passes more than the frame’s own.',
  },
  encodes: {
    title: 'Encodes',
    text: 'What the sensor encodes for a policy, a second of video: frames that are sent and those that it only tries. A frame some of whose tiles are given up takes two.',
  },
  feedback: {
    title: 'Feedback',
    text: 'What travels from the server back to the sensor, uncompressed, such as the DNNGrad. It is not part of what is sent.',
  },
  overBudget: {
    title: 'Over budget',
    text: 'Intervals that took more than the budget of bandwidth or of detector time, by over 5 %.',
  },
  frontier: {
    title: 'Frontier',
    text: 'What accuracy is had for what bandwidth, means over the run so far. Up and to the left is better. A policy is one mark, joined to nothing: another budget would put it elsewhere.',
  },
  grid: {
    title: 'Grid',
    text: 'Configurations spread over the ladders of resolution, quantizer and frame rate, each encoded and looked at on the same frames. It is the instrument’s work and charged to nobody, and it tells what the best static and the oracle would have had.',
  },
  bestStatic: {
    title: 'Best static',
    text: 'The one configuration of the grid that is most accurate within the budget over the whole run, chosen afterwards. The hull is what sharing time between two such configurations would give.',
  },
  oracle: {
    title: 'Oracle',
    text: 'The configuration of the grid that is best for each interval, known only afterwards and charged nothing: bytes go where they gain most accuracy, and one second may take what another leaves. No policy can know as much, so this bounds what adapting could win on this grid.',
    formula: 'max Σ F1ᵢ(cᵢ)  subject to  Σ bytesᵢ(cᵢ) ≤ budget  (Everett, 1963)',
  },
  splitHalf: {
    title: 'Oracle on split halves',
    text: 'An oracle also picks up luck: the configuration that happened to hit more boxes. Chosen on every other frame and scored on the rest (mean of both ways), that luck does not count. The truth lies between the two curves.',
  },
  head: {
    title: 'Head',
    text: 'The last part of a detector: how boxes and scores stand in what the network gives out. A graph says which numbers there are, not what they mean.',
  },
  threshold: {
    title: 'Threshold',
    text: 'A box counts when its score is above this. The utility’s sigmoids stand at the same place.',
  },
  channelOrder: {
    title: 'Order of the colours',
    text: 'Whether red or blue comes first, and whether a pixel’s colours lie together (last) or each colour is a picture of its own (first). The wrong order costs accuracy without any error.',
  },
  normalisation: {
    title: 'Normalisation',
    text: 'How pixels of 0 to 255 are scaled before the network, as in its training. The wrong one leaves few boxes or none.',
    formula: 'input = (pixel − mean) / deviation,  per colour',
  },
  measured: {
    title: 'Measured frames',
    text: 'Captured frames whose accuracy was measured. A live run that cannot keep up measures fewer and drops some; both are counted.',
  },
  virtualClock: {
    title: 'Clock',
    text: 'Live: in real time, frames may be dropped. Virtual: every frame, as fast as it goes, and the same experiment gives the same run.',
  },
} as const satisfies Record<string, Entry>;

export type TermName = keyof typeof GLOSSARY;
