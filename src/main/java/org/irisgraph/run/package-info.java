/** One run, from its lease to its summary. */
@NullMarked
package org.irisgraph.run;

import org.jspecify.annotations.NullMarked;
