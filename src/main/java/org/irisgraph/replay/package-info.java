/**
 * Replays dead letters: reads again what earlier runs could not index, and archives what is cured.
 */
package org.irisgraph.replay;
