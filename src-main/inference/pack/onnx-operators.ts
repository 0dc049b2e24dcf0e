/**
 * Operators of the default ONNX domain that a pack may use: arithmetic, reshaping, convolution, normalisation,
 * attention and the loop of a sampler. Everything random, stateful, string-like, sequence-like or image-decoding is
 * left out; a pack that needs another one asks for a review of this list.
 */
export const ALLOWED_OPERATORS: ReadonlySet<string> = new Set(
  `Abs Add And ArgMax ArgMin AveragePool BatchNormalization Cast CastLike Ceil Clip Concat Constant ConstantOfShape Conv
   ConvTranspose Cos CumSum DepthToSpace DequantizeLinear Div DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand
   EyeLike Flatten Floor Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual
   GroupNormalization HardSigmoid HardSwish Identity If InstanceNormalization IsInf IsNaN LayerNormalization LeakyRelu
   Less LessOrEqual Log LogSoftmax Loop MatMul MatMulInteger Max MaxPool Mean Min Mish Mod Mul Neg Not OneHot Or PRelu Pad
   Pow QLinearConv QLinearMatMul QuantizeLinear Range Reciprocal ReduceL1 ReduceL2 ReduceMax ReduceMean ReduceMin
   ReduceProd ReduceSum ReduceSumSquare Relu Reshape Resize Round Scan ScatterElements ScatterND Shape Sigmoid Sign Sin
   Size Slice Softmax Softplus SpaceToDepth Split Sqrt Squeeze Sub Sum Tan Tanh Tile TopK Transpose Trilu Unsqueeze Where
   Xor`.split(/\s+/),
)

/** No kernel, or only one that is driven from the CPU, on some GPU providers. */
export const NOT_PORTABLE_OPERATORS: ReadonlySet<string> = new Set(['Loop', 'Scan'])
