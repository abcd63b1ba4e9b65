/** The Beam graph: read, skip what is unchanged, extract, write. */
@NullMarked
package org.irisgraph.pipeline;

import org.jspecify.annotations.NullMarked;
