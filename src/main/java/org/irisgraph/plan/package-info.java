/** Turns validated options into the values that a run works with. */
package org.irisgraph.plan;
