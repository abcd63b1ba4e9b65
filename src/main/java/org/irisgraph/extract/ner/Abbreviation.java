package org.irisgraph.extract.ner;

import org.irisgraph.extract.Span;

/**
 * A short form and what it stands for, where a text introduces it.
 *
 * @param longForm as in {@code congestive heart failure}
 * @param shortForm as in {@code CHF}
 */
public record Abbreviation(Span longForm, Span shortForm) {}
