/**
 * Parses PDF, office documents and mail with Apache Tika in separate JVMs, since a hostile file may
 * loop without end, use up the memory, or crash the JVM that reads it. Tika's own {@code
 * ForkParser} loads its classes through the pipe, does not distinguish a time-out from a crash or a
 * lack of memory, and leaves a looping child alive while its parent is busy.
 */
@NullMarked
package org.irisgraph.document.tika;

import org.jspecify.annotations.NullMarked;
