package org.irisgraph.graph;

/**
 * A sentence of a document, without white space at its ends.
 *
 * @param start its first character, in UTF-16 code units of the document's text
 * @param end the character after its last
 */
public record Sentence(int start, int end) {}
