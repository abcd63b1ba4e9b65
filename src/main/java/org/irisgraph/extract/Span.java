package org.irisgraph.extract;

/** The characters {@code start} to {@code end} of a text, in UTF-16 code units. */
public record Span(int start, int end) {}
