/**
 * Parses PDF, office documents and mail with Apache Tika in JVMs of their own, since a hostile file
 * may loop without end, take all memory there is, or crash the JVM that reads it. Not Tika's own
 * {@code ForkParser}: it loads its classes through the pipe, does not tell a time-out from a crash
 * or from a lack of memory, and keeps a child that loops as long as its parent is busy.
 */
package org.irisgraph.document.tika;
