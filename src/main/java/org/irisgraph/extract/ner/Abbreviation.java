package org.irisgraph.extract.ner;

import org.irisgraph.extract.Span;

/**
 * The definition of an abbreviation in a text.
 *
 * @param longForm as in {@code congestive heart failure}
 * @param shortForm as in {@code CHF}
 */
public record Abbreviation(Span longForm, Span shortForm) {}
