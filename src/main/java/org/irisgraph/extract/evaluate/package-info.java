/** Evaluates extractors against annotated documents. */
@NullMarked
package org.irisgraph.extract.evaluate;

import org.jspecify.annotations.NullMarked;
