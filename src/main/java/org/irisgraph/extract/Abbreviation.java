package org.irisgraph.extract;

/**
 * The definition of an abbreviation in a text.
 *
 * @param longForm as in {@code congestive heart failure}
 * @param shortForm as in {@code CHF}
 */
public record Abbreviation(Span longForm, Span shortForm) {}
