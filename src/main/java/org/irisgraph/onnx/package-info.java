/** Neural networks in ONNX Runtime, and the tokens that they read. */
@NullMarked
package org.irisgraph.onnx;

import org.jspecify.annotations.NullMarked;
