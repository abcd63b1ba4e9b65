/** Computes the vectors of texts with a sentence-embedding model in this JVM. */
@NullMarked
package org.irisgraph.embed;

import org.jspecify.annotations.NullMarked;
