/** Input to documents: finds files and key ranges, spreads them over the workers, reads them. */
@NullMarked
package org.irisgraph.source;

import org.jspecify.annotations.NullMarked;
