/**
 * The extractor {@code ner}: finds chemicals and diseases with a conditional random field. {@link
 * org.irisgraph.extract.ner.TokenizedText} tokenizes a text, {@link
 * org.irisgraph.extract.ner.WordFeatures} and {@link org.irisgraph.extract.ner.ContextFeatures}
 * compute features, an OpenNLP model holds their weights, {@link
 * org.irisgraph.extract.ner.TagLattice} finds the best sequence of tags, and {@link
 * org.irisgraph.extract.ner.ConsistentMentions} makes the mentions of a document consistent.
 *
 * <p>Features are 64-bit hashes instead of strings, and those that depend only on a word are scored
 * once for each word. Training and extraction share the code that computes them.
 */
@NullMarked
package org.irisgraph.extract.ner;

import org.jspecify.annotations.NullMarked;
