/** Turns validated options into the values that a run works with. */
@NullMarked
package org.irisgraph.plan;

import org.jspecify.annotations.NullMarked;
