/** Names found by token-classification models, as Hugging Face exports them. */
@NullMarked
package org.irisgraph.extract.onnx;

import org.jspecify.annotations.NullMarked;
