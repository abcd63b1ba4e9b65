/** Computes the vectors of texts, with a model in this JVM or behind an endpoint. */
@NullMarked
package org.irisgraph.embed;

import org.jspecify.annotations.NullMarked;
