/**
 * Replays dead letters: reads again what earlier runs could not index, and archives what is solved.
 */
@NullMarked
package org.irisgraph.replay;

import org.jspecify.annotations.NullMarked;
