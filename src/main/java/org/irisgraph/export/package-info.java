/** Writes the linked graph to files that other tools read. */
@NullMarked
package org.irisgraph.export;

import org.jspecify.annotations.NullMarked;
